"""What the dots say: each item with its dots, from how many people, and what each side chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from workshop.activities import Dotted, InOrder, Item
from workshop.counting.dots import DotsResult, DottedItem
from workshop.side_by_side import gap_in_words, row


@dataclass(frozen=True)
class Results(InOrder[Dotted]):
    """The counted result, most dots first."""

    orders_by_shares = True
    counted: DotsResult

    @property
    def tied_at_the_top(self) -> list[str]:
        """The items that share the first place, if several do."""
        top = [each.item.words for each in self.winners if each.counted.dots]
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
