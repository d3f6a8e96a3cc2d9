"""What the export holds of the mentions: how many said each word, the word in the middle, and the place."""

from typing import Any

from flask_babel import gettext

from workshop import side_by_side
from workshop.activities import Activity, Column, Table
from workshop.counting.mentions import ladder
from workshop.kinds.mentions.results import Line, Results

NAMES = ("poor", "fair", "good", "very_good")  # fixed words, which programs read


def table(activity: Activity, results: Results) -> Table:
    name = f"activity_{activity.position}_{activity.kind}"
    return Table(name, activity.title, columns(), [_row(each) for each in results.items])


def columns() -> list[Column]:
    return [
        Column("item", "string", gettext("What was judged; made for exports, it opens nothing.")),
        Column("text", "string", gettext("Its words, if they may be read here.")),
        Column("taken_back", "boolean", gettext("Whether its words were taken back after the close.")),
        Column("place", "integer", gettext("Its place; a shared place has the same number.")),
        Column("mention", "string", gettext("The word in the middle: poor, fair, good or very_good.")),
        *(Column(f"said_{name}", "integer", gettext("People who said this word of it.")) for name in NAMES),
        Column("no_answer", "integer", gettext("People who chose, and gave it no answer.")),
        Column("ladder", "string", gettext("What decides between equal words: the pairs from the middle outwards.")),
        Column("lived_mention", "string", gettext("The word of people with lived experience, from ten people on.")),
        Column("service_mention", "string", gettext("The word of people of the service, from ten people on.")),
        Column("gap", "string", gettext("Whether the sides clearly differ.")),
        *(Column(*column) for column in side_by_side.columns()),
    ]


def _row(each: Line) -> list[Any]:
    item, found, marked = each.item, each.mentioned, each.mentioned.marked
    head = [item.id, item.text, item.taken_back, found.place, _name(found.word)]
    steps = " ".join(str(step) for step in ladder(each.counts)) if each.counts else None
    working = [*(marked.counts or [None] * len(NAMES)), marked.no_answer, steps]
    sides = [_name(found.lived), _name(found.service), marked.gap.verdict.value]
    return [*head, *working, *sides, *side_by_side.cells(marked.sides)]


def _name(word: int | None) -> str | None:
    return None if word is None else NAMES[word]
