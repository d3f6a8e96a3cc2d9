"""What the dots say: each item with its dots, from how many people, and what each side chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from workshop.activities import Item
from workshop.counting.dots import DotsResult, DottedItem
from workshop.side_by_side import Row, gap_in_words, row

MOST_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Dotted:
    """An item with what was counted for it."""

    item: Item
    counted: DottedItem
    row: Row


@dataclass(frozen=True, slots=True)
class Results:
    """The counted result, most dots first. `first` are those that fit on a screen, ties not torn apart."""

    counted: DotsResult
    items: tuple[Dotted, ...]

    @property
    def first(self) -> tuple[Dotted, ...]:
        return self.items[:MOST_AT_ONCE]

    @property
    def rest(self) -> tuple[Dotted, ...]:
        return self.items[MOST_AT_ONCE:]

    @property
    def split(self) -> bool:
        return any(each.counted.sides.shown for each in self.items)

    @property
    def told(self) -> str:
        """Of the choice of one side alone: nothing, words or numbers."""
        return self.counted.told.name.lower()

    @property
    def in_words(self) -> bool:
        """Does a word stand in place of any number?"""
        return any(each.counted.sides.word for each in self.items)

    @property
    def tied_at_the_top(self) -> list[str]:
        """The items that share the first place, if several do."""
        top = [each.item.words for each in self.items if each.counted.rank == 1 and each.counted.dots]
        return top if len(top) > 1 else []


def summary(counted: DotsResult, items: Sequence[Item]) -> Results:
    known = {item.id: item for item in items}
    return Results(counted, tuple(_dotted(known[each.item], each) for each in counted.items))


def _dotted(item: Item, each: DottedItem) -> Dotted:
    return Dotted(item, each, row(item.words, each.sides, _total(each), gap_in_words(each.gap)))


def _total(each: DottedItem) -> str:
    if each.dots is None:
        return ""
    dots = str(ngettext("%(num)s dot", "%(num)s dots", each.dots))
    return str(gettext("%(dots)s, shared place %(rank)s", dots=dots, rank=each.rank)) if each.tied else dots
