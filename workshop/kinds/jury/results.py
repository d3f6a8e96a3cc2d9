"""What a jury's points say: each item with both means, its criteria, and how far the judges agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext

from workshop.activities import InOrder, Item, Text
from workshop.counting.cells import Split
from workshop.counting.favourites import Favourites
from workshop.counting.judges import LEVELS
from workshop.counting.juries import Judged, JuryResult, favourites
from workshop.counting.scores import mean
from workshop.drawing import Picture, right_to_left
from workshop.kinds.jury.criteria import Criterion
from workshop.kinds.jury.picture import points
from workshop.side_by_side import Row, gap_in_words, row

WELL, ROUGHLY = Fraction(4, 5), Fraction(2, 3)  # Krippendorff's own: rely on it; only for tentative conclusions


@dataclass(frozen=True, slots=True)
class Line:
    """An item with what was counted for it."""

    item: Item
    judged: Judged
    row: Row

    @property
    def place(self) -> int | None:
        return self.judged.place

    @property
    def sides(self) -> Split:
        return self.judged.marked.sides

    @property
    def said(self) -> str:
        """In words: the points that decide, how many judges, and who left it out."""
        if self.judged.raw is None:
            return self.row.total
        judges, out = self.judged.judges, self.judged.left_out
        said = gettext(
            "%(total)s. Judges: %(judges)s. Left out by: %(out)s.", total=self.row.total, judges=judges, out=out
        )
        return str(said)

    @property
    def criteria(self) -> list[Fraction | None]:
        """The mean of each criterion, where enough judges answered it."""
        return [mean(counts, LEVELS) if counts else None for counts in self.judged.criteria]


@dataclass(frozen=True)
class Results(InOrder[Line]):
    """The counted result, the most points first."""

    counted: JuryResult
    criteria: Sequence[Criterion]

    def put_first(self) -> Favourites | None:
        return favourites(each.judged for each in self.items)

    @property
    def apart(self) -> bool:
        """Is there a mean of each side anywhere?"""
        return any(each.judged.lived is not None for each in self.items)

    @property
    def agreement(self) -> Text:
        """How far the judges agree, in a sentence; nothing where that cannot be said."""
        found = self.counted.alpha
        if found is None:
            return ""
        if found >= WELL:
            return gettext("The judges agree well.")
        if found >= ROUGHLY:
            return gettext("The judges agree roughly. Close places could be otherwise.")
        return gettext("The judges see it differently. Talk about it before you decide.")

    def picture(self) -> Picture:
        return points(self.items, right_to_left())


def summary(counted: JuryResult, items: Sequence[Item], criteria: Sequence[Criterion]) -> Results:
    known = {item.id: item for item in items}
    return Results(counted, tuple(_line(known[each.marked.item], each) for each in counted.items), criteria)


def _line(item: Item, each: Judged) -> Line:
    return Line(item, each, row(item.words, each.marked.sides, _total(each), gap_in_words(each.marked.gap)))


def _total(each: Judged) -> str:
    if each.decides is None:
        return ""
    said = str(gettext("%(points)s points", points=f"{float(each.decides):.2f}"))
    return str(gettext("%(said)s, shared place %(rank)s", said=said, rank=each.place)) if each.tied else said
