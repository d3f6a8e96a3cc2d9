"""What the export holds of the statements: each with its totals, and by side where there are enough people."""

from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, of_sides, side_columns, table_of
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
