"""A room to measure in: an installation with one open workshop, people with phones, and as many cards as wanted."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import force_locale
from flask_wtf.csrf import generate_csrf

from bench.reference import TEXT
from workshop import activities, create_app
from workshop.activities import discover
from workshop.cli import tables
from workshop.commands import accounts, agenda, command, organising, running, upkeep, workshops
from workshop.consent import Level
from workshop.extensions import db, keys
from workshop.keys import new_token
from workshop.models import Ballot, Contribution, Device, Participant
from workshop.models.columns import new_id
from workshop.models.statements import STATEMENTS
from workshop.queries import rooms as queries

ADDRESS = "http://127.0.0.1"
SIDES = (("lived", "Service user"), ("service", "Professional"))


@dataclass(slots=True, frozen=True)
class Phone:
    """A person, and the cookie with which their phone is them."""

    id: str
    side: str
    token: str


@dataclass
class Room:
    """What a measurement needs to know of the room."""

    app: Flask
    id: str
    user_id: str
    activities: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/w/{self.id}"

    def page(self, key: str) -> str:
        return f"{self.path}/a/{self.activities[key]}"

    def door(self) -> str:
        with moment(self.app):
            generation = queries.workshop(self.id).generation
            return f"/j/{running.door_token(self.id, generation, 'lived')}"

    @cached_property
    def form(self) -> tuple[str, str]:
        """The cookie and the token of a form: every phone of the bench shows the same."""
        with self.app.test_request_context(base_url=ADDRESS) as context:
            token = generate_csrf()
            answer = self.app.response_class()
            self.app.session_interface.save_session(self.app, context.session, answer)
        return answer.headers["Set-Cookie"].split(";")[0], token

    def cookies(self, phone: Phone) -> str:
        return f"seat-{self.id[:10]}={phone.token}; {self.form[0]}"


@contextmanager
def moment(app: Flask) -> Iterator[None]:
    """Look at the database anew, in English."""
    with app.app_context(), force_locale("en"):
        yield


def make(folder: Path, agenda_of: Mapping[str, Mapping[str, Any]]) -> Room:
    """A fresh installation with an open workshop; `agenda_of` names each kind with its settings."""
    app = create_app(folder / "instance", HOST="127.0.0.1", BASE_URL=ADDRESS)
    with moment(app):
        tables.upgrade()
        upkeep.ensure_installation()
        room = _open(app, agenda_of)
        db.engine.dispose()
    return room


@command
def _open(app: Flask, agenda_of: Mapping[str, Mapping[str, Any]]) -> Room:
    user_id = accounts.add_user("bench@example.org", "Bench", None)
    organisation_id = organising.make_organisation("Bench", user_id)
    gives = {name: kind.gives for name, kind in discover().items()}
    workshop_id = workshops.make_workshop(organisation_id, "River day", None, gives, user_id=user_id)
    workshop = queries.workshop(workshop_id)
    stated = {each.name: str(each.months) if each.months else "Stated." for each in STATEMENTS}
    workshops.state(workshop, stated, user_id)
    running.open_workshop(workshop, user_id)
    room = Room(app, workshop_id, user_id)
    for kind, settings in agenda_of.items():
        _add(room, kind, gives[kind], settings)
    return room


def _add(room: Room, kind: str, gives: str, settings: Mapping[str, Any]) -> None:
    settled = {name: room.activities.get(str(value), value) for name, value in settings.items()}
    words = {"title": kind.title(), "prompt": "What would help?", "minutes": 10, "settings": settled}
    activity_id = room.activities[kind] = agenda.add(room.id, kind, gives, **words)
    running.open_activity(queries.activity(activity_id, room.id), beside=True)


def add_people(room: Room, count: int) -> list[Phone]:
    """People of both sides, in turns."""
    phones = [Phone(new_id(), SIDES[number % 2][0], new_token()) for number in range(count)]
    with moment(room.app):
        _insert_people(room, phones)
    return phones


@command
def _insert_people(room: Room, phones: list[Phone]) -> None:
    roles = dict(SIDES)
    db.session.add_all(
        Participant(
            id=each.id,
            workshop_id=room.id,
            receipt_hash=secrets.token_hex(32),
            spoken_hash=secrets.token_hex(32),
            role=roles[each.side],
            side=each.side,
        )
        for each in phones
    )
    db.session.flush()
    db.session.add_all(Device(token_hash=keys.seal("device", each.token), participant_id=each.id) for each in phones)


def add_cards(
    room: Room, key: str, phones: list[Phone], count: int, state: str = "shown", length: int = 0
) -> list[str]:
    """Cards, or stories, of these people in turns; returns their ids."""
    ids = [new_id() for _ in range(count)]
    with moment(room.app):
        _insert_cards(room, key, phones, ids, state, length)
    return ids


@command
def _insert_cards(room: Room, key: str, phones: list[Phone], ids: list[str], state: str, length: int) -> None:
    roles = dict(SIDES)
    for number, card_id in enumerate(ids):
        phone = phones[number % len(phones)]
        words = f"{TEXT} {number}".ljust(length, ".")
        row = Contribution(id=card_id, text=words, kind="story" if key == "story" else "card", state=state)
        row.workshop_id, row.activity_id, row.participant_id = room.id, room.activities[key], phone.id
        row.side, row.role, row.level, row.digest = phone.side, roles[phone.side], Level.REPORT, "0" * 64
        db.session.add(row)


def add_ballots(room: Room, key: str, phones: list[Phone], choices: Mapping[str, int]) -> None:
    """A counted ballot of each of these people: as they are after the close, without a link."""
    with moment(room.app):
        _insert_ballots(room.activities[key], phones, dict(choices))


def count(room: Room, key: str) -> None:
    """Close a choice and count it."""
    with moment(room.app):
        activities.count(queries.activity(room.activities[key], room.id))


@command
def _insert_ballots(activity_id: str, phones: list[Phone], choices: dict[str, int]) -> None:
    rows = [{"id": new_id(), "activity_id": activity_id, "side": each.side, "choices": choices} for each in phones]
    db.session.connection().execute(Ballot.__table__.insert(), rows)  # type: ignore[attr-defined]
