"""bea's recording follows her words piece by piece: kept once, whole, hers, and never before its words."""

import base64
import hashlib
import io
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.media.pictures import plain
from tests.media.recordings import PLACE, SECRET, film, sound, with_tail
from tests.support import build
from tests.support.build import Room
from tests.support.people import Participant, People
from workshop import jobs, media
from workshop.commands import arriving, files
from workshop.extensions import db
from workshop.media import ffmpeg
from workshop.models import Medium, Piece
from workshop.models.columns import new_id

STEP = 20_000


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    return room


def tell(bea: Participant, media: str, text: str = "", **answers: str) -> str:
    """A story that names what follows it; its id."""
    page = bea.send(bea.ask("story"), text=text, media=media, go="next")
    page = bea.send(page, level="3", go="next", **answers)
    assert bea.send(page, go="send").status == 303
    return bea.words()[0]


def post(bea: Participant, medium: str, data: bytes, at: int, whole: bytes, of: str, kind: str, **more: Any) -> Any:
    """One piece, as the phone's script sends it."""
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    asked = {"of": of, "kind": kind, "size": len(whole), "sha256": hashlib.sha256(whole).hexdigest(), "at": at, **more}
    heads = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "X-CSRFToken": bea.token()}
    heads["Content-Digest"] = f"sha-256=:{digest}:"
    where = f"{bea.room.path}/media/{medium}"
    kind_of_body = "application/octet-stream"
    return bea.client.post(
        where, query_string=asked, data=data, headers=heads, content_type=kind_of_body, base_url=bea.address
    )


def send(bea: Participant, medium: str, whole: bytes, of: str, kind: str = "sound", step: int = STEP) -> Any:
    answer: Any = None
    for at in range(0, len(whole), step):
        answer = post(bea, medium, whole[at : at + step], at, whole, of, kind)
        assert answer.status_code == 200, answer.text
    return answer


def look_at(person: Any, path: str, **headers: str) -> Any:
    """What a browser gets at this address, and that it is all read."""
    with person.client.get(path, base_url=person.address, headers=headers) as answer:
        answer.get_data()
        return answer


def rebuild(app: Flask) -> None:
    with app.app_context():
        jobs.run_due(slow=True)


def bytes_everywhere(app: Flask) -> bytes:
    with app.app_context():
        return b"".join(read(name) for name in files.store().names())


def read(name: str) -> bytes:
    with files.store().open(name) as file:
        return file.read()


@pytest.mark.shows("A30", "P16", "S19")
@pytest.mark.parametrize("kind", ["sound", "film"])
def test_a_recording_arrives_in_pieces_and_is_made_anew(app: Flask, people: People, room: Room, kind: str) -> None:
    bea, medium = people.bea(room), new_id()
    whole = with_tail(sound(3) if kind == "sound" else film(2))
    assert SECRET in whole
    story = tell(bea, f"{kind}:{medium}")
    answer = send(bea, medium, whole, story, kind)
    assert answer.json == {
        "id": medium, "has": len(whole), "state": "waiting", "sha256": hashlib.sha256(whole).hexdigest()
    }  # fmt: skip
    assert bea.get(f"{room.path}/media/{medium}").status == 404, "not before it is made anew"
    rebuild(app)
    got = look_at(bea, f"{room.path}/media/{medium}")
    assert got.status_code == 200
    assert got.mimetype == {"sound": "audio/mp4", "film": "video/mp4"}[kind]
    left = bytes_everywhere(app)
    assert SECRET not in left
    assert PLACE not in left
    with app.app_context():
        row = db.session.execute(sa.select(Medium)).scalar_one()
        assert (row.state, row.seconds) == ("ready", 3 if kind == "sound" else 2)
        assert db.session.execute(sa.select(sa.func.count()).select_from(Piece)).scalar() == 0
        assert len(list(files.store().names())) == (1 if kind == "sound" else 2)
    still = look_at(bea, f"{room.path}/media/{medium}?small=1")
    assert still.status_code == (404 if kind == "sound" else 200)


@pytest.mark.shows("A30")
def test_the_link_is_cut_after_every_piece_and_the_bytes_are_equal(app: Flask, people: People, room: Room) -> None:
    """Each piece is sent twice, for no answer came; the phone asks how far it is, and goes on from there."""
    bea, medium, whole = people.bea(room), new_id(), sound(6)
    story, at = tell(bea, f"sound:{medium}"), 0
    while at < len(whole):
        for _ in range(2):
            assert post(bea, medium, whole[at : at + STEP], at, whole, story, "sound").status_code == 200
        at = bea.client.get(f"{room.path}/media/{medium}/arrival", base_url=bea.address).json["has"]
    with app.app_context():
        names = db.session.execute(sa.select(Piece.file).order_by(Piece.at)).scalars().all()
        assert b"".join(read(name) for name in names) == whole
        assert sorted(files.store().names()) == sorted(names)


@pytest.mark.shows("A28", "R05")
def test_what_does_not_follow_is_not_kept(people: People, room: Room) -> None:
    bea, medium, whole = people.bea(room), new_id(), sound(6)
    story = tell(bea, f"sound:{medium}")
    assert post(bea, medium, whole[STEP : 2 * STEP], STEP, whole, story, "sound").json["has"] == 0
    post(bea, medium, whole[:STEP], 0, whole, story, "sound")
    ahead = post(bea, medium, whole[2 * STEP :], 2 * STEP, whole, story, "sound")
    assert (ahead.status_code, ahead.json["has"]) == (409, STEP)
    bent = post(bea, medium, b"other" + whole[5:STEP], 0, whole, story, "sound")
    assert (bent.status_code, bent.json["has"]) == (409, STEP)


def test_a_whole_that_is_not_what_was_said_begins_again(app: Flask, people: People, room: Room) -> None:
    bea, medium, whole = people.bea(room), new_id(), sound(2)
    story = tell(bea, f"sound:{medium}")
    wrong = b"x" * len(whole)
    answer = post(bea, medium, wrong, 0, whole, story, "sound")
    assert (answer.status_code, answer.json["has"]) == (422, 0)
    assert b"xxx" not in bytes_everywhere(app)
    assert send(bea, medium, whole, story).json["state"] == "waiting"


def test_words_come_first_and_nobody_sends_for_another(people: People, room: Room) -> None:
    bea, cem, medium, whole = people.bea(room), people.cem(room), new_id(), sound(2)
    assert post(bea, medium, whole, 0, whole, new_id(), "sound").status_code == 404
    story = tell(bea, f"sound:{medium}")
    assert post(cem, medium, whole, 0, whole, story, "sound").status_code == 404
    assert cem.get(f"{room.path}/media/{medium}/arrival").status == 404


@pytest.mark.shows("P06", "P08")
def test_taken_back_words_take_their_pieces_and_their_recording_along(app: Flask, people: People, room: Room) -> None:
    bea, first, second, whole = people.bea(room), new_id(), new_id(), sound(6)
    for medium, rebuilt in ((first, False), (second, True)):
        story = tell(bea, f"sound:{medium}")
        if rebuilt:
            send(bea, medium, whole, story)
            rebuild(app)
        else:
            post(bea, medium, whole[:STEP], 0, whole, story, "sound")
        bea.post(f"{room.path}/words/{story}/take-back")
        assert bytes_everywhere(app) == b""
        assert post(bea, medium, whole[:STEP], 0, whole, story, "sound").status_code == 410


@pytest.mark.shows("S18")
def test_too_much_is_refused_before_it_comes(people: People, room: Room) -> None:
    bea, medium, whole = people.bea(room), new_id(), sound(2)
    story = tell(bea, f"sound:{medium}")
    assert post(bea, medium, whole, 0, whole, story, "sound", size=26 * 1024 * 1024).status_code == 413
    assert post(bea, medium, whole, 0, whole, story, "program").status_code == 415
    assert post(bea, medium, b"", 0, whole, story, "sound").status_code == 413


def test_without_the_extra_there_are_photos_only(people: People, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "program", lambda: None)
    bea, medium, whole = people.bea(room), new_id(), plain()
    story = tell(bea, f"photo:{medium}")
    assert post(bea, medium, whole, 0, whole, story, "sound").status_code == 415
    answer = send(bea, medium, whole, story, "photo")
    assert answer.json["state"] == "ready"
    assert look_at(bea, f"{room.path}/media/{medium}?small=1").status_code == 200


def test_what_stopped_arriving_goes_after_a_day_and_may_begin_again(app: Flask, people: People, room: Room) -> None:
    bea, medium, whole = people.bea(room), new_id(), sound(6)
    story = tell(bea, f"sound:{medium}")
    post(bea, medium, whole[:STEP], 0, whole, story, "sound")
    with app.app_context(), time_machine.travel(arriving.now() + arriving.A_DAY * 1.1):
        arriving.forget_abandoned()
    assert bytes_everywhere(app) == b""
    assert bea.client.get(f"{room.path}/media/{medium}/arrival", base_url=bea.address).json["has"] == 0
    assert send(bea, medium, whole, story).json["state"] == "waiting"


@pytest.mark.shows("P17", "P19")
def test_a_voice_is_heard_by_the_room_only_with_its_own_yes(app: Flask, people: People, room: Room) -> None:
    bea, cem, silent, heard = people.bea(room), people.cem(room), new_id(), new_id()
    for medium, yes in ((silent, {}), (heard, {"voice": "y"})):
        story = tell(bea, f"sound:{medium}", **yes)
        send(bea, medium, sound(2), story)
        rebuild(app)
        address = f"{room.path}/media/{medium}"
        assert (look_at(people.ada, address).status_code, look_at(cem, address).status_code) == (200, 404)
        page = people.ada.get(f"{room.path}/console/words/{story}")
        assert people.ada.send(page, "/approve", recognisable="no").status == 303
        assert (look_at(people.ada, address).status_code, look_at(cem, address).status_code) == (
            200,
            200 if yes else 404,
        )


def test_a_part_of_a_recording_can_be_asked_for(app: Flask, people: People, room: Room) -> None:
    bea, medium = people.bea(room), new_id()
    send(bea, medium, sound(2), tell(bea, f"sound:{medium}"))
    rebuild(app)
    address = f"{room.path}/media/{medium}"
    part = look_at(bea, address, Range="bytes=0-99")
    assert (part.status_code, len(part.data)) == (206, 100)


@pytest.mark.shows("A12", "A29")
@pytest.mark.parametrize("kind", ["sound", "film"])
def test_without_script_a_recording_alone_is_a_story(app: Flask, people: People, room: Room, kind: str) -> None:
    """bea's browser runs no script: she chooses a file, and sends it with the form."""
    bea, whole = people.bea(room), sound(3) if kind == "sound" else film(2)
    page = bea.ask("story")
    assert f'name="{kind}_file"' in page.html
    page = bea.send(page, text="", go="next", **{f"{kind}_file": (io.BytesIO(whole), f"{SECRET.decode()}.webm")})
    assert page.status == 200
    assert bea.send(bea.send(page, level="3", go="next"), go="send").status == 303
    with app.app_context():
        medium = db.session.execute(sa.select(Medium)).scalar_one()
        assert (medium.state, medium.contribution_id) == ("waiting", bea.words()[0])
        names = db.session.execute(sa.select(Piece.file).order_by(Piece.at)).scalars().all()
        assert b"".join(read(name) for name in names) == whole
    rebuild(app)
    assert look_at(bea, f"{room.path}/media/{medium.id}").status_code == 200
    assert SECRET not in bytes_everywhere(app)


def test_without_script_the_same_form_twice_is_one_recording(app: Flask, people: People, room: Room) -> None:
    bea, named = people.bea(room), new_id()
    page = bea.ask("story")
    for _ in range(2):
        bea.send(page, text="", go="next", sound_as=named, sound_file=(io.BytesIO(sound(2)), "voice.webm"))
    with app.app_context():
        assert db.session.execute(sa.select(Medium.id)).scalars().all() == [named]
        assert len(list(files.store().names())) == 1


@pytest.mark.shows("S18", "S19")
def test_without_script_what_is_no_recording_is_said_at_once(
    app: Flask, people: People, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(media.LARGEST, "sound", 50_000)
    bea, playlist = people.bea(room), b"#EXTM3U\nfile:///etc/passwd"
    for data, words in ((playlist, "cannot play"), (b"", "empty"), (sound(20), "too long")):
        page = bea.send(bea.ask("story"), text="", go="next", sound_file=(io.BytesIO(data), "voice.webm"))
        assert page.status == 422
        assert words in page.text
    assert bytes_everywhere(app) == b""
