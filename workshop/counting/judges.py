"""What judges said: a level of each criterion for each item, or that they leave an item out.

A ballot says it in numbers: `item|criterion` is the level from 1 to 4, 0 is no answer; `item|-` is 1 where the judge
leaves the item out, and 0 where not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshop.counting.ballots import Ballot
from workshop.counting.sides import Side

LEVELS = (1, 2, 3, 4)
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One judge's: points of the items that they scored, the levels behind them, and what they left out."""

    side: Side
    channel: str
    levels: Mapping[str, Mapping[int, int]]
    points: Mapping[str, Fraction]
    left_out: frozenset[str]


def name_of(item: str, criterion: int | str) -> str:
    return f"{item}|{criterion}"


def points(levels: Mapping[int, int], weights: Sequence[int]) -> Fraction:
    """The mean of the criteria that this judge answered, each as heavy as it is said to be."""
    heavy = {number: weights[number - 1] for number in levels}
    return Fraction(sum(level * heavy[number] for number, level in levels.items()), sum(heavy.values()))


def sheets_of(ballots: Iterable[Ballot], items: Sequence[str], weights: Sequence[int]) -> list[Sheet]:
    return [_sheet(ballot, items, weights) for ballot in ballots]


def _sheet(ballot: Ballot, items: Sequence[str], weights: Sequence[int]) -> Sheet:
    out = frozenset(item for item in items if ballot.choices.get(name_of(item, LEFT_OUT)))
    read = {item: dict(_levels(ballot.choices, item, len(weights))) for item in items if item not in out}
    levels = {item: found for item, found in read.items() if found}
    scored = {item: points(found, weights) for item, found in levels.items()}
    return Sheet(ballot.side, ballot.channel, levels, scored, out)


def _levels(choices: Mapping[str, int], item: str, criteria: int) -> Iterator[tuple[int, int]]:
    """The criteria that got a level, and which."""
    for number in range(1, criteria + 1):
        level = choices.get(name_of(item, number), 0)
        if level not in (0, *LEVELS):
            raise ValueError(f"no level of this jury: {item}, {number}, {level}")
        if level:
            yield number, level
