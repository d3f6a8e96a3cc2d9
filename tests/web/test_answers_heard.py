"""The service hears what it may answer: a photo, a voice, a film exactly as far as the story and its own yes go."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.media.pictures import plain
from tests.media.recordings import sound
from tests.support import answering, build
from tests.support.build import Room
from tests.support.people import Participant, People, Staff
from tests.web.test_arriving import look_at, rebuild, room, send, tell
from workshop.commands import taking_part, writing
from workshop.extensions import db
from workshop.models import Medium
from workshop.models.columns import new_id
from workshop.queries import contributions

__all__ = ["room"]
SAID = "The lift was broken for a year."


def given(
    app: Flask, people: People, room: Room, kind: str = "sound", *, approve: bool = True
) -> tuple[Participant, str, str]:
    """bea tells by voice or photo for the service, says yes to her voice and writes its words down; ada approves."""
    bea, medium = people.bea(room), new_id()
    story = tell(bea, f"{kind}:{medium}", text="A lift", **({"voice": "y"} if kind == "sound" else {}))
    send(bea, medium, sound(2) if kind == "sound" else plain(), story, kind=kind)
    rebuild(app)
    if kind == "sound":
        bea.post(f"{room.path}/words/{story}/media/{medium}/transcript", transcript=SAID)
    if approve:
        answering.approve(people, room, story)
    return bea, story, medium


def may_look(person: Staff, room: Room, medium: str) -> bool:
    """Is the file given, whole and in parts, and its small sister?"""
    answer = look_at(person, f"{room.path}/media/{medium}")
    part = look_at(person, f"{room.path}/media/{medium}", Range="bytes=0-9")
    assert (answer.status_code, part.status_code) in {(200, 206), (404, 404)}
    return answer.status_code == 200


@pytest.mark.shows("P03", "P17", "A36")
def test_cem_hears_the_voice_and_reads_its_words_beside_the_story(app: Flask, people: People, room: Room) -> None:
    _bea, story, medium = given(app, people, room)
    cem = answering.responder(people)
    page = cem.get(f"{room.path}/answers/{story}")
    assert f"/media/{medium}" in page.html
    assert SAID in page.text
    assert "autoplay" not in page.html
    assert may_look(cem, room, medium)


def test_cem_sees_the_photo_of_a_story(app: Flask, people: People, room: Room) -> None:
    _bea, story, medium = given(app, people, room, "photo")
    cem = answering.responder(people)
    photos = [img for img in cem.get(f"{room.path}/answers/{story}").all("img") if medium in str(img.get("src"))]
    assert [img.get("alt") for img in photos] == ["A photo that belongs to these words"]
    assert may_look(cem, room, medium)
    assert look_at(cem, f"{room.path}/media/{medium}?small=1").status_code == 200


@pytest.mark.shows("P03", "P06", "P17", "P19", "S17")
@pytest.mark.parametrize("kind", ["sound", "photo"])
def test_what_the_consent_does_not_cover_is_not_found(app: Flask, people: People, room: Room, kind: str) -> None:
    cem = answering.responder(people)
    bea, story, medium = given(app, people, room, kind, approve=False)
    assert not may_look(cem, room, medium), "nobody has approved the story"
    answering.approve(people, room, story)
    assert may_look(cem, room, medium)
    with app.app_context(), writing():
        db.session.execute(sa.update(Medium).values(approved_at=None))
    assert not may_look(cem, room, medium), "nobody has approved what came late"
    assert f"/media/{medium}" not in cem.get(f"{room.path}/answers/{story}").html
    with app.app_context(), writing():
        db.session.execute(sa.update(Medium).values(approved_at=sa.func.current_timestamp()))
    assert may_look(cem, room, medium)
    for level in (2, 1):
        with app.app_context():
            taking_part.set_level(contributions.one(story, room.id), level)
        assert not may_look(cem, room, medium), "the story is for fewer people now"
    bea.send(bea.see(f"words/{story}"), "/level", level="3")
    answering.approve(people, room, story)
    assert may_look(cem, room, medium)
    bea.post(f"{room.path}/words/{story}/take-back")
    assert not may_look(cem, room, medium), "it was taken back"


@pytest.mark.shows("P17", "A36")
def test_a_voice_needs_its_yes_and_its_words_and_words_only_means_never(app: Flask, people: People, room: Room) -> None:
    cem = answering.responder(people)
    bea, story, medium = given(app, people, room)
    here = f"{room.path}/words/{story}"
    bea.post(f"{here}/media/{medium}/transcript", transcript="")
    assert not may_look(cem, room, medium), "no words that anybody accepted"
    people.ada.post(f"{room.path}/console/words/{story}/media/{medium}/transcript", transcript=SAID)
    assert not may_look(cem, room, medium), "its teller has not accepted them"
    bea.send(bea.see(f"words/{story}"), "/accept")
    assert may_look(cem, room, medium)
    bea.post(f"{here}/voice-and-face")
    assert not may_look(cem, room, medium), "no yes to the voice any more"
    assert SAID not in cem.get(f"{room.path}/answers/{story}").text


@pytest.mark.shows("P17")
def test_who_ticks_both_voice_and_words_only_is_heard_by_nobody(app: Flask, people: People, room: Room) -> None:
    """The form lets both be ticked: the closer one holds, while the words are not yet written down, too."""
    bea, phone, cem, medium = people.bea(room), people.cem(room), answering.responder(people), new_id()
    story = tell(bea, f"sound:{medium}", text="A lift", voice="y", words_only="y")
    send(bea, medium, sound(2), story)
    rebuild(app)
    answering.approve(people, room, story)
    for person in (cem, phone):
        assert look_at(person, f"{room.path}/media/{medium}").status_code == 404
    assert f"/media/{medium}" not in phone.ask("story").html


@pytest.mark.shows("S20")
def test_another_organisation_gets_no_file(app: Flask, people: People, room: Room) -> None:
    _bea, _story, medium = given(app, people, room)
    far = build.workshop(app, people.other_organisation_id, "story")
    eve = Staff(app, "eve", people.other_organisation_id, "responder")
    for person in (eve, people.dora, people.stranger()):
        assert look_at(person, f"{room.path}/media/{medium}").status_code in (303, 403, 404)
        assert sound(2)[:64] not in look_at(person, f"{room.path}/media/{medium}").data
        assert look_at(person, f"{far.path}/media/{medium}").status_code in (303, 403, 404)
    assert look_at(eve, f"{far.path}/media/{medium}").status_code == 404
    assert look_at(people.dora, f"{far.path}/media/{medium}").status_code == 404


@pytest.mark.shows("S20")
def test_a_responder_gets_files_and_nothing_of_the_room_beside_them(app: Flask, people: People, room: Room) -> None:
    cem = answering.responder(people)
    for path in ("parts/phone/wall", "parts/screen/screen", "numbers", "screen"):
        assert cem.get(f"{room.path}/{path}").status in (403, 404), path
