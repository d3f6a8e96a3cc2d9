"""The rooms of a made-up community day, each at another hour of it, and the devices that are in them."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from tests.browser import made_up
from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.hours import HOURS
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import discover
from workshop.commands import agenda, command, organising, running
from workshop.extensions import db
from workshop.models import Workshop
from workshop.queries import accounts, rooms

ROLES = [
    {"name": "Patient", "side": "lived"},
    {"name": "Family or carer", "side": "lived"},
    {"name": "Works at the clinic", "side": "service"},
    {"name": "Decides about money", "side": "service"},
    {"name": "Somebody else", "side": "other"},
]


@dataclass
class World:
    """Rooms by name, made when a scene first asks for one."""

    app: Flask
    people: People
    made: dict[str, tuple[Room, Crowd]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ada = self.people.ada.id
        with self.app.app_context():
            organisation = accounts.organisation(self.people.organisation_id)
            organising.rename(organisation, made_up.ORGANISATION, ada)
            organising.state(organisation, made_up.STATED, ada)

    def room(self, name: str) -> Room:
        return self._at(name)[0]

    def crowd(self, name: str) -> Crowd:
        return self._at(name)[1]

    def _at(self, name: str) -> tuple[Room, Crowd]:
        if name not in self.made:
            place = made_up.PLACES[len(self.made) % len(made_up.PLACES)]
            room = make_room(self.app, self.people.organisation_id, title=f"{made_up.TITLE} at {place}")
            crowd = Crowd(room, self.people.ada.id)
            HOURS[name](room, crowd)
            self.made[name] = room, crowd
        return self.made[name]

    def seat(self, device: Device, name: str, role: str = "Patient", door: str = "lived") -> Room:
        """Put this device into the room: the cookies that joining would have left on it."""
        room, crowd = self._at(name)
        known = f"seat-{room.id[:10]}"
        if all(cookie.get("name") != known for cookie in device.context.cookies()):
            token, key = crowd.come_in(role, door)
            kept = {known: token, f"receipt-{room.id[:10]}": key}
            device.context.add_cookies([{"name": n, "value": v, "url": device.address} for n, v in kept.items()])
        return room

    def own_seat(self, device: Device, name: str) -> Any:
        """Whose seat this device has in the room."""
        room, crowd = self._at(name)
        kept = {cookie.get("name"): cookie.get("value") for cookie in device.context.cookies()}
        return crowd.seat(str(kept[f"seat-{room.id[:10]}"]))


@command
def _add_workshop(organisation_id: str, **columns: Any) -> str:
    row = Workshop(organisation_id=organisation_id, **{"title": made_up.TITLE, "roles": ROLES, **columns})
    db.session.add(row)
    db.session.flush()
    return row.id


def make_room(app: Flask, organisation_id: str, **columns: Any) -> Room:
    """A workshop with the day's agenda, not open yet."""
    with app.app_context():
        room = Room(app, _add_workshop(organisation_id, **columns))
        for key, kind, title, prompt, minutes, settings in made_up.AGENDA:
            if kind not in discover():
                continue
            linked = {name: room.activities.get(value, value) for name, value in settings.items()}
            words = {"title": title, "prompt": prompt, "minutes": minutes, "who": "all", "settings": linked}
            room.activities[key] = agenda.add(room.id, kind, discover()[kind].gives, **words)
        running.new_doors(room.id)
        row = rooms.workshop(room.id)
        room.doors = {door: running.door_token(room.id, row.generation, door) for door in running.DOORS}
        room.code = rooms.doors(room.id)["lived"].code
    return room
