"""What the export holds of a jury: both means of each item, and for each criterion how many gave each level.

No judge's sheet leaves the house, so the plain means can be checked by hand, and the evened ones cannot.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.counting.judges import LEVELS
from workshop.kinds.jury.results import Line, Results


def tables(activity: Activity, results: Results) -> list[Table]:
    order = table_of(activity, _columns(), [_row(each, results) for each in results.items])
    if results.told != "numbers":
        return [order]
    return [order, table_of(activity, _level_columns(), list(_levels(results)), "levels")]


def _columns() -> list[Column]:
    return [
        *item_columns(gettext("What was judged; made for exports, it opens nothing.")),
        Column("place", "integer", gettext("Its place by the points that decide; empty under three judges.")),
        Column("evened", "number", gettext("Its points with all judges equally strict; empty if these do not decide.")),
        Column("raw", "number", gettext("The plain mean of the judges' points; empty under three judges.")),
        Column("judges", "integer", gettext("Judges who scored it; empty under three.")),
        Column("left_out", "integer", gettext("Judges who left it out, because they know its people.")),
        Column("lived_raw", "number", gettext("The plain mean of lived experience, from ten judges of each side on.")),
        Column("service_raw", "number", gettext("The plain mean of the service, from ten judges of each side on.")),
        Column("alpha", "number", gettext("How far all judges agree on all items (Krippendorff's alpha): 1 is fully.")),
        Column("icc", "number", gettext("How far their means can be relied on, ICC(2,k); only if all scored all.")),
        *side_columns(),
    ]


def _row(each: Line, results: Results) -> list[Any]:
    found, told = each.judged, results.counted
    means = [_float(found.evened), _float(found.raw)]
    sides = [_float(found.lived), _float(found.service)]
    agree = [_float(told.alpha), _float(told.icc)]
    head = [*of_item(each.item), found.place, *means, found.judges, found.left_out, *sides, *agree]
    return [*head, *of_sides(found.marked.gap, found.marked.sides)]


def _level_columns() -> list[Column]:
    return [
        Column("item", "string", gettext("What was judged; see the table of the order for its words.")),
        Column("criterion", "string", gettext("The name of the criterion.")),
        Column("weight", "integer", gettext("How heavy it is beside the others.")),
        Column("mean", "number", gettext("The mean of its levels; empty under three answers.")),
        *(
            Column(f"gave_{level}", "integer", gettext("Judges who chose level %(level)s.", level=level))
            for level in LEVELS
        ),
    ]


def _levels(results: Results) -> Iterator[list[Any]]:
    for each in results.items:
        for criterion, counts, mean in zip(results.criteria, each.judged.criteria, each.criteria, strict=False):
            every = list(counts or [None] * len(LEVELS))
            yield [each.item.id, criterion.name, criterion.weight, _float(mean), *every]


def _float(mean: Fraction | None) -> float | None:
    return None if mean is None else float(mean)
