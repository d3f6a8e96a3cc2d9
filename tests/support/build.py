"""What there is: a workshop with an agenda, opened, with its doors; plain values to hold on to."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from workshop import activities
from workshop.activities import discover
from workshop.commands import command, running
from workshop.extensions import db
from workshop.models import Activity, Workshop
from workshop.models.statements import STATEMENTS
from workshop.queries import rooms

STATED = {
    statement.name: str(statement.months) if statement.months else f"{statement.name.replace('_', ' ')} is stated"
    for statement in STATEMENTS
}
ROLES = [
    {"name": "Service user", "side": "lived"},
    {"name": "Family or supporter", "side": "lived"},
    {"name": "Professional", "side": "service"},
    {"name": "Somebody else", "side": "other"},
]


@dataclass(slots=True)
class Room:
    """A workshop as a test knows it: ids and doors."""

    app: Flask
    id: str
    doors: dict[str, str] = field(default_factory=dict)
    code: str = ""
    activities: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/w/{self.id}"

    def open(self, *keys: str) -> None:
        """Open these activities side by side."""
        with self.app.app_context():
            for key in keys:
                running.open_activity(self.activity(key), beside=True)

    def close(self, key: str) -> None:
        with self.app.app_context():
            running.close_activity(self.activity(key))

    def count(self, key: str) -> None:
        """Close and count at once."""
        with self.app.app_context():
            running.close_activity(self.activity(key))
            activities.count(self.activity(key))

    def activity(self, key: str) -> Any:
        return rooms.activity(self.activities[key], self.id)


def workshop(app: Flask, organisation_id: str, *agenda: str | tuple[str, dict[str, Any]], **columns: Any) -> Room:
    """An open workshop; `agenda` names kinds, each with its settings if it has any; the kind's name is its key.

    `items_from` and `owners_for` name the key of an earlier activity.
    """
    with app.app_context():
        room = Room(app, _make(organisation_id, columns))
        for position, entry in enumerate(agenda, 1):
            kind, settings = entry if isinstance(entry, tuple) else (entry, {})
            room.activities[_free_key(kind, room)] = _add(room, kind, position, settings)
        running.new_doors(room.id)
        row = rooms.workshop(room.id)
        assert row is not None
        room.doors = {door: running.door_token(room.id, row.generation, door) for door in running.DOORS}
        room.code = rooms.doors(room.id)["lived"].code
        running.open_workshop(row, None)
    return room


@command
def _make(organisation_id: str, columns: dict[str, Any]) -> str:
    row = Workshop(organisation_id=organisation_id, **{"title": "River day", "roles": ROLES, **columns})
    db.session.add(row)
    db.session.flush()
    return row.id


@command
def _add(room: Room, kind: str, position: int, settings: dict[str, Any]) -> str:
    settings = {k: room.activities.get(v, v) if k in ("items_from", "owners_for") else v for k, v in settings.items()}
    row = Activity(
        workshop_id=room.id,
        position=position,
        kind=kind,
        gives=discover()[kind].gives,
        title=kind.title(),
        prompt=f"What about {kind}?",
        settings=settings,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _free_key(kind: str, room: Room) -> str:
    return kind if kind not in room.activities else f"{kind}{len(room.activities) + 1}"
