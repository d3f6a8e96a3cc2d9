"""What the export holds of pairs: each line with its strength, and every pair with its answers, to count again by."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.kinds.pairs.results import Line, Results


def tables(activity: Activity, results: Results) -> list[Table]:
    order = table_of(activity, _columns(), [_row(each) for each in results.items])
    if results.told == "nothing":
        return [order]
    return [order, table_of(activity, _pair_columns(), list(_pairs(results)), "duels")]


def _columns() -> list[Column]:
    return [
        *item_columns(gettext("What was chosen from; made for exports, it opens nothing.")),
        Column("place", "integer", gettext("Its place by strength; empty if nobody decided about it.")),
        Column("strength", "number", gettext("Its strength after Bradley and Terry: a logarithm, 0 is average.")),
        Column("chosen", "integer", gettext("How often it was chosen.")),
        Column("decided", "integer", gettext("How often somebody decided between it and another.")),
        Column("undecided", "integer", gettext("How often somebody could not decide between it and another.")),
        Column("score", "number", gettext("Its smoothed share: one more than chosen, by two more than decided.")),
        Column("low", "number", gettext("Where its share lies at least (Wilson, 95 %, by people).")),
        Column("high", "number", gettext("Where its share lies at most (Wilson, 95 %, by people).")),
        Column("lived_strength", "number", gettext("The same by lived experience alone, from ten people on.")),
        Column("service_strength", "number", gettext("The same by the service alone, from ten people on.")),
        *side_columns(),
    ]


def _row(each: Line) -> list[Any]:
    found, total, interval = each.paired, each.paired.all, each.interval
    counted = [total.chosen, total.decided, total.undecided, float(total.smoothed)] if total else [None] * 4
    range_ = [interval.low, interval.high] if interval else [None, None]
    head = [*of_item(each.item), found.place, found.strength, *counted, *range_]
    return [*head, found.lived, found.service, *of_sides(found.gap, found.sides)]


def _pair_columns() -> list[Column]:
    return [
        Column("item", "string", gettext("The one of two; see the table of the order for its words.")),
        Column("other_id", "string", gettext("The other of the two.")),
        Column("item_chosen", "integer", gettext("People who chose the one.")),
        Column("other_chosen", "integer", gettext("People who chose the other.")),
        Column("undecided", "integer", gettext("People who could not decide between the two.")),
    ]


def _pairs(results: Results) -> Iterator[list[Any]]:
    for (one, other), (first, second, neither) in results.counted.answers.items():
        yield [one, other, first, second, neither]
