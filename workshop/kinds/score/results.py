"""What the scores say: each line with its average, how the numbers lie, and how high each side scored it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext, ngettext

from workshop.activities import InOrder, Item
from workshop.counting.cells import Split
from workshop.counting.favourites import Favourites
from workshop.counting.marks import MarksResult
from workshop.counting.marks import Row as Marks
from workshop.counting.scores import Scored, favourites, scored
from workshop.side_by_side import Row, gap_in_words, row


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what was counted for it."""

    item: Item
    scored: Scored
    row: Row

    @property
    def place(self) -> int | None:
        return self.scored.place

    @property
    def sides(self) -> Split:
        return self.scored.marked.sides

    @property
    def average(self) -> str:
        return two_digits(self.scored.mean)

    @property
    def said(self) -> str:
        """In words: the average, or why there is none, and how many gave no answer."""
        without = self.scored.marked.no_answer
        if without is None or self.scored.mean is None:
            return self.row.total
        answers, told = self.scored.answers, self.row.total
        said = gettext("%(told)s. Answers: %(answers)s. No answer: %(no)s.", told=told, answers=answers, no=without)
        return str(said)

    @property
    def counts(self) -> tuple[int, ...] | None:
        """How many gave each number, where the line has enough answers to look at them."""
        return self.scored.marked.counts if self.scored.mean is not None else None


@dataclass(frozen=True)
class Results(InOrder[Line]):
    """The counted result, the highest average first."""

    counted: MarksResult
    marks: Marks

    @property
    def apart(self) -> bool:
        """Is there an average of each side anywhere?"""
        return any(each.scored.lived is not None for each in self.items)

    def put_first(self) -> Favourites | None:
        return favourites(each.scored for each in self.items)


def summary(counted: MarksResult, items: Sequence[Item], marks: Marks) -> Results:
    known = {item.id: item for item in items}
    lines = (_line(known[each.marked.item], each) for each in scored(counted.items, marks.marks))
    return Results(counted, tuple(lines), marks)


def two_digits(mean: Fraction | None) -> str:
    return "" if mean is None else f"{float(mean):.2f}"


def _line(item: Item, each: Scored) -> Line:
    return Line(item, each, row(item.words, each.marked.sides, _total(each), gap_in_words(each.marked.gap)))


def _total(each: Scored) -> str:
    if each.mean is None:
        return _too_few(each)
    said = str(gettext("Average %(average)s", average=two_digits(each.mean)))
    return str(gettext("%(said)s, shared place %(rank)s", said=said, rank=each.place)) if each.tied else said


def _too_few(each: Scored) -> str:
    """Whoever has no place for want of answers has none of its numbers looked at."""
    if each.marked.counts is None:
        return ""
    few = ngettext("%(num)s answer, too few for a place", "%(num)s answers, too few for a place", each.answers)
    return str(few)
