"""A workshop that is over, with words at every step of consent and a choice that was counted."""

import csv
import io
import os
import secrets
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, update

from tests.support import build
from tests.support.build import Room
from tests.support.people import organisation
from workshop.activities import count
from workshop.commands import accounts, command
from workshop.consent import Viewer
from workshop.exports import bundle
from workshop.extensions import db
from workshop.keys import new_token
from workshop.models import Ballot, Contribution, HasChosen, Participant
from workshop.queries import rooms

__all__ = ["Room", "Viewer", "Words", "build", "organisation"]


@dataclass(frozen=True, slots=True)
class Words:
    """Something said, as a test means it."""

    text: str
    level: int = 4
    state: str = "shown"
    side: str = "lived"
    at: str = "story"
    more: Mapping[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: secrets.token_hex(16))


def room(app: Flask, organisation_id: str, words: Iterable[Words], **columns: Any) -> Room:
    """Stories, cards, dots on the cards, a closing; everything in `words` was said in it."""
    agenda = "story", "cards", ("dots", {"items_from": "cards"}), ("statements", {"items_from": "cards"}), "closing"
    made = build.workshop(app, organisation_id, *agenda, **columns)
    with app.app_context():
        say(made, words)
    return made


@command
def say(made: Room, words: Iterable[Words]) -> None:
    """Add these words, each by a person of their own."""
    rows = [(person(made.id, each.side), each) for each in words]
    if rows:
        db.session.execute(insert(Participant), [row for row, _ in rows])
        db.session.execute(insert(Contribution), [said(made, row["id"], each) for row, each in rows])


def person(workshop_id: str, side: str) -> dict[str, Any]:
    seals = {"receipt_hash": new_token(), "spoken_hash": new_token()}
    return {"id": new_token(), "workshop_id": workshop_id, "side": side, **seals}


def said(made: Room, person_id: str, words: Words) -> dict[str, Any]:
    return {
        "id": words.id,
        "workshop_id": made.id,
        "activity_id": made.activities[words.at],
        "participant_id": person_id,
        "kind": "story" if words.at == "story" else "card",
        "side": words.side,
        "role": None,
        "text": words.text,
        "more": dict(words.more),
        "level": words.level,
        "state": words.state,
        "consent": {"text": "1", "language": "en", "how": "read", "quote": True, "contact": False},
        "digest": "",
    }


@command
def vote(made: Room, ballots: Sequence[tuple[str, Mapping[str, int]]], key: str = "dots") -> None:
    """Ballots of new people, by side; then the choice is counted."""
    activity = made.activities[key]
    people = [person(made.id, side) for side, _ in ballots]
    marks = [{"participant_id": p["id"], "activity_id": activity} for p in people]
    cast = [
        {"id": new_token(), "activity_id": activity, "side": side, "channel": "phone", "choices": dict(chosen)}
        for side, chosen in ballots
    ]
    for table, rows in ((Participant, people), (HasChosen, marks), (Ballot, cast)):
        db.session.execute(insert(table), rows)


def close(made: Room, key: str = "dots") -> None:
    """Open, close and count the choice."""
    made.open(key)
    with made.app.app_context():
        count(made.activity(key))


def pack(made: Room, viewer: Viewer = Viewer.ORGANISER_EXPORT) -> bytes:
    """The export pack as it leaves the house."""
    with made.app.app_context(), bundle.make(rooms.workshop(made.id), viewer, None).file as file:
        return file.read()


def files(packed: bytes) -> dict[str, bytes]:
    """What is inside a pack, the workbook's own files as well."""
    inside = _unzip(packed)
    return inside | {f"xlsx/{name}": data for name, data in _unzip(inside["workshop.xlsx"]).items()}


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(packed: bytes, table: str) -> list[dict[str, str]]:
    """A table of the pack, read from its CSV file."""
    text = files(packed)[f"data/{table}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def instance(app: Flask) -> Path:
    return Path(app.config["INSTANCE"])


def make_old(path: Path) -> None:
    """As if it had lain there since yesterday."""
    os.utime(path, (0, 0))


def account(organisation_id: str) -> str:
    """Somebody who may export."""
    return accounts.add_user(f"{secrets.token_hex(4)}@example.org", "Organiser", None, organisation_id, "organiser")


def row(made: Room) -> Any:
    return rooms.workshop(made.id)


@command
def approve_all(made: Room) -> None:
    db.session.execute(update(Contribution).where(Contribution.workshop_id == made.id).values(state="shown"))
