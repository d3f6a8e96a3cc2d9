"""Choices in which every item gets one of a row of marks, numbers or words; «no answer» is an answer, too."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from workshop.activities.ballot_paper import BallotPaper
from workshop.activities.choosing import Choosing
from workshop.activities.values import Activity, Line, OnPaper, Seat, Text
from workshop.forms import Form, NumbersByItem


class MarksAnswer(BallotPaper):
    """Which mark each item gets, by id: as its place in the row, 1 the lowest; 0 is no answer and is not sent on."""

    marks: Sequence[int]
    choice = NumbersByItem(_l("Your answers"))

    @property
    def given(self) -> dict[str, int]:
        """The marks of items that are still there."""
        return {item: self.marks[at - 1] for item, at in super().given.items()}

    def validate_choice(self, field: NumbersByItem) -> None:
        if any(at > len(self.marks) for at in field.data.values()):
            raise ValidationError(_l("Please choose one of these."))


class Marking(Choosing):
    """A choice that gives every item a mark of its own."""

    paper = MarksAnswer
    prints = True

    @abstractmethod
    def marks(self, activity: Activity) -> Sequence[int]:
        """The marks that can be given, the lowest first."""

    @abstractmethod
    def in_words(self, activity: Activity, mark: int) -> Text:
        """What a mark is called."""

    def form(self, activity: Activity, seat: Seat) -> MarksAnswer:
        form = cast(MarksAnswer, super().form(activity, seat))
        form.marks = self.marks(activity)
        return form

    def on_paper(self, activity: Activity) -> OnPaper:
        marks = [self.in_words(activity, mark) for mark in self.marks(activity)]
        return OnPaper(self.choosable(activity), [_l("Make one cross in every line.")], [*marks, _l("No answer")])

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        answer = cast(MarksAnswer, form)
        lines = [
            Line(item.words, self.in_words(activity, answer.given[item.id]), 0)
            for item in answer.items.values()
            if item.id in answer.given
        ]
        without = len(answer.items) - len(lines)
        if not lines:
            return [Line(gettext("Your answers"), gettext("No answer"), 0)]
        return [*lines, Line(gettext("Lines without an answer"), str(without), 0)] if without else lines
