"""What the closing says: four scores side by side, how differently the same hours were seen, and what to stop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.activities import Outcome
from workshop.counting.cells import Split
from workshop.counting.closing import ClosingResult, Dimension, Question
from workshop.kinds.closing.questions import DIMENSIONS, LIVED, SERVICE
from workshop.side_by_side import Row, row


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in both wordings, with the answers of all together."""

    lived: str
    service: str
    counted: Question


@dataclass(frozen=True)
class Results(Outcome):
    """`said` are the words that came with the answers, approved, as far as they may be seen here."""

    counted: ClosingResult
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    said: Sequence[Any]

    @property
    def by_side(self) -> Iterable[Split]:
        return (each.sides for each in self.counted.dimensions)

    @property
    def in_yeses(self) -> bool:
        """Do the bars show yeses instead of scores, because a side is small?"""
        return any(each.measure == "yes" for each in self.counted.dimensions)

    @property
    def wide(self) -> list[str]:
        """The scores that the two sides see more than twenty points apart."""
        return [str(DIMENSIONS[each.key]) for each in self.counted.dimensions if each.wide]


def summary(counted: ClosingResult, said: Sequence[Any]) -> Results:
    asked = tuple(Asked(str(LIVED[each.key]), str(SERVICE[each.key]), each) for each in counted.questions)
    return Results(counted, tuple(_row(each) for each in counted.dimensions), asked, said)


def _row(each: Dimension) -> Row:
    return row(str(DIMENSIONS[each.key]), each.sides, _total(each), _gap(each))


def _total(each: Dimension) -> str:
    if each.score is None:
        return str(gettext("Nobody answered"))
    return str(gettext("%(score)s of 100 in all", score=round(each.score)))


def _gap(each: Dimension) -> str:
    points = None if each.gap is None else round(abs(each.gap))
    if each.wide:
        wide = gettext("Wide gap")
        return str(wide if points is None else gettext("Wide gap: %(points)s points", points=points))
    return "" if points is None else str(gettext("%(points)s points apart", points=points))
