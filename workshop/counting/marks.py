"""Marks: everybody gives each item one of a row of marks, numbers or words, or no answer, which is no mark at all.

What is split by side is one share per item: how many gave one of the `high` marks, of those who gave any. Where a
side is under 10, that share alone (exact or in words, see `cells`): with every mark as well, the one would follow
from the others. All marks of each side are told from `sides.ENOUGH_FOR_AN_ORDER` people of each on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.counting.asked import EVERYBODY, Asked, Telling
from workshop.counting.ballots import Ballot, by_channel
from workshop.counting.cells import Split, hidden, split
from workshop.counting.intervals import BY_CHANCE, Gap, gap
from workshop.counting.sides import ENOUGH_FOR_AN_ORDER, SIDES, Crowd, People, Side, may_split, people

Counts = tuple[int, ...]  # how many gave each mark, the lowest first
BySide = Mapping[Side, Counts]


@dataclass(frozen=True, slots=True)
class Marked:
    """`counts` of everybody, nothing where they may not be told; `apart` those of each side, where they may be;
    `sides` the share of each side that gave a high mark."""

    item: str
    counts: Counts | None
    no_answer: int | None
    sides: Split
    apart: BySide | None
    gap: Gap


@dataclass(frozen=True, slots=True)
class MarksResult:
    ballots: int | None
    voters: Crowd
    channels: tuple[tuple[str, int], ...]
    items: tuple[Marked, ...]
    by_chance: float
    told: Telling = Telling.NUMBERS


@dataclass(frozen=True, slots=True)
class Row:
    """The marks that can be given, the lowest first, and the first of the high ones."""

    marks: Sequence[int]
    high: int


@dataclass(frozen=True, slots=True)
class Room:
    """Who was asked and who voted, and from how many people on a side is told."""

    asked: Asked
    voters: People
    k: int

    @property
    def limit(self) -> int | None:
        return self.k if may_split(self.voters, self.k, self.asked.present) else None


def count(ballots: Iterable[Ballot], items: Sequence[str], row: Row, k: int, asked: Asked = EVERYBODY) -> MarksResult:
    """`asked` are all who could have voted: with them, a hidden turnout stays hidden as well."""
    cast = list(ballots)
    exact = unmasked(cast, items, row)
    room = Room(asked, people(ballot.side for ballot in cast), k)
    told, crowd, by_chance = asked.telling(room.voters, k), asked.crowd(room.voters, k), BY_CHANCE * len(items)
    tell = _alone if asked.side else _of_all
    counted = tuple(tell(item, exact[item], row, room) for item in items)
    number, channels = (len(cast), by_channel(cast)) if told is Telling.NUMBERS else (None, ())
    return MarksResult(number, crowd, channels, counted, by_chance, told)


def unmasked(ballots: Iterable[Ballot], items: Sequence[str], row: Row) -> dict[str, BySide]:
    """Exact numbers by side, whatever their size: for this module and recounts. What prints calls `count`."""
    place = {mark: at for at, mark in enumerate(row.marks)}
    given = {item: {side: [0] * len(row.marks) for side in SIDES} for item in items}
    for ballot in ballots:
        for item, mark in ballot.choices.items():
            if item not in given or mark not in place:
                raise ValueError(f"no mark of this ballot: {item}, {mark}")
            given[item][ballot.side][place[mark]] += 1
    return {item: {side: tuple(counts) for side, counts in each.items()} for item, each in given.items()}


def _of_all(item: str, exact: BySide, row: Row, room: Room) -> Marked:
    answered, high = _answered(exact), _high(exact, row)
    limit = room.limit
    sides = hidden(answered, high) if limit is None else split(answered, high, limit, room.voters)
    enough = sides.shown and may_split(answered, max(room.k, ENOUGH_FOR_AN_ORDER), room.voters)
    no_answer = room.voters.total - answered.total
    return Marked(item, together(exact), no_answer, sides, exact if enough else None, gap(sides))


def _alone(item: str, exact: BySide, row: Row, room: Room) -> Marked:
    """What one side gave, where nobody else was asked: its marks only where its numbers may be told."""
    answered, told = _answered(exact), room.asked.telling(room.voters, room.k)
    sides = room.asked.split(answered, _high(exact, row), room.k, told)
    if sides.total is None:
        return Marked(item, None, None, sides, None, gap(sides))
    return Marked(item, together(exact), room.voters.total - answered.total, sides, None, gap(sides))


def together(exact: BySide) -> Counts:
    return tuple(sum(numbers) for numbers in zip(*exact.values(), strict=True))


def _answered(exact: BySide) -> People:
    return People(*(sum(exact[side]) for side in SIDES))


def _high(exact: BySide, row: Row) -> People:
    first = row.marks.index(row.high)
    return People(*(sum(exact[side][first:]) for side in SIDES))
