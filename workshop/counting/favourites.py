"""What each side put first, reckoned from what is printed of the sides and from nothing else.

An order tells more of a side than one share does: it is made only where each side has `sides.ENOUGH_FOR_AN_ORDER`
people for every item, and where the exact shares of all items are printed anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from workshop.counting.cells import Cell, Split
from workshop.counting.sides import ENOUGH_FOR_AN_ORDER


@dataclass(frozen=True, slots=True)
class Favourites:
    """The first of each side; more than one where they are tied, none where a side wanted nothing."""

    lived: tuple[str, ...]
    service: tuple[str, ...]

    def named(self, words: Mapping[str, str]) -> Favourites:
        """The same with the words of each item in place of its id."""
        return Favourites(tuple(words[item] for item in self.lived), tuple(words[item] for item in self.service))


def favourites(printed: Mapping[str, Split]) -> Favourites | None:
    if not printed or not all(enough(sides) for sides in printed.values()):
        return None
    lived = {item: sides.lived.share or 0.0 for item, sides in printed.items()}
    service = {item: sides.service.share or 0.0 for item, sides in printed.items()}
    return Favourites(highest(lived), highest(service))


def enough(sides: Split) -> bool:
    """Are both sides printed in numbers, with nobody or enough people of neither?"""
    return sides.shown and _exact(sides.lived) and _exact(sides.service) and (not sides.other.n or _exact(sides.other))


def highest(numbers: Mapping[str, float] | Mapping[str, Fraction]) -> tuple[str, ...]:
    """All that share the highest number, in the order of the list; nothing where nobody gave any."""
    most = max(numbers.values(), default=0)
    return tuple(item for item, number in numbers.items() if number == most and most > 0)


def _exact(cell: Cell) -> bool:
    return cell.band is None and (cell.n or 0) >= ENOUGH_FOR_AN_ORDER
