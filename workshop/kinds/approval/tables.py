"""What the export holds of the ticks: each item with its people, and by side where there are enough of them."""

from typing import Any

from flask_babel import gettext

from workshop import side_by_side
from workshop.activities import Activity, Column, Table
from workshop.kinds.approval.results import Results, Ticked


def table(activity: Activity, results: Results) -> Table:
    name = f"activity_{activity.position}_{activity.kind}"
    return Table(name, activity.title, columns(), [_row(each) for each in results.items])


def columns() -> list[Column]:
    return [
        Column("item", "string", gettext("What got ticks; made for exports, it opens nothing.")),
        Column("text", "string", gettext("Its words, if they may be read here.")),
        Column("taken_back", "boolean", gettext("Whether its words were taken back after the close.")),
        Column("ticks", "integer", gettext("People who could live with it.")),
        Column("place", "integer", gettext("Its place by ticks; a shared place has the same number.")),
        Column("common", "boolean", gettext("Whether both sides could live with it: common ground.")),
        Column("gap", "string", gettext("Whether the sides clearly differ.")),
        *(Column(*column) for column in side_by_side.columns()),
    ]


def _row(each: Ticked) -> list[Any]:
    item, counted = each.item, each.counted
    head = [item.id, item.text, item.taken_back, counted.people, counted.rank, each.common]
    return [*head, counted.gap.verdict.value, *side_by_side.cells(counted.sides)]
