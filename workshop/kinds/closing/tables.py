"""What the export holds of the closing: four scores by side, and every question of all together."""

from typing import Any

from flask_babel import gettext

from workshop import side_by_side
from workshop.activities import Activity, Column, Table, table_of
from workshop.counting.closing import Dimension
from workshop.kinds.closing.questions import DIMENSIONS
from workshop.kinds.closing.results import Asked, Results


def tables(activity: Activity, results: Results) -> list[Table]:
    scores = gettext("%(title)s: scores", title=activity.title)
    questions = gettext("%(title)s: questions", title=activity.title)
    return [
        table_of(activity, _score_columns(), [_scores(each) for each in results.counted.dimensions], "scores", scores),
        table_of(activity, _question_columns(), [_answers(each) for each in results.asked], "questions", questions),
    ]


def _score_columns() -> list[Column]:
    return [
        Column("score", "string", gettext("What was asked about: space, voice, audience or influence.")),
        Column("text", "string", gettext("The same in a sentence.")),
        Column("points", "number", gettext("All together, from 0 to 100.")),
        Column("gap", "number", gettext("The service minus lived experience, in points.")),
        Column("wide", "boolean", gettext("Is the gap more than twenty points?")),
        Column("share_of", "string", gettext("What the shares by side are of: the score, or the yeses.")),
        *(Column(*column) for column in side_by_side.columns()),
    ]


def _scores(each: Dimension) -> list[Any]:
    head = [each.key, str(DIMENSIONS[each.key]), each.score, each.gap, each.wide, each.measure]
    return [*head, *side_by_side.cells(each.sides)]


def _question_columns() -> list[Column]:
    return [
        Column("question", "string", gettext("The question's name, the same for both sides.")),
        Column("lived_text", "string", gettext("As people with lived experience and others were asked.")),
        Column("service_text", "string", gettext("As people of the service were asked.")),
        Column("yes", "integer", gettext("Answers «yes», all together.")),
        Column("partly", "integer", gettext("Answers «partly», all together.")),
        Column("no", "integer", gettext("Answers «no», all together.")),
        Column("skip", "integer", gettext("People who skipped it.")),
    ]


def _answers(each: Asked) -> list[Any]:
    counted = each.counted
    return [counted.key, each.lived, each.service, counted.yes, counted.partly, counted.no, counted.skip]
