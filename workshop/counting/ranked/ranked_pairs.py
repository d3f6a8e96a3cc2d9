"""Ranked pairs: victories are believed from the strongest to the weakest, unless they contradict stronger ones.

Tideman, T. N. (1987), "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4:185-206.
Victories of the same strength are looked at together, so that no order among them is made up: one that would close a
circle with stronger ones, or with others of its strength, is left out. What then is not decided is a tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from workshop.counting.ranked.duels import Duels, Tiers, tiers

Victory = tuple[int, int]


def ranked_pairs(duels: Duels) -> Tiers:
    """The items from the first place on; those on one place are tied."""
    over = _Over(len(duels.items))
    for equal in _by_strength(duels):
        possible = [(winner, loser) for winner, loser in equal if not over.has(loser, winner)]
        together = over.with_all(possible)
        over = over.with_all([(winner, loser) for winner, loser in possible if not together.has(loser, winner)])
    everybody = range(len(duels.items))
    return tiers(duels.items, [[over.has(a, b) for b in everybody] for a in everybody])


def _by_strength(duels: Duels) -> Iterator[list[Victory]]:
    everybody = range(len(duels.items))
    won = [(duels.strength(a, b), (a, b)) for a in everybody for b in everybody if duels.strength(a, b)]
    won.sort(reverse=True)
    return ([victory for _, victory in equal] for _, equal in groupby(won, key=lambda each: each[0]))


class _Over:
    """Who stands over whom, directly or through others: for each item a row of bits."""

    def __init__(self, count: int, below: list[int] | None = None) -> None:
        self.below = below or [0] * count

    def has(self, upper: int, lower: int) -> bool:
        return bool(self.below[upper] >> lower & 1)

    def with_all(self, victories: list[Victory]) -> _Over:
        """The same with these victories, and all that follows from them."""
        below = [*self.below]
        for winner, loser in victories:
            more = below[loser] | 1 << loser
            if below[winner] | more != below[winner]:
                below = [row | more if at == winner or row >> winner & 1 else row for at, row in enumerate(below)]
        return _Over(len(below), below)
