"""Who was asked. Where it was one side alone, every total is that side's number, and is guarded as a side is.

The rule, in four sentences
1. Nothing is told where fewer than k of that side have chosen (5 in the room, 10 in exports): no number, no order.
2. Under 10 an item is told in one word, and how many have chosen is not told; from 10 on numbers are exact.
3. An item that fewer people answered is told by the same two sentences for itself.
4. With one to k - 1 people of neither side in the room, only what the larger of the two sides chose is told.

Proof that no few are told. Under k nothing that is printed depends on the ballots. In words, "nearly none" is nobody
or one, "nearly all" is all or all but one, every other word means a side that is divided; no total stands beside the
word, and items do not bind one another (but for dots: see `worlds.one_more_fits`). An item that is hidden cannot be
reckoned from others, since nothing is summed over items; where it could be (two questions of a closing score, whole
ballots), whoever prints holds back the sum or the parts.

Why the fourth. A choice that is told says that its side has k people, or exactly how many have chosen. If that is
told of both sides, and the room may not be split, then a few of neither side must be the reason; and where all but
one have chosen, total minus both says "one". Of one side alone it says only that the others are so many at most:
every number up to that remains, whichever of the two they are of. (Should the larger side become the smaller one
between two choices, both are told.) While a choice is open, see `turnout`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from workshop.counting.cells import FEW, HIDDEN, Cell, Split, band
from workshop.counting.sides import SIDES, Crowd, People, Side, presence


class Telling(IntEnum):
    """How much of a choice may be told."""

    NOTHING = 0
    WORDS = 1
    NUMBERS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """Who could choose: everybody, or the people of one `side` alone. `present` is the whole room, if it is known."""

    side: Side | None = None
    present: People | None = None

    def telling(self, chose: People, k: int) -> Telling:
        """What may be told of those who chose, or of those who answered one item. Of everybody: the totals."""
        if self.side is None:
            return Telling.NUMBERS
        if chose.of(self.side) < k or not self._leaves_the_others_hidden(k):
            return Telling.NOTHING
        return Telling.WORDS if chose.of(self.side) < FEW else Telling.NUMBERS

    def _leaves_the_others_hidden(self, k: int) -> bool:
        if self.present is None or not 0 < self.present.other < k:
            return True
        return self.side == ("lived" if self.present.lived >= self.present.service else "service")

    def split(self, answered: People, chose: People, k: int, told: Telling, most: People | None = None) -> Split:
        """An item of a choice for one side: that side's cell, and a total only where the number may be told."""
        ceiling = (most or answered).total
        told = min(told, self.telling(answered, k))
        if told is Telling.NUMBERS:
            return self._alone(answered.total, chose.total, Cell(True, answered.total, chose.total / ceiling))
        word = Cell(True, band=band(chose.total, ceiling).value) if told is Telling.WORDS else HIDDEN
        return self._alone(None, None, word)

    def _alone(self, people: int | None, total: int | None, cell: Cell) -> Split:
        lived, service, other = (cell if side == self.side else HIDDEN for side in SIDES)
        return Split(people, total, cell.share, False, lived, service, other)

    def crowd(self, chose: People, k: int) -> Crowd:
        """How many have chosen, by side only where everybody was asked."""
        if self.side is None:
            return presence(chose, k, self.present)
        return Crowd(False, chose.total if self.telling(chose, k) is Telling.NUMBERS else None)


EVERYBODY = Asked()


def asked_alone(who: str) -> Side | None:
    """The side that an activity is for, or nothing where it is for all."""
    return next((side for side in SIDES if side == who), None)


def turnout(chosen: int, side: Side, here: Crowd, k: int) -> int | None:
    """While a choice for one side is open: at least so many have chosen, in steps of k.

    Never more than the room shows of that side's people, so that it says of nobody who comes on which side they are.
    """
    told = min(chosen - chosen % k, here.of(side) or 0)
    return told or None
