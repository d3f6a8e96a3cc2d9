"""Scores: the mean of the numbers that were given, exact, so that ties are ties. «No answer» is not a nought.

A mean of very few answers says little: an item with under `LEAST_ANSWERS` has no mean and no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshop.counting.favourites import Favourites, highest
from workshop.counting.marks import Counts, Marked
from workshop.counting.places import places, shared
from workshop.counting.sides import SIDES

LEAST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """`place` is 1, 1, 3 on a tie. The means of the sides only where all their marks may be told."""

    marked: Marked
    mean: Fraction | None
    lived: Fraction | None = None
    service: Fraction | None = None
    place: int | None = None
    tied: bool = False

    @property
    def answers(self) -> int:
        return sum(self.marked.counts or ())


def scored(items: Iterable[Marked], numbers: Sequence[int]) -> tuple[Scored, ...]:
    """The highest mean first; then what has no place, as near to an order as may be told."""
    means = [(each, _ranked(each.counts, numbers)) for each in items]
    standing = places({each.item: mean for each, mean in means if mean is not None})
    return tuple(sorted((_scored(each, mean, numbers, standing) for each, mean in means), key=_order))


def mean(counts: Counts, numbers: Sequence[int]) -> Fraction | None:
    """Their sum over how many they are; nothing where nobody gave one."""
    people = sum(counts)
    return Fraction(total(counts, numbers), people) if people else None


def total(counts: Counts, numbers: Sequence[int]) -> int:
    return sum(number * times for number, times in zip(numbers, counts, strict=True))


def favourites(items: Iterable[Scored]) -> Favourites | None:
    """The highest mean of each side, if every item that has a place has the means of both."""
    ranked = [each for each in items if each.place]
    lived = {each.marked.item: each.lived for each in ranked if each.lived is not None}
    service = {each.marked.item: each.service for each in ranked if each.service is not None}
    if not ranked or not len(lived) == len(service) == len(ranked):
        return None
    return Favourites(highest(lived), highest(service))


def _ranked(counts: Counts | None, numbers: Sequence[int]) -> Fraction | None:
    return mean(counts, numbers) if counts is not None and sum(counts) >= LEAST_ANSWERS else None


def _scored(each: Marked, found: Fraction | None, numbers: Sequence[int], standing: Mapping[str, int]) -> Scored:
    if found is None:
        return Scored(each, None)
    lived, service = (mean(each.apart[side], numbers) if each.apart else None for side in SIDES[:2])
    place = standing[each.item]
    return Scored(each, found, lived, service, place, shared(standing, place))


def _order(each: Scored) -> tuple[bool, Fraction, float]:
    return each.mean is None, -(each.mean or Fraction(0)), -each.marked.sides.about
