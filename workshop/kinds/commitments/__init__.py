"""Commitments: who does what by when, or «we cannot, because». Each is followed up after the day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField, ValidationError

from workshop.activities import Activity, Column, Gift, Line, Seat, Step, Table, Telling, contribution_table
from workshop.commands import promising
from workshop.consent import Viewer
from workshop.forms import Choice, Form, no_longer_than, required
from workshop.queries import promises

MOST = 500
LEVELS = [
    Choice(2, _l("People in this workshop")),
    Choice(3, _l("The service, to read and answer")),
    Choice(4, _l("Reports and events, without names")),
]


class Settings(Form):
    level = SelectField(
        _l("Who may see the promises?"), coerce=int, choices=LEVELS, description=_l("People read this before.")
    )


class PerhapsDay(DateField):
    """A day that a «no» does not need."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([value for value in valuelist if value])


class Answer(Form):
    sort = RadioField(
        _l("Your promise"),
        choices=[Choice("promise", _l("I promise something")), Choice("cannot", _l("We cannot, because"))],
        default="promise",
    )
    what = TextAreaField(_l("What?"), [required(_l("Please write what it is about.")), no_longer_than(MOST)])
    who = StringField(
        _l("Who does it?"), [no_longer_than(100)], description=_l("I, my team, or a job. The screen never shows it.")
    )
    by_date = PerhapsDay(_l("By when?"))
    why = TextAreaField(_l("Why not?"), [no_longer_than(MOST)])

    def validate_who(self, field: StringField) -> None:
        if self.sort.data != "cannot" and not field.data:
            raise ValidationError(_l("Please say who does it."))

    def validate_by_date(self, field: PerhapsDay) -> None:
        if self.sort.data != "cannot" and not field.data:
            raise ValidationError(_l("Please choose a day."))

    def validate_why(self, field: TextAreaField) -> None:
        if self.sort.data == "cannot" and not field.data:
            raise ValidationError(_l("Please say why. People deserve a reason."))


class Commitments(Telling):
    name = "commitments"
    title = _l("Promises")
    says = _l("Who does what, and by when? A no with a reason is welcome, too.")
    icon = "promise"
    order = 85
    contribution_kind = "card"
    defaults: ClassVar[Mapping[str, Any]] = {"level": 4}

    def settings_form(self) -> type[Form]:
        return Settings

    def form(self, activity: Activity, seat: Seat) -> Answer:
        return Answer()

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        first = [Step(activity.prompt or activity.title, ("sort",)), Step(_l("What?"), ("what",))]
        if form["sort"].data == "cannot":
            return [*first, Step(_l("Why not?"), ("why",))]
        return [*first, Step(_l("Who does it?"), ("who",)), Step(_l("By when?"), ("by_date",))]

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        what = Line(gettext("What?"), form["what"].data, 1)
        if form["sort"].data == "cannot":
            return [what, Line(gettext("We cannot, because"), form["why"].data, 2)]
        by = form["by_date"].data
        return [
            what,
            Line(gettext("Who does it?"), form["who"].data, 2),
            Line(gettext("By when?"), by.isoformat() if by else "", 3),
        ]

    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        more = {"why": form["why"].data} if form["sort"].data == "cannot" else {}
        return {"text": form["what"].data, "more": more, "level": int(self.setting(activity, "level"))}

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        cannot, by = form["sort"].data == "cannot", form["by_date"].data
        pledge = {
            "who": "" if cannot else form["who"].data,
            "by_date": by.isoformat() if isinstance(by, date) and not cannot else "",
            "state": "cannot" if cannot else "open",
            "word": form["why"].data if cannot else "",
        }
        promising.pledge(activity, seat, self.words(activity, form, seat), pledge, gift)

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {"level": self.setting(activity, "level")}

    def screen(self, activity: Activity) -> dict[str, Any]:
        """What and by when; who it is stands in the office alone."""
        return {**super().screen(activity), "promised": promises.of_workshop(activity.workshop_id, activity.id)}

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        return [contribution_table(activity, viewer, [Column("why", "string", gettext("Why it cannot be."))])]


KIND = Commitments()
