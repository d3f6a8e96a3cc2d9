"""Choices that come one question at a time: each answer is sent at once, and the next question follows."""

from collections.abc import Mapping
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError

from workshop.activities.choosing import Choosing
from workshop.activities.marking import MarksAnswer
from workshop.activities.values import Activity, Item, Seat, Step
from workshop.forms import Form

ANSWERS = {"1": 1, "-1": -1, "0": 0}


class OneAnswer(Form):
    """One of three answers to one question; how many this person has answered, and how many are left."""

    items: Mapping[str, Item]
    answered: int = 0
    left: int = 0
    item = HiddenField()
    answer = HiddenField()

    def validate_answer(self, field: HiddenField) -> None:
        if field.data not in ANSWERS:
            raise ValidationError(_l("Please choose one of the three."))


class OneByOne(Choosing):
    one_by_one = True

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return {form["item"].data: ANSWERS[form["answer"].data]}


class OnASlip(Choosing):
    """All questions on one page, for whoever types what stands on paper: to be mixed into a kind that asks one by one.

    Its part `slip` stands in place of the part `phone`. As it is, it takes one of `ANSWERS` for each line of the paper.
    """

    one_by_one = False

    def form(self, activity: Activity, seat: Seat) -> Any:
        form = MarksAnswer()
        form.items = {line.id: line for line in self.on_paper(activity).lines}
        form.seed, form.marks = activity.id, list(ANSWERS.values())
        return form

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        return [Step(activity.prompt or activity.title, ("choice",))]

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return cast(MarksAnswer, form).given

    def part(self, name: str) -> str:
        return super().part("slip" if name == "phone" else name)
