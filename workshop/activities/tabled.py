"""What the exported tables of activities share: their name, the columns of an item, and those of the two sides."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext

from workshop import side_by_side
from workshop.activities.values import Activity, Column, Item, Table
from workshop.counting.cells import Split
from workshop.counting.intervals import Gap


def table_of(
    activity: Activity, columns: Sequence[Column], rows: Iterable[Sequence[Any]], part: str = "", title: str = ""
) -> Table:
    """A table of this activity; `part` where it has several."""
    name = f"activity_{activity.position}_{activity.kind}"
    return Table(f"{name}_{part}" if part else name, title or activity.title, columns, rows)


def item_columns(what: str) -> list[Column]:
    """`what` says in a sentence what the item is."""
    return [
        Column("item", "string", what),
        Column("text", "string", gettext("Its words, if they may be read here.")),
        Column("taken_back", "boolean", gettext("Whether its words were taken back after the close.")),
    ]


def of_item(item: Item) -> list[Any]:
    return [item.id, item.text, item.taken_back]


def side_columns() -> list[Column]:
    return [
        Column("gap", "string", gettext("Whether the sides clearly differ.")),
        *(Column(*column) for column in side_by_side.columns()),
    ]


def of_sides(gap: Gap, sides: Split) -> list[Any]:
    return [gap.verdict.value, *side_by_side.cells(sides)]
