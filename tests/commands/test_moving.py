"""An installation outgrows its laptop, or comes back from a backup: all of it moves into another database."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from tests.commands.test_backup import with_photo
from tests.support import build, installation
from tests.support.build import Room
from tests.support.keyboard import Type, Typed
from tests.support.people import Participant, People, Person
from workshop.extensions import Base, db


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the new installation keeps its rows: empty until the move."""
    if request.param == "sqlite":
        return ""
    server = request.getfixturevalue("postgres")
    name = f"moved_{tmp_path.parent.name.replace('-', '_')}_{tmp_path.name}".lower()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return installation.with_database(server, name)


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, "story", "cards", "dots")
    room.open("story", "cards", "dots")
    return room


@pytest.fixture
def bea(room: Room, people: People) -> Participant:
    """She tells with a photo, and takes something back."""
    bea = people.bea(room)
    with_photo(bea, "The stairs are steep.")
    bea.tell("story", "Taken back before the move.")
    bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    people.cem(room).write("cards", "A lift")
    return bea


def move(type_in: Type, tmp_path: Path, address: str) -> Typed:
    return type_in("move", str(tmp_path / "instance"), instance="city", DATABASE_URL=address)


def with_the_key_of(old: Path, new: Path) -> None:
    new.mkdir(mode=0o700)
    (new / "secret.key").write_bytes((old / "secret.key").read_bytes())
    (new / "secret.key").chmod(0o600)


@pytest.fixture
def moved(tmp_path: Path, bea: Participant, address: str, type_in: Type) -> Iterator[Flask]:
    with_the_key_of(tmp_path / "instance", tmp_path / "city")
    came = move(type_in, tmp_path, address)
    assert came.code == 0, came.text
    assert "contribution: 2" in came.text
    there = {**installation.SETTINGS, **({"DATABASE_URL": address} if address else {})}
    with installation.closing(installation.create_app(tmp_path / "city", **there)) as app:
        yield app


def rows(app: Flask) -> dict[str, list[str]]:
    """Everything but what a move changes: the epoch, and its own line in the audit log."""
    with app.app_context():
        every = {
            table.name: sorted(str(dict(row)) for row in db.session.execute(sa.select(table)).mappings())
            for table in Base.metadata.sorted_tables
            if table.name not in ("installation", "audit")
        }
        db.session.rollback()
    return every


@pytest.mark.shows("R12")
def test_everything_comes_and_goes_on(app: Flask, moved: Flask, bea: Participant, room: Room) -> None:
    assert rows(moved) == rows(app)
    phone = Person(moved)
    mine = phone.follow(phone.send(phone.get(f"/r/{bea.receipt}")).location)
    assert "The stairs are steep." in mine.text
    (story,) = bea.words()
    page = phone.get(f"{room.path}/words/{story}")
    photo = page.html.partition(f'src="{room.path}/')[2].partition('"')[0].replace("&amp;", "&")
    assert phone.get(f"{room.path}/{photo}").status == 200
    cem = Participant(moved, room, "Professional", "service")
    cem.write("cards", "A second lift")
    assert "A second lift" in cem.see("my-words").text, "numbers go on after those that came"


@pytest.mark.shows("P08")
def test_what_was_taken_back_stays_taken_back(tmp_path: Path, moved: Flask) -> None:
    assert (tmp_path / "city" / "tombstones.txt").read_text() == (tmp_path / "instance" / "tombstones.txt").read_text()
    assert not list((tmp_path / "city").glob("copy-*"))


def test_an_installation_in_use_is_not_written_over(tmp_path: Path, moved: Flask, address: str, type_in: Type) -> None:
    before = rows(moved)
    again = move(type_in, tmp_path, address)
    assert again.code == 1
    assert "in use already" in again.text
    assert rows(moved) == before


def test_without_the_old_key_nothing_moves(tmp_path: Path, bea: Participant, type_in: Type) -> None:
    refused = move(type_in, tmp_path, "")
    assert refused.code == 1
    assert "secret.key" in refused.text


def test_a_folder_without_an_installation_is_said(tmp_path: Path, type_in: Type) -> None:
    (tmp_path / "nothing").mkdir()
    refused = type_in("move", str(tmp_path / "nothing"), instance="city")
    assert refused.code == 1
    assert "There is no workshop.sqlite" in refused.text
