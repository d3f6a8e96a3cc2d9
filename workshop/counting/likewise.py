"""Do both sides want the same? The likeness of their two orders, and how many of their first lines are the same.

Beside each number stands what two orders made by lot would bring. Everything is reckoned from shares that are printed
in numbers for both sides, and only from enough people of each (see `favourites`), so it tells nothing that they do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshop.counting.cells import Cell, Split
from workshop.counting.favourites import enough
from workshop.counting.ranked.agreement import Agreement, agreement

FIRST = 3
MOST_ITEMS = 50  # beyond, what lots rarely reach takes longer to count out than anybody waits


@dataclass(frozen=True, slots=True)
class Likewise:
    """`order` is the likeness of both orders. Of the `FIRST` of each, `same` are the same; `by_lot` on average.

    `same` is None where a tie leaves open which lines are the first.
    """

    order: Agreement
    same: int | None
    by_lot: Fraction


def likewise(printed: Sequence[Split]) -> Likewise | None:
    """Of the lines of one choice; nothing where a line is not printed by side, or where there are too few of them."""
    if len(printed) > MOST_ITEMS or not all(enough(sides) for sides in printed):
        return None
    lived, service = (_places(printed, side) for side in ("lived", "service"))
    order = agreement(lived, service)
    return Likewise(order, _same(lived, service), Fraction(FIRST**2, len(printed))) if order else None


def _places(printed: Sequence[Split], side: str) -> dict[str, int]:
    """1, 1, 3: the highest share first."""
    shares = [_share(getattr(sides, side)) for sides in printed]
    return {str(at): 1 + sum(other > share for other in shares) for at, share in enumerate(shares)}


def _share(cell: Cell) -> float:
    return cell.share or 0.0


def _same(lived: Mapping[str, int], service: Mapping[str, int]) -> int | None:
    first = [{item for item, place in places.items() if place <= FIRST} for places in (lived, service)]
    return len(first[0] & first[1]) if all(len(each) == FIRST for each in first) else None
