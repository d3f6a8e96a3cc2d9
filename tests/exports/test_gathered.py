"""What leaves the house of what was made of stories: highlights, themes, and what tellers said to them."""

import pytest
from flask import Flask

from tests.exports import house
from tests.kinds.curate.group import BUS, Group, group
from tests.media.recordings import sound
from tests.support.page import Page
from tests.support.people import People
from tests.web.test_arriving import rebuild, send, tell
from tests.web.test_exports import download
from workshop.models.columns import new_id

SECRET = "Only the facilitators may know this."


@pytest.fixture
def here(app: Flask, people: People) -> Group:
    return group(app, people)


def rows(here: Group, table: str, audience: str = "organiser") -> list[dict[str, str]]:
    """A table of the pack that ada downloads."""
    return house.rows(download(here.people.ada, here.room, audience).get_data(), table)


def mark(here: Group, told: str, **ticked: str) -> Page:
    """On the page where ada reads the story."""
    ada = here.people.ada
    return ada.send(ada.get(f"{here.room.path}/themes/stories/{told}"), "/mark", **ticked)


def test_marked_words_stand_with_their_story_and_their_theme(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    mark(here, told, exact="It was late again.", act="new", name="Waiting")
    mark(here, told, exact="Nobody told us why.", act="none")
    [theme] = rows(here, "themes")
    assert (theme["name"], theme["highlights"], theme["stories"], theme["tellers"]) == ("Waiting", "1", "1", "1")
    assert theme["sides_shown"] == "false"
    marked = {each["text"]: each for each in rows(here, "highlights")}
    assert set(marked) == {"It was late again.", "Nobody told us why."}
    assert marked["It was late again."]["theme_id"] == theme["id"]
    assert marked["Nobody told us why."]["theme_id"] == ""
    [story] = [each for each in rows(here, "contributions") if each["text"] == BUS]
    assert {each["contribution_id"] for each in marked.values()} == {story["id"]}
    assert {story["id"], theme["id"]}.isdisjoint({told, here.theme("Waiting")}), "no id opens anything here"


def test_a_stretch_of_a_recording_is_its_seconds(here: Group) -> None:
    bea, medium = here.people.bea(here.room), new_id()
    told = tell(bea, f"sound:{medium}", voice="y")
    send(bea, medium, sound(3), told)
    rebuild(here.app)
    here.approve(told)
    mark(here, told, from_second="0:01", to_second="2", act="new", name="Her voice")
    [highlight] = rows(here, "highlights")
    assert (float(highlight["from_second"]), float(highlight["to_second"]), highlight["text"]) == (1, 2, "")
    assert highlight["theme_id"] == rows(here, "themes")[0]["id"]


@pytest.mark.shows("P03")
def test_others_get_no_word_and_no_number_of_what_was_kept_low(here: Group) -> None:
    bea = here.people.bea(here.room)
    low, high = here.tell(bea, SECRET, level=1), here.tell(bea, BUS)
    mark(here, low, exact=SECRET, act="new", name="Waiting")
    mark(here, high, exact="It was late again.", act=here.theme("Waiting"))
    mark(here, low, exact="know this", act="new", name="Hidden")
    assert [each["text"] for each in rows(here, "highlights", "report")] == ["It was late again."]
    [theme] = rows(here, "themes", "report")
    assert (theme["name"], theme["highlights"], theme["tellers"]) == ("Waiting", "1", "1")
    pack = b"".join(house.files(download(here.people.ada, here.room, "report").get_data()).values())
    assert SECRET.encode() not in pack
    assert b"Hidden" not in pack


@pytest.mark.shows("P06")
def test_what_bea_says_to_it_goes_along_and_goes_with_her_words(here: Group) -> None:
    bea = here.people.bea(here.room)
    told, other = here.tell(bea, BUS), here.tell(bea, "The bus never came.")
    for story, words in ((told, "It was late again."), (other, "never came")):
        mark(here, story, exact=words, act="new", name="Late buses")
    bea.send(bea.see(f"words/{told}"), "/understood", answer="no", words="It was about respect.")
    [said] = rows(here, "understood")
    assert (said["understood"], said["text"]) == ("no", "It was about respect.")
    late = next(each for each in rows(here, "highlights") if each["text"] == "It was late again.")
    assert said["contribution_id"] == late["contribution_id"]
    bea.post(f"{here.room.path}/words/{told}/take-back")
    assert rows(here, "understood") == []
    assert [each["text"] for each in rows(here, "highlights")] == ["never came"]
