"""Every two items against one another: how many people put the one before the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

Places = Mapping[str, int]
Tiers = tuple[tuple[str, ...], ...]
Levels = tuple[tuple[int, ...], ...]
LANE = 40  # bits: room for a million million ballots
FULL = (1 << LANE) - 1


@dataclass(frozen=True, slots=True)
class Duels:
    """`won[a][b]` is how many ballots put items[a] before items[b]; who put neither first is in neither number."""

    items: tuple[str, ...]
    ballots: int
    won: tuple[tuple[int, ...], ...]

    def strength(self, a: int, b: int) -> int:
        """Winning votes: how many stand behind a victory; 0 for a defeat or a draw."""
        return self.won[a][b] if self.won[a][b] > self.won[b][a] else 0

    def beats_everybody(self) -> str | None:
        """The Condorcet winner, if there is one."""
        others = range(len(self.items))
        return next((self.items[a] for a in others if all(self.strength(a, b) for b in others if b != a)), None)


def duels(ballots: Iterable[Places], items: Sequence[str]) -> Duels:
    """A row of the table is one large number with a lane for each item, so that one addition counts a whole ballot."""
    at = {item: number for number, item in enumerate(items)}
    alike = Counter(levels(ballot, at) for ballot in ballots)
    rows, lanes = [0] * len(items), [1 << LANE * number for number in range(len(items))]
    for ballot, times in alike.items():
        behind = sum(lanes) - sum(lanes[item] for level in ballot for item in level)
        for level in reversed(ballot):
            for item in level:
                rows[item] += times * behind
            behind += sum(lanes[item] for item in level)
    won = tuple(tuple(row >> LANE * number & FULL for number in range(len(items))) for row in rows)
    return Duels(tuple(items), alike.total(), won)


def levels(ballot: Places, at: Mapping[str, int]) -> Levels:
    """The numbers of the items on each place, the best first; those without a place are not among them."""
    if unknown := ballot.keys() - at.keys():
        raise ValueError(f"not on this ballot: {sorted(unknown)}")
    in_order = sorted((place, at[item]) for item, place in ballot.items())
    if len(set(ballot.values())) == len(ballot):
        return tuple((item,) for _, item in in_order)
    return tuple(tuple(item for _, item in level) for _, level in groupby(in_order, key=itemgetter(0)))


def tiers(items: Sequence[str], beats: Sequence[Sequence[bool]]) -> Tiers:
    """Those whom nobody left beats, then the same without them, until nobody is left."""
    left, found = list(range(len(items))), []
    while left:
        first = [a for a in left if not any(beats[b][a] for b in left)] or left
        found.append(tuple(items[a] for a in first))
        left = [a for a in left if a not in first]
    return tuple(found)
