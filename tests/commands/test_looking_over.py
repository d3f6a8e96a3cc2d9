"""R17: every night everything that is stored is read once, and one byte that has turned is an alert."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.commands.test_backup import with_photo
from tests.support import build
from tests.support.build import Room
from tests.support.keyboard import Type
from tests.support.people import People
from workshop import jobs
from workshop.commands import looking_over, running, scrubbing
from workshop.commands.taking_part import take_back
from workshop.consent import Viewer
from workshop.extensions import db
from workshop.models import Medium
from workshop.queries import contributions, last_look, rooms

THREE = 3
NOON = 12


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    made = build.workshop(app, people.organisation_id, "story")
    made.open("story")
    return made


def a_file(app: Flask, tmp_path: Path) -> Path:
    """The photo itself, not its small sister."""
    with app.app_context():
        return tmp_path / "instance" / "media" / db.session.execute(sa.select(Medium.file)).scalar_one()


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))


@pytest.mark.shows("R17")
def test_a_byte_of_a_photo_turns_and_everybody_who_must_know_is_told(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with_photo(people.bea(room), "The stairs are steep.")
    assert type_in("look-over").code == 0
    assert "all as they were kept" in type_in("check").text
    flip(a_file(app, tmp_path), 40)
    with app.app_context(), caplog.at_level(logging.ERROR):
        [words] = looking_over.look_over()
    assert a_file(app, tmp_path).name in words
    assert "Bytes have turned" in caplog.text
    checked = type_in("check")
    assert (checked.code, "is not what was kept" in checked.text) == (1, True)
    assert type_in("look-over").code == 1
    assert "Stored bytes have turned." in people.ada.get(f"{room.path}/console").text


@pytest.mark.shows("R17")
def test_a_page_of_the_database_turns(app: Flask, people: People, room: Room, tmp_path: Path) -> None:
    with app.app_context():
        for number in range(60):
            running.lock_doors(rooms.workshop(room.id), locked=bool(number % 2))
        scrubbing.shorten_log_now()
        db.session.remove()
        db.engine.dispose()
        path = tmp_path / "instance" / "workshop.sqlite"
        whole = path.read_bytes()
        with path.open("r+b") as file:
            file.seek(4096 * 5)
            file.write(b"\xff" * 64)
        turned = looking_over.look_over()
        path.write_bytes(whole)
    assert turned
    assert turned[0].startswith("the database")


def test_what_was_taken_back_is_no_alert(app: Flask, people: People, room: Room) -> None:
    bea = people.bea(room)
    with_photo(bea, "The stairs are steep.")
    with app.app_context():
        [said] = contributions.said(room.id, Viewer.FACILITATOR)
        person = contributions.one(said.id, room.id).participant_id
        take_back(said.id, participant_id=person)
        assert looking_over.look_over() == ()


def test_it_is_done_by_night_when_nobody_works(app: Flask, room: Room) -> None:
    moment = datetime.now(UTC)
    with app.app_context():
        assert not last_look.is_due(moment, THREE), "the workshop is open"
        running.close_workshop(rooms.workshop(room.id), moment.date(), None)
        looking_over.look_over()
        assert not last_look.is_due(moment, THREE), "it was done just now"
        assert last_look.is_due(moment + timedelta(days=1), THREE)
        assert not last_look.is_due(moment + timedelta(days=1), NOON)
        assert last_look.is_due(moment + timedelta(days=3), NOON), "a machine that is off by night"


@pytest.fixture
def looks(app: Flask) -> Iterator[jobs.Looks]:
    with app.app_context():
        looks = jobs.Looks()
        looks.look_at = 0.0
        yield looks
        if looks.process:
            looks.process.wait(60)


def test_the_server_starts_it_by_itself(app: Flask, looks: jobs.Looks, tmp_path: Path) -> None:
    """Nobody has looked for more than two days: it is due at any hour."""
    looks.look()
    assert looks.process
    assert looks.process.wait(60) == 0
    looked = last_look.last()
    assert looked
    assert looked.turned == ()
    looks.look_at = 0.0
    looks.look()
    assert looks.process.poll() == 0, "once a night"
