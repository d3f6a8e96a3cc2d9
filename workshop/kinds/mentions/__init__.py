"""Mentions: everybody gives each line one of four words, with a face; the word in the middle is the line's."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l

from workshop.activities import Activity, Item, Marking, Seat, Table, Text
from workshop.counting import marks as counting
from workshop.counting.ballots import Ballot
from workshop.kinds.mentions.results import WORDS, Results, summary
from workshop.kinds.mentions.tables import table

FACES = ("face-no", "face-partly", "face-yes", "face-best")
ROW = counting.Row(range(len(WORDS)), high=2)


class Mentions(Marking):
    name = "mentions"
    title = _l("Poor to very good")
    says = _l("Everybody says of each line, in secret, how good it is. The word in the middle counts.")
    icon = "mentions"
    order = 46
    how_counted: ClassVar[Sequence[Text]] = (
        _l("Each line gets the word in the middle of all its words."),
        _l("Same word? We take one such word away from each, and look again."),
        _l("What stays equal shares its place. «No answer» is left out."),
    )

    def marks(self, activity: Activity) -> Sequence[int]:
        return ROW.marks

    def in_words(self, activity: Activity, mark: int) -> Text:
        return WORDS[mark]

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {"words": WORDS, "faces": FACES}

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        counted = counting.count(ballots, [item.id for item in items], ROW, cell, self.asked(activity))
        return summary(counted, items)

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return [table(activity, results)]


KIND = Mentions()
