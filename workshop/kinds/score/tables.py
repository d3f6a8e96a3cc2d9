"""What the export holds of the scores: every number given, the sum and the average, to be checked by hand."""

from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.counting.scores import total
from workshop.kinds.score.results import Line, Results


def table(activity: Activity, results: Results) -> Table:
    return table_of(activity, columns(results), [_row(each, results) for each in results.items])


def columns(results: Results) -> list[Column]:
    return [
        *item_columns(gettext("What was scored; made for exports, it opens nothing.")),
        Column("place", "integer", gettext("Its place by average; empty if too few people answered.")),
        Column("average", "number", gettext("The sum divided by the answers; empty if too few people answered.")),
        Column("sum", "integer", gettext("All numbers that it got, added up.")),
        Column("no_answer", "integer", gettext("People who chose, and gave it no answer.")),
        *(_gave(number) for number in results.marks.marks),
        Column("lived_average", "number", gettext("The average of people with lived experience, from ten people on.")),
        Column("service_average", "number", gettext("The average of people of the service, from ten people on.")),
        *side_columns(),
    ]


def _gave(number: int) -> Column:
    return Column(f"gave_{number}", "integer", gettext("People who gave it a %(number)s.", number=number))


def _row(each: Line, results: Results) -> list[Any]:
    item, found, marked = each.item, each.scored, each.scored.marked
    numbers = results.marks.marks
    every = list(marked.counts or [None] * len(numbers))
    head = [*of_item(item), found.place, _float(found.mean)]
    added = total(marked.counts, numbers) if marked.counts is not None else None
    sides = [_float(found.lived), _float(found.service)]
    return [*head, added, marked.no_answer, *every, *sides, *of_sides(marked.gap, marked.sides)]


def _float(mean: Any) -> float | None:
    return None if mean is None else float(mean)
