"""What the export holds of the dots: each item with its totals, and by side where there are enough people."""

from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Dotted, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.kinds.dots.results import Results


def table(activity: Activity, results: Results) -> Table:
    return table_of(activity, columns(), [_row(each) for each in results.items])


def columns() -> list[Column]:
    return [
        *item_columns(gettext("What got dots; made for exports, it opens nothing.")),
        Column("dots", "integer", gettext("Dots in all.")),
        Column("people_who_chose", "integer", gettext("People who gave it a dot.")),
        Column("place", "integer", gettext("Its place by dots; a shared place has the same number.")),
        *side_columns(),
    ]


def _row(each: Dotted) -> list[Any]:
    item, counted = each.item, each.counted
    head = [*of_item(item), counted.dots, counted.people, counted.rank]
    return [*head, *of_sides(counted.gap, counted.sides)]
