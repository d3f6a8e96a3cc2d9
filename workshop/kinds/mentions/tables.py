"""What the export holds of the mentions: how many said each word, the word in the middle, and the place."""

from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.counting.mentions import ladder
from workshop.kinds.mentions.results import Line, Results

NAMES = ("poor", "fair", "good", "very_good")  # fixed words, which programs read


def table(activity: Activity, results: Results) -> Table:
    return table_of(activity, columns(), [_row(each) for each in results.items])


def columns() -> list[Column]:
    return [
        *item_columns(gettext("What was judged; made for exports, it opens nothing.")),
        Column("place", "integer", gettext("Its place; a shared place has the same number.")),
        Column("mention", "string", gettext("The word in the middle: poor, fair, good or very_good.")),
        *(Column(f"said_{name}", "integer", gettext("People who said this word of it.")) for name in NAMES),
        Column("no_answer", "integer", gettext("People who chose, and gave it no answer.")),
        Column("ladder", "string", gettext("What decides between equal words: the pairs from the middle outwards.")),
        Column("lived_mention", "string", gettext("The word of people with lived experience, from ten people on.")),
        Column("service_mention", "string", gettext("The word of people of the service, from ten people on.")),
        *side_columns(),
    ]


def _row(each: Line) -> list[Any]:
    item, found, marked = each.item, each.mentioned, each.mentioned.marked
    head = [*of_item(item), found.place, _name(found.word)]
    steps = " ".join(str(step) for step in ladder(each.counts)) if each.counts else None
    working = [*(marked.counts or [None] * len(NAMES)), marked.no_answer, steps]
    sides = [_name(found.lived), _name(found.service)]
    return [*head, *working, *sides, *of_sides(marked.gap, marked.sides)]


def _name(word: int | None) -> str | None:
    return None if word is None else NAMES[word]
