"""What each side said of one item, printed so that nobody's answer can be worked out.

A cell is the people of one side who answered one item. Whether cells may be shown is decided by `sides`.
Then: a side under 10 (a *few*) must not be seen to be of one mind, neither all nor none. The total of the
item stays exact, so the exact number of one side would follow from the other's. Therefore

- where every side has nobody or 10 and more, numbers are exact;
- else, if no few are within one of all or none, numbers are exact as well, since nothing is to be guarded;
- else every side of the item is said in a word. The words do not come from the counted numbers but from the
  *nearest* numbers: the same total, with every few at least one away from all and from none.

Proof. The nearest numbers of numbers that need no change are those numbers. So whatever is printed could
always have been printed for the nearest numbers themselves, in which no few are of one mind. Hence no
printed item tells that a few were of one mind. Where no such numbers exist (only one person of all chose it,
or all but one), the word depends on nothing but the total. What remains is the total itself: if everybody
agreed, or nobody, then the room's own result says so of everybody in it, and no rule about sides can help.
Everything reckoned further (gaps, common ground) is reckoned from the nearest numbers, so it tells no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from workshop.counting.sides import People, Side, may_split

FEW = 10


class Band(Enum):
    """A share in a word; `middle` is where to draw it."""

    NEARLY_NONE = "nearly none"
    SOME = "some"
    HALF = "about half"
    MOST = "most"
    NEARLY_ALL = "nearly all"

    @property
    def middle(self) -> float:
        return MIDDLES[self.value]


MIDDLES = {"nearly none": 0.05, "some": 0.25, "about half": 0.5, "most": 0.75, "nearly all": 0.95}


@dataclass(frozen=True, slots=True)
class Cell:
    """Not shown; or n and the exact share; or n and a word."""

    shown: bool
    n: int | None = None
    share: float | None = None
    band: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """One item: the total of all, but where one side alone was asked and it may not be told (see `asked`); the sides,
    if they may be shown."""

    people: int | None
    total: int | None
    share: float | None
    shown: bool
    lived: Cell
    service: Cell
    other: Cell
    nearest: People | None = None

    def of(self, side: Side) -> Cell:
        return self.lived if side == "lived" else self.service if side == "service" else self.other

    @property
    def word(self) -> str | None:
        """What stands in place of a total that may not be told, if anything does."""
        words = (cell.band for cell in (self.lived, self.service, self.other) if self.total is None)
        return next((word for word in words if word), None)

    @property
    def about(self) -> float:
        """The share of all, as near as it may be told: to sort by."""
        return MIDDLES[self.word] if self.word else self.share or 0.0


HIDDEN = Cell(shown=False)


def split(answered: People, chose: People, k: int, among: People | None = None, *, most: People | None = None) -> Split:
    """The sides next to each other; `most` is the most each side could have given, if not one a person."""
    ceiling = most or answered
    if not may_split(answered, k, among):
        return hidden(answered, chose, ceiling)
    near = nearest(chose, ceiling, few(answered))
    if near is None or at_the_edge(near, ceiling, few(answered)):
        return in_words(answered, chose, ceiling, near)
    cells = [Cell(True, n, _share(x, top)) for n, x, top in zip(answered, near, ceiling, strict=True)]
    return _split(answered, chose, ceiling, cells, near)


def _split(answered: People, chose: People, ceiling: People, cells: list[Cell], near: People | None = None) -> Split:
    lived, service, other = cells
    share = _share(chose.total, ceiling.total)
    return Split(answered.total, chose.total, share, lived.shown, lived, service, other, near)


def hidden(answered: People, chose: People, most: People | None = None) -> Split:
    return _split(answered, chose, most or answered, [HIDDEN] * 3)


def in_words(answered: People, chose: People, ceiling: People, near: People | None = None) -> Split:
    """A word for each side; with `near`, numbers to reckon with that tell a little more than the words."""
    told = words(chose, ceiling, few(answered))
    cells = [Cell(True, n, None, word) for n, word in zip(answered, told, strict=True)]
    return _split(answered, chose, ceiling, cells, near)


def words(chose: People, ceiling: People, guarded: tuple[bool, ...]) -> tuple[str | None, ...]:
    near = nearest(chose, ceiling, guarded)
    if near is None:
        everybody = band(chose.total, ceiling.total).value
        return tuple(everybody if top else None for top in ceiling)
    return tuple(band(x, top).value if top else None for x, top in zip(near, ceiling, strict=True))


def band(part: int, whole: int) -> Band:
    share = Fraction(part, whole)
    if part <= 1 or share <= Fraction(1, 10):
        return Band.NEARLY_NONE
    if part >= whole - 1 or share >= Fraction(9, 10):
        return Band.NEARLY_ALL
    if share < Fraction(2, 5):
        return Band.SOME
    return Band.HALF if share <= Fraction(3, 5) else Band.MOST


def few(answered: People) -> tuple[bool, ...]:
    return tuple(0 < number < FEW for number in answered)


def inside(ceiling: People, guarded: tuple[bool, ...]) -> list[tuple[int, int]]:
    """The lowest and the highest number of each side in which no few are of one mind."""
    return [(1, top - 1) if guard else (0, top) for top, guard in zip(ceiling, guarded, strict=True)]


def nearest(chose: People, ceiling: People, guarded: tuple[bool, ...]) -> People | None:
    """The same total with no few of one mind; the largest side makes up the difference first."""
    bounds = inside(ceiling, guarded)
    near = [min(max(x, low), high) for x, (low, high) in zip(chose, bounds, strict=True)]
    for place in sorted(range(3), key=lambda at: -tuple(ceiling)[at]):
        low, high = bounds[place]
        owed = chose.total - sum(near)
        near[place] = min(max(near[place] + owed, low), high)
    return People(*near) if sum(near) == chose.total and _possible(bounds) else None


def _possible(bounds: list[tuple[int, int]]) -> bool:
    return all(low <= high for low, high in bounds)


def at_the_edge(near: People, ceiling: People, guarded: tuple[bool, ...]) -> bool:
    edges = zip(near, inside(ceiling, guarded), guarded, strict=True)
    return any(guard and x in bounds for x, bounds, guard in edges)


def _share(part: int, whole: int) -> float | None:
    return float(Fraction(part, whole)) if whole else None
