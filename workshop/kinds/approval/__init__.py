"""Approval: everybody ticks, in secret, all that they could live with, and may change it until the close."""

from collections.abc import Sequence
from typing import ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from workshop.activities import Activity, BallotPaper, Choosing, Item, Line, OnPaper, Seat, Table, Text
from workshop.counting import dots as counting
from workshop.counting.ballots import Ballot
from workshop.forms import Form, NumbersByItem
from workshop.kinds.approval.results import Results, summary
from workshop.kinds.approval.tables import table


class Answer(BallotPaper):
    """The items that this person ticks."""

    choice = NumbersByItem(_l("What you could live with"))

    def validate_choice(self, field: NumbersByItem) -> None:
        if any(tick > 1 for tick in self.given.values()):
            raise ValidationError(_l("One tick for each line is enough."))


class Approval(Choosing):
    name = "approval"
    title = _l("What we could live with")
    says = _l("Everybody ticks, in secret, all that they could live with.")
    icon = "approval"
    order = 42
    prints = True
    how_counted: ClassVar[Sequence[Text]] = (
        _l("For each line we count the people who ticked it."),
        _l("Every tick counts the same, however many lines somebody ticked."),
        _l("The most ticks come first. The same number is the same place."),
    )
    paper = Answer

    def on_paper(self, activity: Activity) -> OnPaper:
        return OnPaper(self.choosable(activity), [_l("Make a cross at every line that you could live with.")])

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        answer, words = cast(Answer, form), _l("I could live with this")
        lines = [Line(item.words, words, 0) for item in answer.items.values() if item.id in answer.given]
        return lines or [Line(gettext("Your ticks"), gettext("None of these"), 0)]

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        """Ticks are dots: one at most on a line, and as many as there are lines."""
        ids = [item.id for item in items]
        return summary(counting.count(ballots, ids, len(ids), 1, cell, self.asked(activity)), items)

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return [table(activity, results)]


KIND = Approval()
