"""Choices in which every item gets one of a row of marks, numbers or words; «no answer» is an answer, too."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from workshop.activities.choosing import Choosing, in_own_order
from workshop.activities.values import Activity, Item, Line, Seat, Step, Text
from workshop.extensions import setting
from workshop.forms import Form, NumbersByItem


class MarksAnswer(Form):
    """Which mark each item gets, by id: as its place in the row, 1 the lowest; 0 is no answer and is not sent on."""

    items: Mapping[str, Item]
    seed: str
    marks: Sequence[int]
    choice = NumbersByItem(_l("Your answers"))

    @property
    def given(self) -> dict[str, int]:
        """The marks of items that are still there."""
        return {item: self.marks[at - 1] for item, at in self.choice.data.items() if item in self.items}

    @property
    def in_order(self) -> list[Item]:
        return in_own_order(self.items.values(), self.seed)

    def validate_choice(self, field: NumbersByItem) -> None:
        if any(at > len(self.marks) for at in field.data.values()):
            raise ValidationError(_l("Please choose one of these."))


class Marking(Choosing):
    """A choice that gives every item a mark of its own."""

    def marks(self, activity: Activity) -> Sequence[int]:
        """The marks that can be given, the lowest first."""
        raise NotImplementedError

    def in_words(self, activity: Activity, mark: int) -> Text:
        raise NotImplementedError

    def form(self, activity: Activity, seat: Seat) -> MarksAnswer:
        form = MarksAnswer()
        form.items, form.seed = self.at_hand(activity), f"{activity.id} {seat.id}"
        form.marks = self.marks(activity)
        return form

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        return [Step(activity.prompt or activity.title, ("choice",))]

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

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return cast(MarksAnswer, form).given

    def items(self, activity: Activity) -> list[Item]:
        """After the count: the best first."""
        items = self.choosable(activity)
        if activity.state != "closed":
            return items
        rank = {each.item.id: place for place, each in enumerate(self.results(activity, setting("ROOM_CELL")).items)}
        return sorted(items, key=lambda item: rank.get(item.id, len(rank)))

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {"items": self.choosable(activity), "crowded": True}

    def console(self, activity: Activity) -> dict[str, Any]:
        return {"items": len(self.choosable(activity))}
