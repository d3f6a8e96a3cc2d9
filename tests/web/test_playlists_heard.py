"""Stories of another room are heard on the screen: their recordings too, one story at a time, and gone at once."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from tests.media.recordings import sound
from tests.support import answering, build
from tests.support.build import Room
from tests.support.people import Participant, People, Person
from tests.web.test_arriving import look_at, rebuild, send, tell
from tests.web.test_playlists import a_list, press, screen
from workshop.commands import taking_part
from workshop.models.columns import new_id
from workshop.queries import contributions

SAID = "The lift was broken for a year."


@dataclass
class Evening:
    """A story of an earlier workshop stands on a list of this one."""

    people: People
    before: Room
    here: Room
    bea: Participant
    story: str
    medium: str
    screen: Person

    @property
    def file(self) -> str:
        return f"{self.here.path}/media/{self.medium}"

    def is_given(self, person: Any = None) -> bool:
        return look_at(person or self.screen, self.file).status_code == 200


@pytest.fixture
def evening(app: Flask, people: People) -> Evening:
    before = build.workshop(app, people.organisation_id, ("story", {"helped": False}), title="The day before")
    here = build.workshop(app, people.organisation_id, "story")
    before.open("story")
    here.open("story")
    bea, medium = Participant(app, before), new_id()
    story = tell(bea, f"sound:{medium}", text="About a lift", voice="y")
    send(bea, medium, sound(2), story)
    rebuild(app)
    bea.post(f"{before.path}/words/{story}/media/{medium}/transcript", transcript=SAID)
    bea.send(bea.see(f"words/{story}"), "/level", level="4")
    answering.approve(people, before, story)
    beamer = people.stranger()
    beamer.get(f"/s/{here.doors['screen']}")
    return Evening(people, before, here, bea, story, medium, beamer)


def play(evening: Evening, *more: str) -> None:
    stories = {f"s{story}": "" for story in (evening.story, *more)}
    evening.people.ada.post(f"{a_list(evening.people, evening.here, **stories)}/start")


@pytest.mark.shows("P03", "P17", "A36")
def test_it_plays_on_the_screens_link_with_its_words_while_its_story_is_told_and_no_longer(evening: Evening) -> None:
    assert not evening.is_given(), "nothing is played yet"
    play(evening)
    assert not evening.is_given(), "people read first what comes"
    press(evening.people, evening.here)
    html = evening.screen.get(f"{evening.here.path}/screen").html
    assert f'src="{evening.file}"' in html
    assert SAID in html
    assert "autoplay" not in html
    assert evening.is_given()
    assert look_at(evening.screen, evening.file, Range="bytes=0-9").status_code == 206
    press(evening.people, evening.here)
    assert "A moment of silence." in screen(evening.people, evening.here)
    assert not evening.is_given(), "one story at a time"


@pytest.mark.shows("P03", "S20")
def test_phones_and_strangers_get_its_words_and_not_the_file(app: Flask, evening: Evening) -> None:
    play(evening)
    press(evening.people, evening.here)
    phone, far = evening.people.cem(evening.here), build.workshop(app, evening.people.other_organisation_id, "story")
    other_screen = evening.people.stranger()
    other_screen.get(f"/s/{far.doors['screen']}")
    for person in (phone, evening.people.stranger(), evening.people.dora, other_screen):
        assert not evening.is_given(person)
    assert look_at(other_screen, f"{far.path}/media/{evening.medium}").status_code == 404
    look_up = phone.see("look-up").html
    assert SAID in look_up
    assert evening.medium not in look_up
    assert evening.is_given(evening.people.ada)


@pytest.mark.shows("P06", "P17")
@pytest.mark.parametrize("how", ["take back", "lower", "voice", "words", "hide"])
def test_it_is_gone_at_once(app: Flask, evening: Evening, how: str) -> None:
    play(evening)
    press(evening.people, evening.here)
    assert evening.medium in evening.screen.get(f"{evening.here.path}/screen").html
    here = f"{evening.before.path}/words/{evening.story}"
    if how == "take back":
        evening.bea.post(f"{here}/take-back")
    elif how == "lower":
        with app.app_context():
            taking_part.set_level(contributions.one(evening.story, evening.before.id), 3)
    elif how == "voice":
        evening.bea.post(f"{here}/voice-and-face")
    elif how == "words":
        evening.bea.post(f"{here}/media/{evening.medium}/transcript", transcript="")
    else:
        page = evening.people.ada.get(f"{evening.before.path}/console/words/{evening.story}")
        evening.people.ada.send(page, "/hide", reason="other", note="Later.")
    html = evening.screen.get(f"{evening.here.path}/screen").html
    assert evening.medium not in html
    assert SAID not in html
    assert ("About a lift" in html) == (how in ("voice", "words")), "words alone stay where only the recording went"
    assert not evening.is_given()


@pytest.mark.shows("P03")
def test_a_voice_given_for_that_room_alone_does_not_come_along(app: Flask, evening: Evening) -> None:
    """Below «reports and events» the story is not even on the list; by its address its file is not there either."""
    with app.app_context():
        taking_part.set_level(contributions.one(evening.story, evening.before.id), 2)
    other = answering.told(evening.people, evening.here, "Told here.", level=4)
    play(evening, other.story)
    press(evening.people, evening.here)
    assert "Told here." in screen(evening.people, evening.here)
    assert not evening.is_given()
