"""What the rankings say: who comes first and why, the order of all, the picture of it, the order of each side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext

from workshop.activities import Item, Outcome
from workshop.counting.ranked.runoff import LOT
from workshop.counting.ranking import Count, Method, RankingResult
from workshop.counting.sides import Side
from workshop.drawing import Picture, right_to_left
from workshop.kinds.ranking.pictures import duels_picture, points_picture, rounds_picture

FEW_FOR_ROUNDS = 30  # under so many, who leaves first often hangs on one ballot
FAR_APART = 2
MOST_APART = 3
IN_THE_PICTURE = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item with its place; `key` is its letter in the picture; `sides` its place on each side, where told."""

    item: Item
    place: int | None
    tied: bool
    key: str = ""
    sides: Mapping[Side, int] | None = None
    half_points: int | None = None

    @property
    def points(self) -> str:
        return "" if self.half_points is None else in_whole_points(self.half_points)

    @property
    def apart(self) -> int:
        return abs(self.sides["lived"] - self.sides["service"]) if self.sides else 0


@dataclass(frozen=True)
class Results(Outcome):
    """The counted order. Nothing of it is a share by side: the sides have orders of their own."""

    counted: RankingResult
    items: tuple[Ranked, ...]
    method: Method
    lot: Sequence[str]

    @property
    def all(self) -> Count | None:
        return self.counted.all

    @property
    def winners(self) -> list[Item]:
        return self._of(self.all.winners) if self.all else []

    @property
    def beats_everybody(self) -> Item | None:
        """Who wins every duel, if anybody does."""
        winner = self.all.duels.beats_everybody() if self.all and self.winners else None
        return self.known[winner] if winner else None

    @property
    def drawn(self) -> tuple[Ranked, ...]:
        """The items that have a letter in the picture."""
        return tuple(each for each in self.items if each.key)

    @property
    def few_for_rounds(self) -> bool:
        return self.method == "run_off" and self.all is not None and 0 < self.all.ballots < FEW_FOR_ROUNDS

    @property
    def far_apart(self) -> list[Ranked]:
        """The items whose places differ most between the sides."""
        apart = sorted(self.items, key=lambda each: -each.apart)
        return [each for each in apart if each.apart >= FAR_APART][:MOST_APART]

    @cached_property
    def known(self) -> dict[str, Item]:
        return {each.item.id: each.item for each in self.items}

    def first_of(self, side: Side) -> list[Item]:
        return self._of(self.counted.sides[side].winners) if self.counted.sides else []

    def won(self, a: Ranked, b: Ranked) -> int | None:
        """How many put the one before the other."""
        if self.all is None or a is b:
            return None
        ids = self.all.duels.items
        return self.all.duels.won[ids.index(a.item.id)][ids.index(b.item.id)]

    def by_lot(self) -> bool:
        """Did the lot decide who leaves?"""
        return self.all is not None and any(each.tie == LOT for each in self.all.rounds)

    def picture(self) -> Picture | None:
        """The count as a picture, in the direction in which the reader reads."""
        if self.all is None or not self.winners or len(self.items) < 2:
            return None
        names = {each.item.id: (each.key, each.item.words) for each in self.items}
        rtl, drawn = right_to_left(), [each.item.id for each in self.drawn]
        if self.method == "run_off":
            return rounds_picture(self.all, names, rtl)
        if self.method == "borda":
            return points_picture(self.all, drawn, names, rtl)
        return duels_picture(self.all.duels, drawn, names, rtl)

    def _of(self, ids: Sequence[str]) -> list[Item]:
        return [self.known[each] for each in ids]


def summary(counted: RankingResult, items: Sequence[Item], method: Method, lot: Sequence[str]) -> Results:
    known, count = {item.id: item for item in items}, counted.all
    if count is None:
        return Results(counted, tuple(Ranked(item, None, False) for item in items), method, lot)
    tiers = [(item, len(tier) > 1) for tier in count.order for item in tier]
    keys = _letters([item for item, _ in tiers])
    ranked = [_ranked(known[item], count, counted.sides, tied, keys.get(item, "")) for item, tied in tiers]
    return Results(counted, tuple(ranked), method, lot)


def _letters(in_order: Sequence[str]) -> dict[str, str]:
    """Letters for those that are drawn."""
    letters = gettext("A B C D E F G H I J").split()
    return dict(zip(in_order[:IN_THE_PICTURE], letters, strict=False))


def _ranked(item: Item, count: Count, sides: Mapping[Side, Count] | None, tied: bool, key: str) -> Ranked:
    by_side = {side: each.places[item.id] for side, each in sides.items()} if sides else None
    half = count.half_points[item.id] if count.half_points is not None else None
    return Ranked(item, count.places[item.id], tied, key, by_side, half)


def in_whole_points(half: int) -> str:
    """Points are counted in halves; a half stands behind its number in every script."""
    return f"\u2066{half // 2}½\u2069" if half % 2 else str(half // 2)
