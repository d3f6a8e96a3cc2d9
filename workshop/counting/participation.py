"""How people took part: who was here, whose words they were, and whether a few spoke for all.

Laakso, M. and Taagepera, R. (1979): effective number, here of voices. Deltas, G. (2003), Review of Economics
and Statistics 85:226-234: the correction of the Gini for few people.
Where a side is under 10, shares are given to the nearest tenth, from numbers in which no few said nothing.
How many of a side spoke is told only from 10 on: both numbers of one few would tell too much together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from workshop.counting.cells import HIDDEN, Cell, few
from workshop.counting.intervals import Interval, wilson
from workshop.counting.sides import SIDES, Crowd, People, Side, may_split, people, presence

GINI_FROM = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody present, and how much they gave; a person who gave nothing counts, too."""

    side: Side
    contributions: int


@dataclass(frozen=True, slots=True)
class SideVoice:
    """`ratio` is share of voice by share of people: 1 is fair; `spoke` is the share who gave anything."""

    shown: bool
    exact: bool = False
    share_of_people: float | None = None
    share_of_voice: float | None = None
    ratio: float | None = None
    spoke: Cell = HIDDEN
    spoke_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class ParticipationResult:
    present: Crowd
    contributions: int
    spoke: int
    spoke_interval: Interval
    lived: SideVoice
    service: SideVoice
    other: SideVoice
    effective_voices: float | None
    gini: float | None


@dataclass(frozen=True, slots=True)
class Unmasked:
    """People, what they gave and how many gave something, by side; never to be printed."""

    present: People
    given: People
    spoke: People


def count(present: Iterable[Person], k: int) -> ParticipationResult:
    everybody = list(present)
    exact, amounts = unmasked(everybody), [person.contributions for person in everybody]
    lived, service, other = (_voice(side, exact, k) for side in SIDES)
    here, spoke = presence(exact.present, k), exact.spoke.total
    equal, uneven = effective_voices(amounts), gini(amounts)
    sure = wilson(spoke, len(amounts))
    return ParticipationResult(here, sum(amounts), spoke, sure, lived, service, other, equal, uneven)


def unmasked(everybody: Iterable[Person]) -> Unmasked:
    """Exact numbers by side, whatever their size: for this module and recounts. What prints calls `count`."""
    here = list(everybody)
    given = People(*(sum(person.contributions for person in here if person.side == side) for side in SIDES))
    spoke = people(person.side for person in here if person.contributions)
    return Unmasked(people(person.side for person in here), given, spoke)


def _voice(side: Side, exact: Unmasked, k: int) -> SideVoice:
    if not may_split(exact.present, k) or exact.present.of(side) == 0:
        return SideVoice(shown=False)
    if any(few(exact.present)):
        return _about(side, exact)
    n, spoke = exact.present.of(side), exact.spoke.of(side)
    share = Fraction(n, exact.present.total)
    voice = Fraction(exact.given.of(side), exact.given.total) if exact.given.total else None
    cell = Cell(True, n, float(Fraction(spoke, n)))
    return SideVoice(True, True, float(share), _float(voice), _ratio(voice, share), cell, wilson(spoke, n))


def _about(side: Side, exact: Unmasked) -> SideVoice:
    share = Fraction(exact.present.of(side), exact.present.total)
    near = _somebody_spoke(exact.given, few(exact.present))
    if near is None:
        return SideVoice(shown=False)
    voice = round(Fraction(near.of(side), near.total), 1)
    return SideVoice(True, False, float(round(share, 1)), float(voice), None, HIDDEN)


def _somebody_spoke(given: People, guarded: tuple[bool, ...]) -> People | None:
    """The nearest numbers in which every few gave something; the side that gave most makes up for it."""
    near = [max(x, 1) if guard else x for x, guard in zip(given, guarded, strict=True)]
    rich = max(range(3), key=lambda place: near[place])
    near[rich] -= sum(near) - given.total
    return People(*near) if near[rich] >= int(guarded[rich]) and given.total else None


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _ratio(voice: Fraction | None, share: Fraction) -> float | None:
    return None if voice is None else float(voice / share)


def effective_voices(amounts: Iterable[int]) -> float | None:
    """As if so many had spoken equally: 1 / sum of squared shares."""
    given = list(amounts)
    total = sum(given)
    return float(Fraction(total * total, sum(x * x for x in given))) if total else None


def gini(amounts: Iterable[int]) -> float | None:
    """0 if all gave the same, 1 if one gave everything; corrected for few people, none under 5."""
    given = sorted(amounts)
    n, total = len(given), sum(given)
    if n < GINI_FROM or total == 0:
        return None
    ranked = sum(place * x for place, x in enumerate(given, start=1))
    plain = Fraction(2 * ranked, n * total) - Fraction(n + 1, n)
    return float(plain * n / (n - 1))
