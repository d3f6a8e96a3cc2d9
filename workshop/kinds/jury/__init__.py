"""Jury: judges score each one by criteria, in secret; what the audience chose stands beside it, never mixed in."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField, ValidationError

from workshop.activities import (
    Activity,
    BallotList,
    Choosing,
    Item,
    OnASlip,
    OnPaper,
    Seat,
    Step,
    Table,
    Text,
    ToChooseFrom,
    in_own_order,
)
from workshop.counting import juries as counting
from workshop.counting.ballots import Ballot
from workshop.counting.judges import LEFT_OUT, LEVELS, name_of
from workshop.forms import Form, NumbersByItem
from workshop.kinds.jury.beside import Beside, beside
from workshop.kinds.jury.criteria import MOST, USUAL_LINES, Criterion, criteria_of, unreadable
from workshop.kinds.jury.results import Results, summary
from workshop.kinds.jury.sheet import Sheet, on_paper
from workshop.kinds.jury.tables import tables
from workshop.queries import choices

SCORES, LEAVES_OUT = "scores", "leaves out"


class Settings(ToChooseFrom):
    criteria = TextAreaField(
        _l("Criteria"),
        description=_l("One on each line: name | weight | four sentences. The lowest level comes first."),
    )
    beside = SelectField(
        _l("The audience's choice"),
        choices=[],
        validate_choice=False,
        description=_l("An earlier choice. Its first place stands beside the jury's, never added to it."),
    )

    def validate_criteria(self, field: TextAreaField) -> None:
        if wrong := unreadable(field.data or ""):
            raise ValidationError(wrong)


class Answer(Form):
    """All criteria of one item. `now` is the item on this page, if any is left."""

    items: Mapping[str, Item]
    criteria: Sequence[Criterion]
    now: Item | None
    answered: int = 0
    left: int = 0
    item = HiddenField()
    answer = HiddenField()
    choice = NumbersByItem(_l("Your answers"))

    @property
    def given(self) -> dict[str, int]:
        """Every level of this item, 0 where there is none, so that what was sent before is gone."""
        item, out = self.item.data or "", self.answer.data == LEAVES_OUT
        names = [name_of(item, each.number) for each in self.criteria]
        return {name: 0 if out else self.choice.data.get(name, 0) for name in names} | {
            name_of(item, LEFT_OUT): int(out)
        }

    def validate_item(self, field: HiddenField) -> None:
        if field.data not in self.items:
            raise ValidationError(_l("That one is gone. Here is the next one."))

    def validate_answer(self, field: HiddenField) -> None:
        if field.data not in (SCORES, LEAVES_OUT):
            raise ValidationError(_l("Please score it, or leave it out."))

    def validate_choice(self, field: NumbersByItem) -> None:
        if any(level > LEVELS[-1] for level in field.data.values()):
            raise ValidationError(_l("Please choose one of these."))


class Jury(Choosing):
    name = "jury"
    title = _l("Jury")
    says = _l("Judges score each one by criteria, in secret. Every level of a criterion is a sentence.")
    icon = "jury"
    order = 52
    one_by_one = True
    prints = True
    how_counted: ClassVar[Sequence[Text]] = (
        _l("Each judge's points for one are the average of its criteria, by weight."),
        _l("Strict and mild judges are evened out if each scored three or more."),
        _l("No answer and leaving out pull nothing down. The same points are the same place."),
    )
    defaults: ClassVar[Mapping[str, Any]] = {**Choosing.defaults, "criteria": USUAL_LINES, "beside": ""}

    def settings_form(self) -> type[Form]:
        return Settings

    def lines(self, items: Sequence[Item]) -> list[Item]:
        """A ballot has a number for every criterion of every item, and one for leaving it out."""
        numbers = (LEFT_OUT, *range(1, MOST + 1))
        return [Item(name_of(item.id, number), item.words) for item in items for number in numbers]

    def ballot_lists(self, activity: Activity, items: Sequence[Item]) -> Sequence[BallotList]:
        """None: a whole sheet would be known by a few of its levels, and a jury is small."""
        return []

    def form(self, activity: Activity, seat: Seat) -> Answer:
        """The item that was asked for, or the next one that this judge has not decided on."""
        form = Answer()
        form.items, form.criteria = self.at_hand(activity), criteria_of(activity)
        form.now = form.items.get(form.item.data or "")
        if form.now is None or form.answer.data not in (SCORES, LEAVES_OUT):
            left = self._left(activity, seat)
            form.left, form.answered = len(left), len(form.items) - len(left)
            form.now = form.now or next(iter(in_own_order(left, f"{activity.id} {seat.id}")), None)
        return form

    def _left(self, activity: Activity, seat: Seat) -> list[Item]:
        decided = choices.progress(activity.id, seat.id).answered
        return [item for item in self.at_hand(activity).values() if name_of(item.id, LEFT_OUT) not in decided]

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        answer = cast(Answer, form)
        if answer.now is not None:
            return [Step(answer.now.words, ("item", "choice", "answer"), why=activity.prompt)]
        return [Step(_l("You have judged all of them") if answer.items else _l("There is nothing to judge yet"), ())]

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return cast(Answer, form).given

    def on_paper(self, activity: Activity) -> OnPaper:
        return on_paper(self.choosable(activity), criteria_of(activity))

    def whole(self) -> "Jury":
        return WHOLE

    def is_done(self, activity: Activity, seat: Seat) -> bool:
        return not self._left(activity, seat)

    def screen(self, activity: Activity) -> dict[str, Any]:
        return super().screen(activity) | {"criteria": criteria_of(activity)}

    def console(self, activity: Activity) -> dict[str, Any]:
        return super().console(activity) | {"criteria": criteria_of(activity)}

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        criteria = criteria_of(activity)
        ids, weights = [item.id for item in items], [each.weight for each in criteria]
        return summary(counting.count(ballots, ids, weights, cell, self.asked(activity)), items, criteria)

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return tables(activity, results)

    def audience(self, activity: Activity) -> Beside | None:
        """What the other choice put first, if there is one and the room has seen it."""
        return beside(activity)


class Whole(OnASlip, Jury):
    """A whole sheet on one page."""

    def form(self, activity: Activity, seat: Seat) -> Any:
        form = Sheet()
        form.items, form.criteria = self.at_hand(activity), criteria_of(activity)
        return form

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return cast(Sheet, form).given


KIND = Jury()
WHOLE = Whole()
