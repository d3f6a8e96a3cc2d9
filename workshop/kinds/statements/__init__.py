"""Statements: agree, disagree or pass, one at a time, until there are no more; new ones come as they are approved."""

from collections.abc import Sequence
from typing import ClassVar, cast

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField, ValidationError

from workshop.activities import (
    ANSWERS,
    Activity,
    Item,
    OnASlip,
    OneAnswer,
    OneByOne,
    OnPaper,
    Seat,
    Step,
    Table,
    Text,
    ToChooseFrom,
)
from workshop.commands import opinions
from workshop.counting import statements as counting
from workshop.counting.ballots import Ballot
from workshop.counting.opinion_groups import FEWEST_PEOPLE, NOT_PLACED, rows, tell
from workshop.forms import Form
from workshop.kinds.statements.groups import Groups
from workshop.kinds.statements.order import following
from workshop.kinds.statements.results import Results, summary
from workshop.kinds.statements.tables import table, tables_of_groups
from workshop.queries import choices


class Settings(ToChooseFrom):
    items_from = SelectField(
        _l("Statements from"), choices=[], validate_choice=False, description=_l("Approved cards come by themselves.")
    )
    items = TextAreaField(_l("Your own statements"), description=_l("One on each line."))


class Answer(OneAnswer):
    """One answer to one statement. `now` is the statement on this page, if any is left."""

    now: Item | None

    def validate_item(self, field: HiddenField) -> None:
        if field.data not in self.items:
            raise ValidationError(_l("That statement is gone. Here is the next one."))


class Statements(OneByOne):
    name = "statements"
    title = _l("Agree or disagree")
    says = _l("People agree, disagree or pass, one statement at a time. Then you see what all sides share.")
    icon = "statements"
    order = 50
    prints = True
    how_counted: ClassVar[Sequence[Text]] = (
        _l("For each statement we count who agrees, who disagrees and who passes."),
        _l("We do so for each side apart, and for everybody together."),
        _l("Statements that both sides agree with come first."),
    )

    def settings_form(self) -> type[Form]:
        return Settings

    def form(self, activity: Activity, seat: Seat) -> Answer:
        """The statement that was asked for, or the next one this person has not answered."""
        form = Answer()
        form.items = self.at_hand(activity)
        form.now = form.items.get(form.item.data or "")
        if form.now is None or form.answer.data not in ANSWERS:
            self._look_ahead(activity, seat, form)
        return form

    def _look_ahead(self, activity: Activity, seat: Seat, form: Answer) -> None:
        progress = choices.progress(activity.id, seat.id)
        left = [item for item in form.items.values() if item.id not in progress.answered]
        form.left, form.answered = len(left), len(form.items) - len(left)
        form.now = form.now or following(left, progress)

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        answer = cast(Answer, form)
        if answer.now is not None:
            return [Step(answer.now.words, ("item", "answer"))]
        finished = _l("You have answered everything") if answer.items else _l("There are no statements yet")
        return [Step(finished, ())]

    def on_paper(self, activity: Activity) -> OnPaper:
        return OnPaper(
            self.choosable(activity),
            [_l("Make one cross in every line.")],
            [_l("I agree"), _l("I disagree"), _l("Pass")],
        )

    def whole(self) -> "Statements":
        return WHOLE

    def is_done(self, activity: Activity, seat: Seat) -> bool:
        return set(self.at_hand(activity)) <= choices.progress(activity.id, seat.id).answered

    def items(self, activity: Activity) -> list[Item]:
        """In the order in which they were handed on: nobody asked which statement is the best."""
        return self.choosable(activity)

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        ids, asked = [item.id for item in items], self.asked(activity)
        counted = counting.count(ballots, ids, cell, asked)
        return summary(counted, items, self._groups(activity, ballots, ids, cell))

    def _groups(self, activity: Activity, ballots: Sequence[Ballot], ids: Sequence[str], cell: int) -> Groups:
        """The opinion groups that were found, or why there are none."""
        said = activity.counted.get("opinions")
        if len(ballots) < FEWEST_PEOPLE:  # or they may not be told: then there are none here
            return Groups("few")
        if said is None or not said["middles"]:
            return Groups(said["because"] if said else "looking")
        found = [NOT_PLACED if group is None else group for group in choices.opinion_groups(activity.id)]
        return Groups("", tell(ballots, found, said["middles"], ids, cell, self.asked(activity)))

    def is_worth_a_closer_look(self, activity: Activity) -> bool:
        return choices.turnout(activity).chosen >= FEWEST_PEOPLE

    def look_closer(self, activity: Activity) -> None:
        items = self.on_the_ballot(activity)
        opinions.look(activity, rows(self.ballots(activity, items), [item.id for item in items]))

    def more_on_the_screen(self, activity: Activity) -> Sequence[tuple[str, Text]]:
        found = (activity.counted or {}).get("opinions", {}).get("middles")
        return [("screen_groups", _l("Opinion map"))] if found else ()

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return [table(activity, results), *tables_of_groups(activity, results)]


class Whole(OnASlip, Statements):
    """All statements on one page."""


KIND = Statements()
WHOLE = Whole()
