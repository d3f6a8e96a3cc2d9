"""Words beside sound: typed by somebody, accepted by the teller, needed before a voice leaves the house."""

import io

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.media.recordings import sound
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People
from tests.web.test_arriving import bytes_everywhere, look_at, rebuild, room, send, tell
from workshop.consent import Viewer, may_perceive
from workshop.extensions import db
from workshop.models import Medium
from workshop.models.columns import new_id
from workshop.queries import contributions
from workshop.queries import media as queries

__all__ = ["room"]
SAID = "The lift was broken for a year."


def recorded(app: Flask, bea: Participant, **yes: str) -> tuple[str, str]:
    """A story told aloud: its id, and that of the recording."""
    medium = new_id()
    story = tell(bea, f"sound:{medium}", **yes)
    send(bea, medium, sound(2), story)
    rebuild(app)
    return story, medium


def reaches(app: Flask, room: Room, story: str, medium: str) -> set[Viewer]:
    with app.app_context():
        said = contributions.one(story, room.id)
        return {viewer for viewer in Viewer if may_perceive(queries.one(medium), said, viewer)}


@pytest.mark.shows("A36", "P17", "P19")
def test_a_voice_leaves_the_house_only_with_words_that_its_teller_accepted(
    app: Flask, people: People, room: Room
) -> None:
    bea = people.bea(room)
    story, medium = recorded(app, bea, voice="y")
    bea.send(bea.see(f"words/{story}"), "/level", level="4")
    page = people.ada.get(f"{room.path}/console/words/{story}")
    assert people.ada.send(page, "/approve", recognisable="no").status == 303
    assert Viewer.REPORT not in reaches(app, room, story, medium)
    page = people.ada.get(f"{room.path}/console/words/{story}")
    assert people.ada.send(page, "/transcript", transcript=SAID).status == 303
    assert Viewer.REPORT not in reaches(app, room, story, medium), "nobody has accepted it"
    mine = bea.see(f"words/{story}")
    assert SAID in mine.text
    assert bea.send(mine, "/accept").status == 303
    assert Viewer.REPORT in reaches(app, room, story, medium)
    bea.send(bea.see(f"words/{story}"), "/transcript", transcript="")
    assert Viewer.REPORT not in reaches(app, room, story, medium)


@pytest.mark.shows("P17")
def test_words_only_deletes_the_recording_when_its_words_are_accepted(app: Flask, people: People, room: Room) -> None:
    bea = people.bea(room)
    story, medium = recorded(app, bea)
    assert bea.send(bea.see(f"words/{story}"), "/voice-and-face", words_only="y").status == 303
    assert bytes_everywhere(app), "nobody has written down what is said"
    assert bea.send(bea.see(f"words/{story}"), "/transcript", transcript=SAID).status == 303
    assert bytes_everywhere(app) == b""
    assert look_at(bea, f"{room.path}/media/{medium}").status_code == 404
    assert SAID in bea.see(f"words/{story}").text


def test_what_comes_after_the_approval_waits_for_another_look(app: Flask, people: People, room: Room) -> None:
    bea, cem, medium = people.bea(room), people.cem(room), new_id()
    story = tell(bea, f"sound:{medium}", voice="y")
    page = people.ada.get(f"{room.path}/console/words/{story}")
    assert "A recording is on its way." in page.text
    people.ada.send(page, "/approve", recognisable="no")
    send(bea, medium, sound(2), story)
    rebuild(app)
    address = f"{room.path}/media/{medium}"
    assert look_at(cem, address).status_code == 404
    page = people.ada.get(f"{room.path}/console/words/{story}")
    assert people.ada.send(page, f"{medium}/approve").status == 303
    assert look_at(cem, address).status_code == 200


def test_what_cannot_be_read_is_said_to_both_and_kept_until_somebody_decides(
    app: Flask, people: People, room: Room
) -> None:
    bea, medium, noise = people.bea(room), new_id(), b"no sound at all " * 100
    story = tell(bea, f"sound:{medium}")
    send(bea, medium, noise, story)
    rebuild(app)
    why = "We cannot play this file."
    assert why in bea.see(f"words/{story}").text
    page = people.ada.get(f"{room.path}/console/words/{story}")
    assert why in page.text
    assert noise in bytes_everywhere(app)
    assert people.ada.send(page, "/again").status == 303
    rebuild(app)
    assert bea.send(bea.see(f"words/{story}"), "/remove").status == 303
    assert bytes_everywhere(app) == b""
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Medium)).scalar() == 0


@pytest.mark.shows("P17", "A29")
def test_a_voice_with_its_yes_stands_in_the_room_with_its_accepted_words(
    app: Flask, people: People, room: Room
) -> None:
    """On the wall and on the screen, with a player that waits to be asked; without the yes nowhere."""
    bea, cem = people.bea(room), people.cem(room)
    for yes in ({}, {"voice": "y"}):
        medium = new_id()
        story = tell(bea, f"sound:{medium}", text="A bus that never came", **yes)
        send(bea, medium, sound(2), story)
        rebuild(app)
        here = f"{room.path}/words/{story}/media/{medium}"
        bea.post(f"{here}/transcript", transcript="I waited for the bus.")
        page = people.ada.get(f"{room.path}/console/words/{story}")
        people.ada.send(page, "/approve", recognisable="no")
        people.ada.post(f"{room.path}/console/words/{story}/spotlight")
        spotlit = people.ada.get(f"{room.path}/screen").html
        for html in (cem.ask("story").html, spotlit):
            assert "A bus that never came" in html
            assert (f"/media/{medium}" in html, "I waited for the bus." in html) == (bool(yes), bool(yes))
            assert "autoplay" not in html
    bea.post(f"{room.path}/words/{story}/voice-and-face")
    assert f"/media/{medium}" not in cem.ask("story").html


@pytest.mark.shows("A36", "A31")
def test_who_has_no_phone_hears_the_words_and_says_that_they_are_right(app: Flask, people: People, room: Room) -> None:
    """Read aloud by a facilitator; nobody says it for a teller who has a phone."""
    mother = added(people, room)
    bea = people.bea(room)
    hers, voice = told_by_hand(app, people, room, mother)
    page = people.ada.get(f"{room.path}/console/words/{hers}")
    page = people.ada.follow(people.ada.send(page, f"{voice}/transcript", transcript=SAID).location)
    people.ada.send(page, f"{voice}/accept")
    assert not accepted(app, voice), "nothing was read to her"
    people.ada.post(f"{room.path}/console/words/{hers}/media/{voice}/accept", as_read="Others.", read_back="y")
    assert not accepted(app, voice), "other words"
    people.ada.send(page, f"{voice}/accept", read_back="y")
    assert accepted(app, voice)
    story, medium = recorded(app, bea)
    page = people.ada.get(f"{room.path}/console/words/{story}")
    page = people.ada.follow(people.ada.send(page, f"{medium}/transcript", transcript=SAID).location)
    assert "They say that they are right." not in page.text
    people.ada.post(f"{room.path}/console/words/{story}/media/{medium}/accept", as_read=SAID, read_back="y")
    assert not accepted(app, medium)


def added(people: People, room: Room) -> Page:
    """The first question for somebody without a phone."""
    asked = people.ada.get(f"{room.path}/console/add")
    who = {"role": "Service user", "channel": "helper", "agreed": "y", "activity": room.activities["story"]}
    return people.ada.get(people.ada.send(asked, **who).location)


def told_by_hand(app: Flask, people: People, room: Room, page: Page) -> tuple[str, str]:
    """Her recording comes in with the form, without script; the story's id and the recording's."""
    voice = (io.BytesIO(sound(2)), "voice.m4a")
    page = people.ada.send(page, text="Listen.", sound_file=voice, go="next")
    while page.h1 != "Read it back":
        page = people.ada.send(page, go="next", **({"level": "3"} if "level" in page.fields() else {}))
    helped = {"relation": "family", "way": "interpreted", "whose": "mine"}
    assert people.ada.send(page, read_back="y", go="send", **helped).status == 303
    rebuild(app)
    with app.app_context():
        [said] = contributions.queue(room.id)
        [medium] = queries.of([said.id])[said.id]
    return said.id, medium.id


def accepted(app: Flask, medium: str) -> bool:
    with app.app_context():
        return queries.one(medium).transcript_accepted_at is not None
