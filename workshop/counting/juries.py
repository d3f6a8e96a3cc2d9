"""A jury: points by criteria, beside what they would be if all judges were equally strict; ties are ties.

Evened: from each of a judge's points their own mean is taken away, and the mean of all points is added. It decides
where every judge scored `ENOUGH_ITEMS` or more, else the plain mean does. No answer and leaving out are no nought.

What a result tells about one judge. Juries are small, so single sheets leave for nobody, and no criterion stands
beside another of the same judge. An item needs `LEAST_JUDGES` who scored it, a criterion as many answers; under that
nothing of it is told. Of three judges, each can reckon the sum of the other two, as with every mean. If one judge
alone left an item out, both means together say how strict that judge is all in all, and none of their points. Where
all agree, the mean is everybody's. By side: the share that gave `HIGH` points or more goes through `marks`, which
guards it; means of a side only where `marks` tells all marks of that side. Where one side alone was asked, no mean
is told unless its numbers may be (see `asked`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workshop.counting import marks
from workshop.counting.agreement import alpha, icc
from workshop.counting.asked import EVERYBODY, Asked, Telling
from workshop.counting.ballots import Ballot
from workshop.counting.cells import HIDDEN, Split
from workshop.counting.favourites import Favourites, highest
from workshop.counting.intervals import gap
from workshop.counting.judges import LEVELS, Sheet, sheets_of
from workshop.counting.marks import Counts, Marked, MarksResult
from workshop.counting.places import places, shared

HIGH = 3
ENOUGH_ITEMS = 3
LEAST_JUDGES = 3
NOT_TOLD = Split(None, None, None, False, HIDDEN, HIDDEN, HIDDEN)
ROW = marks.Row((0, 1), 1)  # under HIGH points, or not

Means = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Judged:
    """An item. `criteria` say for each criterion how many gave each level. Nothing but the name where it is hidden."""

    marked: Marked
    judges: int | None = None
    left_out: int | None = None
    raw: Fraction | None = None
    evened: Fraction | None = None
    criteria: tuple[Counts | None, ...] = ()
    lived: Fraction | None = None
    service: Fraction | None = None
    place: int | None = None
    tied: bool = False

    @property
    def decides(self) -> Fraction | None:
        return self.raw if self.evened is None else self.evened


@dataclass(frozen=True, slots=True)
class JuryResult:
    marks: MarksResult
    items: tuple[Judged, ...]
    alpha: Fraction | None = None
    icc: Fraction | None = None

    @property
    def told(self) -> Telling:
        return self.marks.told

    @property
    def is_evened(self) -> bool:
        return any(each.evened is not None for each in self.items)


def count(
    ballots: Iterable[Ballot], items: Sequence[str], weights: Sequence[int], k: int, asked: Asked = EVERYBODY
) -> JuryResult:
    """`weights` are those of the criteria, in their order; `asked` are all who could have judged."""
    cast = list(ballots)
    sheets = sheets_of(cast, items, weights)
    high = [Ballot(sheet.side, sheet.channel, _high(sheet)) for sheet in sheets]
    guarded = marks.count(high, items, ROW, k, asked)
    if guarded.told is not Telling.NUMBERS:
        return JuryResult(guarded, tuple(sorted(map(Judged, guarded.items), key=_order)))
    judged = [_judged(each, sheets, len(weights)) for each in guarded.items]
    return JuryResult(guarded, _placed(judged, evened(sheets)), *_agreement(sheets, items))


def means(sheets: Iterable[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Each item's mean over the judges who scored it."""
    given: dict[str, list[Fraction]] = {}
    for points in sheets:
        for item, value in points.items():
            given.setdefault(item, []).append(value)
    return {item: _mean(values) for item, values in given.items()}


def evened(sheets: Iterable[Sheet]) -> Means | None:
    """The means if every judge had been as strict as all together; None unless each scored enough items."""
    scored = [sheet.points for sheet in sheets if sheet.points]
    if not scored or any(len(points) < ENOUGH_ITEMS for points in scored):
        return None
    all_of_them = _mean([value for points in scored for value in points.values()])
    return means(_shifted(points, all_of_them - _mean(list(points.values()))) for points in scored)


def favourites(items: Iterable[Judged]) -> Favourites | None:
    """The most points of each side, if every item that has a place has the means of both."""
    placed = [each for each in items if each.place]
    lived = {each.marked.item: each.lived for each in placed if each.lived is not None}
    service = {each.marked.item: each.service for each in placed if each.service is not None}
    if not placed or not len(lived) == len(service) == len(placed):
        return None
    return Favourites(highest(lived), highest(service))


def _judged(marked: Marked, sheets: Sequence[Sheet], criteria: int) -> Judged:
    here = [sheet for sheet in sheets if marked.item in sheet.points]
    if len(here) < LEAST_JUDGES:
        return Judged(replace(marked, counts=None, no_answer=None, sides=NOT_TOLD, apart=None, gap=gap(NOT_TOLD)))
    found = _mean([sheet.points[marked.item] for sheet in here])
    lived, service = (_of_side(marked, here, side) for side in ("lived", "service"))
    left_out = sum(marked.item in sheet.left_out for sheet in sheets)
    by_criterion = tuple(_levels(here, marked.item, number) for number in range(1, criteria + 1))
    return Judged(marked, len(here), left_out, found, None, by_criterion, lived, service)


def _of_side(marked: Marked, here: Sequence[Sheet], side: str) -> Fraction | None:
    return _mean([sheet.points[marked.item] for sheet in here if sheet.side == side]) if marked.apart else None


def _levels(here: Sequence[Sheet], item: str, number: int) -> Counts | None:
    """How many gave each level of one criterion; nothing where too few answered it."""
    given = [sheet.levels[item][number] for sheet in here if number in sheet.levels[item]]
    return tuple(given.count(level) for level in LEVELS) if len(given) >= LEAST_JUDGES else None


def _placed(judged: Sequence[Judged], even: Means | None) -> tuple[Judged, ...]:
    known = [replace(each, evened=even[each.marked.item]) if even and each.judges else each for each in judged]
    standing = places({each.marked.item: each.decides for each in known if each.decides is not None})
    placed = [_at(each, standing) if each.marked.item in standing else each for each in known]
    return tuple(sorted(placed, key=_order))


def _at(each: Judged, standing: Mapping[str, int]) -> Judged:
    place = standing[each.marked.item]
    return replace(each, place=place, tied=shared(standing, place))


def _order(each: Judged) -> tuple[bool, int, float]:
    return each.place is None, each.place or 0, -each.marked.sides.about


def _agreement(sheets: Sequence[Sheet], items: Sequence[str]) -> tuple[Fraction | None, Fraction | None]:
    """Of all judges together, from three on; ICC only where all scored all."""
    scored = [sheet.points for sheet in sheets if sheet.points]
    if len(scored) < LEAST_JUDGES:
        return None, None
    whole = all(len(points) == len(items) for points in scored)
    relied = icc([[points[item] for points in scored] for item in items]) if whole else None
    return alpha([[points.get(item) for item in items] for points in scored]), relied


def _high(sheet: Sheet) -> Mapping[str, int]:
    return {item: int(points >= HIGH) for item, points in sheet.points.items()}


def _shifted(points: Mapping[str, Fraction], by: Fraction) -> Means:
    return {item: value + by for item, value in points.items()}


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
