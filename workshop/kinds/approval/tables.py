"""What the export holds of the ticks: each item with its people, and by side where there are enough of them."""

from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.kinds.approval.results import Results, Ticked


def table(activity: Activity, results: Results) -> Table:
    return table_of(activity, columns(), [_row(each) for each in results.items])


def columns() -> list[Column]:
    return [
        *item_columns(gettext("What got ticks; made for exports, it opens nothing.")),
        Column("ticks", "integer", gettext("People who could live with it.")),
        Column("place", "integer", gettext("Its place by ticks; a shared place has the same number.")),
        Column("common", "boolean", gettext("Whether both sides could live with it: common ground.")),
        *side_columns(),
    ]


def _row(each: Ticked) -> list[Any]:
    item, counted = each.item, each.counted
    head = [*of_item(item), counted.people, counted.rank, each.common]
    return [*head, *of_sides(counted.gap, counted.sides)]
