"""What the export holds of the statements: each with its totals, and by side where there are enough people."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

from workshop import side_by_side
from workshop.activities import Activity, Column, Item, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.counting.statements import StatementResult
from workshop.kinds.statements.results import Results


def table(activity: Activity, results: Results) -> Table:
    return table_of(activity, columns(), [_row(results, each) for each in results.items])


def columns() -> list[Column]:
    return [
        *item_columns(gettext("The statement; made for exports, it opens nothing.")),
        Column("agree", "integer", gettext("People who agreed.")),
        Column("disagree", "integer", gettext("People who disagreed.")),
        Column("pass", "integer", gettext("People who passed.")),
        Column("common", "boolean", gettext("Whether both sides agree with it: common ground.")),
        Column(
            "refused",
            "boolean",
            gettext("Whether both sides disagree with it; only where ten or more of each answered."),
        ),
        *side_columns(),
    ]


def _row(results: Results, each: StatementResult) -> list[Any]:
    item, said = results.words[each.item], each.all
    voices = [said.agree, said.disagree, said.passed] if said else [None] * 3
    head = [*of_item(item), *voices]
    return [*head, each.common, each.item in results.counted.refused, *of_sides(each.gap, each.sides)]


def tables_of_groups(activity: Activity, results: Results) -> list[Table]:
    """The opinion groups, and what each said of each statement; nothing where there are none."""
    if results.groups.told is None:
        return []
    groups = [[key, *side_by_side.cells(group.sides)] for key, group in results.groups.with_letters]
    said = [row for item in results.words.values() for row in _said_of(item, results)]
    names = gettext("Opinion groups"), gettext("Opinion groups: what each said")
    return [
        table_of(activity, _group_columns(), groups, "groups", names[0]),
        table_of(activity, _saying_columns(), said, "by_group", names[1]),
    ]


def _group_columns() -> list[Column]:
    return [
        Column("group", "string", gettext("People who answered alike; its letter is that of the picture.")),
        *(Column(*column) for column in side_by_side.columns()),
    ]


def _saying_columns() -> list[Column]:
    apart = gettext("Empty where a few people could be known by it.")
    return [
        *item_columns(gettext("The statement; made for exports, it opens nothing.")),
        Column("group", "string", gettext("The letter of the group.")),
        Column(
            "stands_for", "string", gettext("agree or disagree, if the group says so clearly more than the others.")
        ),
        Column("agree", "integer", apart),
        Column("disagree", "integer", apart),
        Column("pass", "integer", apart),
    ]


def _said_of(item: Item, results: Results) -> Iterator[list[Any]]:
    told = results.groups.told
    for at, (key, group) in enumerate(results.groups.with_letters):
        said = told.by_group[item.id][at] if told and item.id in told.by_group else None
        stands = "agree" if item.id in group.agrees else "disagree" if item.id in group.disagrees else ""
        numbers = [said.agree, said.disagree, said.seen - said.agree - said.disagree] if said else [None] * 3
        yield [*of_item(item), key, stands, *numbers]
