"""Boxes of paper ballots: how far each is read, and where two people read differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Box, Reading, Slip

READERS = 2


@dataclass(frozen=True, slots=True)
class Read:
    """A box as one person reads it: slips by their numbers."""

    id: str
    user_id: str
    slips: int
    void: int
    typed: Mapping[int, Mapping[str, int]]

    @property
    def valid(self) -> int:
        return self.slips - self.void

    @property
    def next(self) -> int | None:
        """The lowest number that is still to be typed."""
        return next((number for number in range(1, self.valid + 1) if number not in self.typed), None)


@dataclass(frozen=True, slots=True)
class Reads:
    """A box, and how its two readers read it. `slips` and `void` once it is in."""

    id: str
    activity_id: str
    side: str
    channel: str
    slips: int | None
    void: int | None
    readings: Sequence[Read]

    @property
    def is_in(self) -> bool:
        return self.slips is not None

    def by(self, user_id: str) -> Read | None:
        return next((each for each in self.readings if each.user_id == user_id), None)

    @property
    def are_both_done(self) -> bool:
        return len(self.readings) == READERS and all(each.next is None for each in self.readings)

    @property
    def same_numbers(self) -> bool:
        return len({(each.slips, each.void) for each in self.readings}) == 1

    @property
    def different(self) -> list[int]:
        """The slips that both have typed, and not alike."""
        if len(self.readings) < READERS:
            return []
        one, other = (each.typed for each in self.readings)
        return sorted(number for number in one.keys() & other.keys() if one[number] != other[number])

    @property
    def is_alike(self) -> bool:
        return self.are_both_done and self.same_numbers and not self.different


def one(box_id: str, activity_id: str) -> Reads | None:
    """A box of this choice."""
    return next((box for box in of(activity_id) if box.id == box_id), None)


def of(activity_id: str) -> list[Reads]:
    """The boxes of a choice, in the order in which they were begun."""
    boxes = _rows(sa.select(*Box.__table__.columns).where(Box.activity_id == activity_id).order_by(Box.made_at, Box.id))
    readings = _readings([box.id for box in boxes])
    return [_reads(box, readings.get(box.id, [])) for box in boxes]


def _reads(box: Any, readings: Sequence[Read]) -> Reads:
    return Reads(box.id, box.activity_id, box.side, box.channel, box.slips, box.void, readings)


def unread(activity_id: str) -> int:
    """How many boxes are not in yet: what lies in them would not count."""
    query = sa.select(sa.func.count()).where(Box.activity_id == activity_id, Box.slips.is_(None))
    return int(db.session.connection().execute(query).scalar_one())


def counted(activity_id: str) -> dict[str, int]:
    """`by_hand`: ballots that two people read; `void`: slips that nobody could understand. Nothing without a box."""
    query = sa.select(sa.func.sum(Box.slips), sa.func.sum(Box.void)).where(Box.activity_id == activity_id)
    slips, void = (int(number or 0) for number in db.session.connection().execute(query).one())
    return {"by_hand": slips - void, "void": void} if slips else {}


def _readings(box_ids: Sequence[str]) -> dict[str, list[Read]]:
    rows = _rows(sa.select(*Reading.__table__.columns).where(Reading.box_id.in_(box_ids)).order_by(Reading.id))
    slips: dict[str, dict[int, Mapping[str, int]]] = {}
    for slip in _rows(sa.select(*Slip.__table__.columns).where(Slip.reading_id.in_([row.id for row in rows]))):
        slips.setdefault(slip.reading_id, {})[slip.number] = slip.choices
    found: dict[str, list[Read]] = {}
    for row in rows:
        read = Read(row.id, row.user_id, row.slips, row.void, slips.get(row.id, {}))
        found.setdefault(row.box_id, []).append(read)
    return found


def _rows(query: sa.Select[Any]) -> Sequence[Any]:
    return db.session.connection().execute(query).all()
