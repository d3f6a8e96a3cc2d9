"""What the export holds of the dots: each item with its totals, and by side where there are enough people."""

from typing import Any

from flask_babel import gettext

from workshop import side_by_side
from workshop.activities import Activity, Column, Table
from workshop.kinds.dots.results import Dotted, Results


def table(activity: Activity, results: Results) -> Table:
    name = f"activity_{activity.position}_{activity.kind}"
    return Table(name, activity.title, columns(), [_row(each) for each in results.items])


def columns() -> list[Column]:
    return [
        Column("item", "string", gettext("What got dots; made for exports, it opens nothing.")),
        Column("text", "string", gettext("Its words, if they may be read here.")),
        Column("taken_back", "boolean", gettext("Whether its words were taken back after the close.")),
        Column("dots", "integer", gettext("Dots in all.")),
        Column("people_who_chose", "integer", gettext("People who gave it a dot.")),
        Column("place", "integer", gettext("Its place by dots; a shared place has the same number.")),
        Column("gap", "string", gettext("Whether the sides clearly differ.")),
        *(Column(*column) for column in side_by_side.columns()),
    ]


def _row(each: Dotted) -> list[Any]:
    item, counted = each.item, each.counted
    head = [item.id, item.text, item.taken_back, counted.dots, counted.people, counted.rank]
    return [*head, counted.gap.verdict.value, *side_by_side.cells(counted.sides)]
