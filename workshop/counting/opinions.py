"""What groups of people share and what sets each apart, once somebody has put them into groups.

Small, C., Björkegren, M., Erkkilä, T., Shaw, L. and Megill, C. (2021), "Polis: scaling deliberation by mapping high
dimensional opinion spaces", Recerca 26(2): the product over groups of each group's smoothed share. Here it is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod, sqrt

from workshop.counting.statements import AGREE, COMMON_FROM, DISAGREE, smoothed

Votes = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What one group said of one statement; `seen` counts those who passed as well."""

    agree: int
    disagree: int
    seen: int


def said(votes: Iterable[Votes], item: str) -> Said:
    given = [each[item] for each in votes if item in each]
    return Said(given.count(AGREE), given.count(DISAGREE), len(given))


def shared(groups: Iterable[Said]) -> Fraction:
    """Group-informed consensus: how far all groups agree."""
    return prod((smoothed(each.agree, each.seen) for each in groups), start=Fraction(1))


def shared_no(groups: Iterable[Said]) -> Fraction:
    """The same for disagreement: what no group wants is common ground as well."""
    return prod((smoothed(each.disagree, each.seen) for each in groups), start=Fraction(1))


def in_every_group(groups: Iterable[Said], *, no: bool = False) -> bool:
    """Does each group reach the least share of common ground?"""
    return all(smoothed(each.disagree if no else each.agree, each.seen) >= COMMON_FROM for each in groups)


def more_than_others(x: int, n: int, others_x: int, others_n: int) -> float:
    """How sure it is that a group stands out: the test of two proportions, one person added to each number."""
    x, n, others_x, others_n = x + 1, n + 1, others_x + 1, others_n + 1
    together = (x + others_x) / (n + others_n)
    if together >= 1:
        return 0.0
    return (x / n - others_x / others_n) / sqrt(together * (1 - together) * (1 / n + 1 / others_n))
