"""What the answers to pairs say: each line with its place, how often it was chosen, and how strong that makes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from workshop.activities import InOrder, Item
from workshop.counting.cells import Split
from workshop.counting.favourites import Favourites
from workshop.counting.intervals import Interval
from workshop.counting.pairs import Paired, PairsResult, favourites
from workshop.drawing import Picture, right_to_left
from workshop.kinds.pairs.picture import shares
from workshop.side_by_side import Row, gap_in_words, row

MOST_UPSETS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what was counted for it."""

    item: Item
    paired: Paired
    row: Row

    @property
    def place(self) -> int | None:
        return self.paired.place

    @property
    def sides(self) -> Split:
        return self.paired.sides

    @property
    def share(self) -> float | None:
        return float(self.paired.all.share) if self.paired.all and self.paired.all.share is not None else None

    @property
    def interval(self) -> Interval | None:
        return self.paired.interval

    @property
    def said(self) -> str:
        """How often it was chosen, and how strong that makes it against a line of average strength."""
        if self.paired.all is None or self.paired.chance is None:
            return self.row.total
        tenths, total = min(max(round(10 * self.paired.chance), 1), 9), self.paired.all
        strong = gettext("Would win about %(tenths)s of 10 against an average line.", tenths=tenths)
        chosen = gettext("Chosen %(chosen)s times of %(decided)s.", chosen=total.chosen, decided=total.decided)
        shared = gettext("Shared place.") if self.paired.tied else ""
        return f"{chosen} {strong} {shared}".strip()


@dataclass(frozen=True)
class Results(InOrder[Line]):
    """The counted result, the strongest first."""

    orders_by_shares = True
    counted: PairsResult

    def put_first(self) -> Favourites | None:
        return favourites(each.paired for each in self.items)

    def picture(self) -> Picture:
        """Shares as bars, in the direction in which the reader reads."""
        return shares(self.items, right_to_left())

    @property
    def answers(self) -> int:
        """How many answers there are, also of who could not decide."""
        return sum(sum(each) for each in self.counted.answers.values())

    @property
    def undecided(self) -> int:
        return sum(neither for _, _, neither in self.counted.answers.values())

    @property
    def upsets(self) -> list[tuple[str, str]]:
        """In words: which was chosen more often over which, although it stands behind."""
        words = {each.item.id: each.item.words for each in self.items}
        return [(words[one], words[other]) for one, other in self.counted.upsets]

    @property
    def told_upsets(self) -> list[tuple[str, str]]:
        return self.upsets[:MOST_UPSETS]


def summary(counted: PairsResult, items: Sequence[Item]) -> Results:
    known = {item.id: item for item in items}
    return Results(counted, tuple(_line(known[each.item], each) for each in counted.items))


def _line(item: Item, each: Paired) -> Line:
    return Line(item, each, row(item.words, each.sides, _total(each), gap_in_words(each.gap)))


def _total(each: Paired) -> str:
    if each.all is None:
        return ""
    if not each.all.decided:
        return str(gettext("nobody decided"))
    said = str(gettext("%(chosen)s of %(decided)s", chosen=each.all.chosen, decided=each.all.decided))
    return str(gettext("%(said)s, shared place %(rank)s", said=said, rank=each.place)) if each.tied else said
