"""ada reads a story, and others near it are offered: by what few of them say, and stories alone."""

from flask import Flask

from tests.kinds.curate.group import Group
from tests.support import build
from tests.support.people import People

LIFT = "They said that the lift was broken, and they were sorry."
EVERYBODY = (
    "They told me that they were busy and I went home.",
    "They said that it was full and that I should come another day.",
    "I said that they were kind, and they asked me about my mother.",
    "That was when they lost my letter, and they said nothing.",
    "They were late and I thought that nobody would come.",
    "They said that they were already on the way.",
)


def test_near_is_what_shares_rare_words_and_is_a_story(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards", "curate")
    room.open("story", "cards", "curate")
    here, bea = Group(app, people, room), people.bea(room)
    told, near = here.tell(bea, LIFT), here.tell(bea, "The broken lift kept me upstairs.")
    for text in EVERYBODY:
        here.tell(bea, text)
    assert bea.write("cards", "The lift must not be broken.").status == 303
    here.approve(next(each for each in bea.words() if each not in (told, near)))
    page = people.ada.get(f"{room.path}/themes/stories/{told}")
    offered = [link.rpartition("/")[2] for link in page.links() if "/themes/stories/" in link]
    assert near in offered
    assert "Both speak of: broken, lift" in page.text
    assert page.text.count("Both speak of") == 1, "neither the card nor a story of little words"
