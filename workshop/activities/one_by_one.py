"""Choices that come one question at a time: each answer is sent at once, and the next question follows."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError

from workshop.activities.choosing import Choosing
from workshop.activities.values import Activity, Item
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
