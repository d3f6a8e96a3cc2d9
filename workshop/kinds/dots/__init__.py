"""Dots: everybody has a few, gives them in secret to what matters most, and may change them until the close."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import NumberRange

from workshop.activities import Activity, BallotPaper, Choosing, Item, Line, OnPaper, Seat, Table, Text, ToChooseFrom
from workshop.counting import dots as counting
from workshop.counting.ballots import Ballot
from workshop.forms import Form, NumbersByItem, WholeNumber
from workshop.kinds.dots.results import Results, summary
from workshop.kinds.dots.tables import table

MOST_DOTS = 20


class Settings(ToChooseFrom):
    per_person = WholeNumber(
        _l("Dots for each person"), [NumberRange(1, MOST_DOTS, _l("Write a number from 1 to 20."))]
    )
    per_item = WholeNumber(
        _l("At most so many on one line"), [NumberRange(1, MOST_DOTS, _l("Write a number from 1 to 20."))]
    )


class Answer(BallotPaper):
    """How many dots each item gets."""

    per_person: int
    per_item: int
    choice = NumbersByItem(_l("Your dots"))

    @property
    def left(self) -> int:
        return max(self.per_person - sum(self.given.values()), 0)

    def validate_choice(self, field: NumbersByItem) -> None:
        over = sum(self.given.values()) - self.per_person
        if any(number > self.per_item for number in self.given.values()):
            raise ValidationError(_l("One line takes at most %(most)s of your dots.", most=self.per_item))
        if over > 0:
            raise ValidationError(_l("You gave %(over)s too many. Please take some away.", over=over))


class Dots(Choosing):
    name = "dots"
    title = _l("Dots")
    says = _l("Everybody has a few dots and gives them, in secret, to what matters most.")
    icon = "dots"
    order = 40
    prints = True
    how_counted: ClassVar[Sequence[Text]] = (
        _l("Every dot counts the same, whoever gave it."),
        _l("We add up the dots of each line. The most dots come first."),
        _l("The same number of dots is the same place. Nobody draws lots."),
    )
    paper = Answer
    defaults: ClassVar[Mapping[str, Any]] = {**Choosing.defaults, "per_person": 3, "per_item": 1}

    def settings_form(self) -> type[Form]:
        return Settings

    def form(self, activity: Activity, seat: Seat) -> Answer:
        form = cast(Answer, super().form(activity, seat))
        form.per_person, form.per_item = self.rules(activity)
        return form

    def rules(self, activity: Activity) -> tuple[int, int]:
        """Dots for each person, and the most that one item takes of them."""
        per_person = int(self.setting(activity, "per_person") or 1)
        return per_person, min(int(self.setting(activity, "per_item") or 1), per_person)

    def on_paper(self, activity: Activity) -> OnPaper:
        each, on_one = self.rules(activity)
        asks = ngettext("You have %(num)s dot.", "You have %(num)s dots.", each)
        return OnPaper(
            self.choosable(activity),
            [asks, _l("Make a cross for every dot, at what matters most to you.")],
            ("",) * on_one,
        )

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        given, words = self.choices(activity, form), {item.id: item.words for item in self.at_hand(activity).values()}
        lines = [Line(words[item], gettext("Dots: %(dots)s", dots=dots), 0) for item, dots in given.items()]
        left = self.rules(activity)[0] - sum(given.values())
        if not lines:
            return [Line(gettext("Your dots"), gettext("None of these"), 0)]
        return [*lines, Line(gettext("Dots you keep"), str(left), 0)] if left else lines

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        ids, rules = [item.id for item in items], self.rules(activity)
        return summary(counting.count(ballots, ids, *rules, cell, self.asked(activity)), items)

    def screen(self, activity: Activity) -> dict[str, Any]:
        return super().screen(activity) | {"per_person": self.rules(activity)[0]}

    def console(self, activity: Activity) -> dict[str, Any]:
        return super().console(activity) | {"rules": self.rules(activity)}

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return [table(activity, results)]


KIND = Dots()
