"""How alike two orders are, beside what two orders made by lot would reach.

Kendall, M. G. (1945), "The treatment of ties in ranking problems", Biometrika 33:239-251 (tau-b). The number of orders
with a given number of swapped pairs: Knuth, The Art of Computer Programming 3, 5.1.1. By lot tau-b is 0 on average.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from workshop.counting.ranked.duels import Tiers

ENOUGH_ITEMS = 5  # under five, two orders made by lot are often the same
ONE_IN = 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs of items in the same order, in the opposite one, and all; `by_lot` is a tau-b that lots rarely reach."""

    same: int
    opposite: int
    pairs: int
    tau: float
    by_lot: float


def places(order: Tiers) -> dict[str, int]:
    """1, 1, 3: who is tied has the same place, and the next one is as far down as so many are before."""
    found: dict[str, int] = {}
    before = 0
    for tier in order:
        found |= dict.fromkeys(tier, before + 1)
        before += len(tier)
    return found


def agreement(one: Mapping[str, int], other: Mapping[str, int]) -> Agreement | None:
    """Of places of the same items; nothing where there are too few items, or where one order ties everything."""
    ways = list(_ways(one, other))
    apart = math.sqrt(sum(1 for a, _ in ways if a) * sum(1 for _, b in ways if b))
    if len(one) < ENOUGH_ITEMS or not apart:
        return None
    same, opposite = sum(a * b > 0 for a, b in ways), sum(a * b < 0 for a, b in ways)
    return Agreement(same, opposite, len(ways), (same - opposite) / apart, by_lot(len(one)))


def _ways(one: Mapping[str, int], other: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """For each two items: which way each order puts them; 0 is a tie."""
    return ((one[a] - one[b], other[a] - other[b]) for a, b in combinations(sorted(one), 2))


@cache
def by_lot(items: int) -> float:
    """The least tau that at most one in twenty orders made by lot reach, where nothing is tied."""
    ways, pairs = _orders_by_swaps(items), items * (items - 1) // 2
    reached = 0
    for swaps, orders in enumerate(ways):
        reached += orders
        if reached * ONE_IN > math.factorial(items):
            return 1 - 2 * (swaps - 1) / pairs
    return 1.0


def _orders_by_swaps(items: int) -> list[int]:
    """How many orders of so many items have 0, 1, 2, … swapped pairs."""
    ways = [1]
    for more in range(1, items):
        longer = [0] * (len(ways) + more)
        for swaps, orders in enumerate(ways):
            for extra in range(more + 1):
                longer[swaps + extra] += orders
        ways = longer
    return ways
