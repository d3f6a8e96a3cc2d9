"""How sure a share and a gap are: Wilson, Newcombe, and which of three sentences may be said.

Wilson, E. B. (1927), Journal of the American Statistical Association 22:209-212.
Newcombe, R. G. (1998), Statistics in Medicine 17:873-890, method 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import sqrt

from workshop.counting.cells import Split

Z95 = 1.959963984540054
CLEAR_FROM = 0.20
BY_CHANCE = 0.04


class Verdict(Enum):
    CLEAR = "clear gap"
    NOT_CLEAR = "no clear gap"
    TOO_FEW = "too few to say"


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Lived minus service; without numbers where the sides are said in words."""

    verdict: Verdict
    difference: float | None = None
    interval: Interval | None = None


def wilson(x: float, n: int, z: float = Z95) -> Interval:
    """The interval of a share; with nobody asked it is everything."""
    if n == 0:
        return Interval(0.0, 1.0)
    share, square = x / n, z * z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return Interval(0.0 if x == 0 else centre - half, 1.0 if x == n else centre + half)


def newcombe(x1: float, n1: int, x2: float, n2: int, z: float = Z95) -> Interval:
    """The interval of the difference of two shares."""
    first, second = wilson(x1, n1, z), wilson(x2, n2, z)
    p1, p2 = x1 / n1, x2 / n2
    low = p1 - p2 - sqrt((p1 - first.low) ** 2 + (second.high - p2) ** 2)
    high = p1 - p2 + sqrt((first.high - p1) ** 2 + (p2 - second.low) ** 2)
    return Interval(low, high)


def verdict(difference: float, interval: Interval) -> Verdict:
    excludes_zero = interval.low > 0 or interval.high < 0
    return Verdict.CLEAR if excludes_zero and abs(difference) >= CLEAR_FROM else Verdict.NOT_CLEAR


def gap(shown: Split) -> Gap:
    """The gap between the sides of an item, from what may be printed of it and nothing else."""
    near, lived, service = shown.nearest, shown.lived.n, shown.service.n
    if not shown.shown or near is None or not lived or not service:
        return Gap(Verdict.TOO_FEW)
    difference = (near.lived * service - near.service * lived) / (lived * service)
    interval = newcombe(near.lived, lived, near.service, service)
    if shown.lived.share is None:
        return Gap(verdict(difference, interval))
    return Gap(verdict(difference, interval), difference, interval)
