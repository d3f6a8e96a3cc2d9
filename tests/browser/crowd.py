"""More people than a test has phones: they come in, write and choose by the app's own commands."""

from collections.abc import Mapping
from typing import Any

from tests.support.build import Room
from workshop.activities import Gift
from workshop.commands import choosing, moderating, taking_part
from workshop.extensions import keys
from workshop.keys import new_token
from workshop.models.columns import new_id
from workshop.queries import contributions, rooms


class Crowd:
    """The people of one room, beside those who hold a device."""

    def __init__(self, room: Room, facilitator: str) -> None:
        self.room, self.facilitator = room, facilitator

    def come(self, side: str, many: int = 1, role: str | None = None) -> list[Any]:
        """So many people of one side come in and take a role; returns their seats."""
        door = "service" if side == "service" else "lived"
        return [self.seat(self.come_in(role or self.usual(side), door)[0]) for _ in range(many)]

    def usual(self, side: str) -> str:
        """The first role that this room has for this side."""
        with self.room.app.app_context():
            workshop = rooms.workshop(self.room.id)
        return str(next(role["name"] for role in workshop.roles if role["side"] == side))

    def come_in(self, role: str, door: str) -> tuple[str, str]:
        """One person through this door: the token of their seat, and the key of their receipt."""
        key = new_token()
        with self.room.app.app_context():
            workshop = rooms.workshop(self.room.id)
            _person, token = taking_part.join(workshop, door, key, "en")
            taking_part.choose_role(workshop, self._seat(token), role)
        return token, key

    def seat(self, token: str) -> Any:
        with self.room.app.app_context():
            return self._seat(token)

    def _seat(self, token: str) -> Any:
        return rooms.seat(keys.seal("device", token), self.room.id)

    def say(self, seat: Any, key: str, text: str, *, shown: bool = True, **words: Any) -> str:
        """A story or card of this person; `shown` says whether the facilitator has approved it."""
        activity = self.activity(key)
        kind = "story" if activity.kind == "story" else "card"
        said = {"text": text, "level": 2, "more": {}, "topic": None, "display_name": None, **words}
        with self.room.app.app_context():
            name = taking_part.give(activity, seat, kind, said, Gift(new_id()))
            if shown:
                self.approve(name)
        return str(name)

    def approve(self, contribution_id: str) -> None:
        said = contributions.one(contribution_id, self.room.id)
        moderating.approve(said, self.facilitator, recognisable=False if said.kind == "story" else None)

    def choose(self, seats: list[Any], key: str, choices: Mapping[str, int]) -> None:
        """Each of them hands in the same ballot."""
        activity = self.activity(key)
        with self.room.app.app_context():
            for seat in seats:
                choosing.cast(activity, seat, new_id(), choices)

    def activity(self, key: str) -> Any:
        with self.room.app.app_context():
            return self.room.activity(key)
