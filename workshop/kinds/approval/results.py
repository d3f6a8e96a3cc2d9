"""What the ticks say: each item with the people who could live with it, and what each side ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from workshop.activities import Dotted, InOrder, Item
from workshop.counting.dots import DotsResult, DottedItem
from workshop.counting.favourites import Favourites, favourites
from workshop.counting.statements import is_common
from workshop.side_by_side import gap_in_words, row


@dataclass(frozen=True)
class Ticked(Dotted):
    """An item with what was counted for it; `common` if both sides could live with it."""

    common: bool

    @property
    def place(self) -> int | None:
        """None where nobody ticked it: what nobody wants has no place to share."""
        return self.counted.rank if self.counted.people else None


@dataclass(frozen=True)
class Results(InOrder[Ticked]):
    """The counted result, most ticks first."""

    orders_by_shares = True
    counted: DotsResult

    @property
    def common(self) -> list[Ticked]:
        return [each for each in self.items if each.common]

    def put_first(self) -> Favourites | None:
        return favourites({each.item.id: each.sides for each in self.items})


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
