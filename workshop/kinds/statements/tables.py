"""What the export holds of the statements: each with its totals, and by side where there are enough people."""

from typing import Any

from flask_babel import gettext

from workshop import side_by_side
from workshop.activities import Activity, Column, Table
from workshop.counting.statements import StatementResult
from workshop.kinds.statements.results import Results


def table(activity: Activity, results: Results) -> Table:
    name = f"activity_{activity.position}_{activity.kind}"
    return Table(name, activity.title, columns(), [_row(results, each) for each in results.items])


def columns() -> list[Column]:
    return [
        Column("item", "string", gettext("The statement; made for exports, it opens nothing.")),
        Column("text", "string", gettext("Its words, if they may be read here.")),
        Column("taken_back", "boolean", gettext("Whether its words were taken back after the close.")),
        Column("agree", "integer", gettext("People who agreed.")),
        Column("disagree", "integer", gettext("People who disagreed.")),
        Column("pass", "integer", gettext("People who passed.")),
        Column("common", "boolean", gettext("Whether both sides agree with it: common ground.")),
        Column("gap", "string", gettext("Whether the sides clearly differ.")),
        *(Column(*column) for column in side_by_side.columns()),
    ]


def _row(results: Results, each: StatementResult) -> list[Any]:
    item, said = results.words[each.item], each.all
    voices = [said.agree, said.disagree, said.passed] if said else [None] * 3
    head = [item.id, item.text, item.taken_back, *voices]
    return [*head, each.common, each.gap.verdict.value, *side_by_side.cells(each.sides)]
