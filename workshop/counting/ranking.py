"""Ranked ballots counted by one of four methods: the order of all, how it came about, and the order of each side.

A ballot gives items their places, 1 the best. What has no place stands last, tied. The total is told of everybody who
was asked. The order of a side says more than a share of it does, so it is told only where each side has so many people
that one of them does not decide it (`sides.ENOUGH_FOR_AN_ORDER`); of one side that was asked alone, only where its
numbers may be told. Else no order is made at all, so nothing that is printed depends on the ballots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workshop.counting.asked import EVERYBODY, Asked, Telling
from workshop.counting.ballots import Ballot, by_channel
from workshop.counting.ranked.agreement import Agreement, agreement, places
from workshop.counting.ranked.borda import borda, half_points
from workshop.counting.ranked.duels import Duels, Tiers, duels
from workshop.counting.ranked.ranked_pairs import ranked_pairs
from workshop.counting.ranked.runoff import Round, RunOff, run_off
from workshop.counting.ranked.schulze import schulze, strongest_paths
from workshop.counting.sides import ENOUGH_FOR_AN_ORDER, SIDES, Crowd, Side, may_split, people

Method = Literal["schulze", "ranked_pairs", "run_off", "borda"]
METHODS: tuple[Method, ...] = ("schulze", "ranked_pairs", "run_off", "borda")


@dataclass(frozen=True, slots=True)
class Count:
    """One count: `order` from the first place on; `rounds` of a run-off, `points` (in halves) of Borda."""

    ballots: int
    blank: int
    duels: Duels
    order: Tiers
    rounds: tuple[Round, ...] = ()
    half_points: Mapping[str, int] | None = None

    @property
    def places(self) -> dict[str, int]:
        return places(self.order)

    @property
    def winners(self) -> tuple[str, ...]:
        """Nobody has won where nobody ranked anything."""
        return self.order[0] if self.order and self.ballots > self.blank else ()


@dataclass(frozen=True, slots=True)
class RankingResult:
    """`all` is nothing where no number may be told; `sides` has each side's own count, or nothing."""

    voters: Crowd
    told: Telling
    channels: tuple[tuple[str, int], ...] = ()
    all: Count | None = None
    sides: Mapping[Side, Count] | None = None
    alike: Agreement | None = None


def count(
    ballots: Iterable[Ballot],
    items: Sequence[str],
    method: Method,
    k: int,
    asked: Asked = EVERYBODY,
    lot: Sequence[str] = (),
) -> RankingResult:
    """`lot` is an order of the items that was fixed before anybody chose; a run-off may need it."""
    cast = list(ballots)
    voters = people(ballot.side for ballot in cast)
    crowd, told = asked.crowd(voters, k), asked.telling(voters, k)
    if told is not Telling.NUMBERS:
        return RankingResult(crowd, Telling.NOTHING)
    everybody = by_method([ballot.choices for ballot in cast], items, method, lot)
    if asked.side or not may_split(voters, max(k, ENOUGH_FOR_AN_ORDER), asked.present):
        return RankingResult(crowd, told, by_channel(cast), everybody)
    sides = {side: _of(side, cast, items, method, lot) for side in SIDES[:2]}
    alike = agreement(sides["lived"].places, sides["service"].places)
    return RankingResult(crowd, told, by_channel(cast), everybody, sides, alike)


def _of(side: Side, cast: Iterable[Ballot], items: Sequence[str], method: Method, lot: Sequence[str]) -> Count:
    return by_method([ballot.choices for ballot in cast if ballot.side == side], items, method, lot)


def by_method(
    cast: Sequence[Mapping[str, int]], items: Sequence[str], method: Method, lot: Sequence[str] = ()
) -> Count:
    """The count alone, for whoever may see whole ballots."""
    table, blank = duels(cast, items), sum(not choices for choices in cast)
    if method == "run_off":
        found = run_off(cast, items, lot)
        return Count(len(cast), blank, table, order_of(found), found.rounds)
    if method == "borda":
        return Count(len(cast), blank, table, borda(table), half_points=half_points(table))
    return Count(len(cast), blank, table, (schulze if method == "schulze" else ranked_pairs)(table))


def order_of(found: RunOff) -> Tiers:
    """Who stayed longer stands before; who left together is tied."""
    if not found.rounds:
        return ()
    second = tuple(item for item in found.rounds[-1].votes if item not in found.winners)
    in_the_end = sorted({found.rounds[-1].votes[item] for item in second}, reverse=True)
    last = [tuple(item for item in second if found.rounds[-1].votes[item] == votes) for votes in in_the_end]
    return (found.winners, *last, *(each.leaves for each in reversed(found.rounds[:-1])))


def chains(table: Duels) -> list[list[int]]:
    """How strong the strongest chain of victories is from each item to each other, as Schulze's method compares it."""
    return strongest_paths(table)
