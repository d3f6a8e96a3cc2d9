"""Approval: everybody ticks, in secret, all that they could live with, and may change it until the close."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from workshop.activities import Activity, Choosing, Item, Line, Seat, Step, Table, Text, ToChooseFrom, in_own_order
from workshop.consent import Viewer, no_more_than
from workshop.counting import dots as counting
from workshop.counting.ballots import Ballot
from workshop.extensions import setting
from workshop.forms import Form, NumbersByItem
from workshop.kinds.approval.results import Results, summary
from workshop.kinds.approval.tables import table


class Answer(Form):
    """The items that this person ticks. Pages show them in an order of this person's own."""

    items: Mapping[str, Item]
    seed: str
    choice = NumbersByItem(_l("What you could live with"))

    @property
    def given(self) -> dict[str, int]:
        """The ticks on items that are still there."""
        return {item: tick for item, tick in self.choice.data.items() if item in self.items}

    @property
    def in_order(self) -> list[Item]:
        return in_own_order(self.items.values(), self.seed)

    def validate_choice(self, field: NumbersByItem) -> None:
        if any(tick > 1 for tick in self.given.values()):
            raise ValidationError(_l("One tick for each line is enough."))


class Approval(Choosing):
    name = "approval"
    title = _l("What we could live with")
    says = _l("Everybody ticks, in secret, all that they could live with.")
    icon = "approval"
    order = 42
    how_counted: ClassVar[Sequence[Text]] = (
        _l("For each line we count the people who ticked it."),
        _l("Every tick counts the same, however many lines somebody ticked."),
        _l("The most ticks come first. The same number is the same place."),
    )
    defaults: ClassVar[Mapping[str, Any]] = {"items_from": "", "items": ""}

    def settings_form(self) -> type[Form]:
        return ToChooseFrom

    def form(self, activity: Activity, seat: Seat) -> Answer:
        form = Answer()
        form.items, form.seed = self.at_hand(activity), f"{activity.id} {seat.id}"
        return form

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        return [Step(activity.prompt or activity.title, ("choice",))]

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        answer, words = cast(Answer, form), _l("I could live with this")
        lines = [Line(item.words, words, 0) for item in answer.items.values() if item.id in answer.given]
        return lines or [Line(gettext("Your ticks"), gettext("None of these"), 0)]

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return cast(Answer, form).given

    def items(self, activity: Activity) -> list[Item]:
        """After the count: what most could live with first."""
        items = self.choosable(activity)
        if activity.state != "closed":
            return items
        rank = {each.item.id: place for place, each in enumerate(self.results(activity, setting("ROOM_CELL")).items)}
        return sorted(items, key=lambda item: rank.get(item.id, len(rank)))

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        """Ticks are dots: one at most on a line, and as many as there are lines."""
        ids = [item.id for item in items]
        return summary(counting.count(ballots, ids, len(ids), 1, cell, self.asked(activity)), items)

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {"items": self.choosable(activity), "crowded": True}

    def console(self, activity: Activity) -> dict[str, Any]:
        return {"items": len(self.choosable(activity))}

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        with no_more_than(viewer):
            results = self.results(activity, setting("EXPORT_CELL"))
        return [table(activity, results)] if results else []


KIND = Approval()
