"""What the ticks say: each item with the people who could live with it, and what each side ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from workshop.activities import Item
from workshop.counting.dots import DotsResult, DottedItem
from workshop.counting.favourites import Favourites, favourites
from workshop.counting.statements import is_common
from workshop.side_by_side import Row, gap_in_words, row

MOST_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Ticked:
    """An item with what was counted for it; `common` if both sides could live with it."""

    item: Item
    counted: DottedItem
    row: Row
    common: bool


@dataclass(frozen=True, slots=True)
class Results:
    """The counted result, most ticks first."""

    counted: DotsResult
    items: tuple[Ticked, ...]

    @property
    def first(self) -> tuple[Ticked, ...]:
        return self.items[:MOST_AT_ONCE]

    @property
    def rest(self) -> tuple[Ticked, ...]:
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
    def winners(self) -> list[Ticked]:
        """What has the first place; more than one where it is shared, none where nobody ticked anything."""
        return [each for each in self.items if each.counted.rank == 1 and each.counted.people]

    @property
    def common(self) -> list[Ticked]:
        return [each for each in self.items if each.common]

    @property
    def favourites(self) -> Favourites | None:
        """What each side ticked most, in words; nothing where a side is too small for an order."""
        found = favourites({each.item.id: each.counted.sides for each in self.items})
        words = {each.item.id: each.item.words for each in self.items}
        return found and Favourites(_in_words(found.lived, words), _in_words(found.service, words))


def summary(counted: DotsResult, items: Sequence[Item]) -> Results:
    known = {item.id: item for item in items}
    return Results(counted, tuple(_ticked(known[each.item], each) for each in counted.items))


def _ticked(item: Item, each: DottedItem) -> Ticked:
    return Ticked(item, each, row(item.words, each.sides, _total(each), gap_in_words(each.gap)), is_common(each.sides))


def _total(each: DottedItem) -> str:
    if each.people is None:
        return ""
    ticks = str(ngettext("%(num)s tick", "%(num)s ticks", each.people))
    return str(gettext("%(ticks)s, shared place %(rank)s", ticks=ticks, rank=each.rank)) if each.tied else ticks


def _in_words(items: Sequence[str], words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(words[item] for item in items)
