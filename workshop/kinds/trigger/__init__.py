"""Trigger: watch or hear a case, or stories; then say what struck you, each alone first."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError

from workshop.activities import Activity, Line, Seat, Step, Table, Telling, contribution_table
from workshop.consent import Viewer
from workshop.forms import Choice, Form, PictureField, no_longer_than, required
from workshop.queries import media

MOST = 500
LEVELS = [
    Choice(1, _l("Only the facilitators")),
    Choice(2, _l("People in this workshop")),
    Choice(3, _l("The service, to read and answer")),
    Choice(4, _l("Reports and events, without names")),
]


class Settings(Form):
    note = TextAreaField(
        _l("What should people know before?"),
        [no_longer_than(300)],
        description=_l("It is shown first. Say what is hard to hear, and that people can go out."),
    )
    case = TextAreaField(
        _l("The case, in words"),
        [no_longer_than(4000)],
        description=_l("Leave it empty when you play stories from the console."),
    )
    picture = PictureField(
        _l("A photo"), description=_l("Your own, or one that you may show. Nobody should be known on it by chance.")
    )
    picture_alt = StringField(
        _l("What does the photo show?"),
        [no_longer_than(300)],
        description=_l("People who cannot see it read or hear these words."),
    )
    level = SelectField(
        _l("Who may see what people say?"), coerce=int, choices=LEVELS, description=_l("People read this before.")
    )

    def validate_picture_alt(self, field: StringField) -> None:
        if (self.picture.upload or self.picture.data) and not field.data:
            raise ValidationError(_l("Please say what the photo shows."))


class Answer(Form):
    text = TextAreaField(_l("Your words"), [required(_l("Please write something first.")), no_longer_than(MOST)])


class Trigger(Telling):
    name = "trigger"
    title = _l("Listen and say")
    says = _l("The room hears a case or stories. Then everybody says alone what struck them.")
    icon = "listen"
    order = 25
    contribution_kind = "card"
    alike = True
    private_first = True
    defaults: ClassVar[Mapping[str, Any]] = {"note": "", "case": "", "picture": "", "picture_alt": "", "level": 2}

    def settings_form(self) -> type[Form]:
        return Settings

    def form(self, activity: Activity, seat: Seat) -> Answer:
        return Answer()

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        return [Step(activity.prompt or activity.title, ("text",))]

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        return [Line(gettext("Your words"), form["text"].data, 0)]

    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        return {"text": form["text"].data, "level": int(self.setting(activity, "level"))}

    def told(self, activity: Activity) -> dict[str, Any]:
        told = {name: self.setting(activity, name) for name in ("note", "case", "picture_alt")}
        return {**told, "picture": media.picture_of(activity, self.setting(activity, "picture"))}

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {**self.told(activity), "level": self.setting(activity, "level")}

    def screen(self, activity: Activity) -> dict[str, Any]:
        """The case, in words or as a photo, while people write; what struck them once the question is closed."""
        if activity.state in ("waiting", "open"):
            told = self.told(activity)
            return {**told, "crowded": bool(told["case"] or told["picture"])}
        return super().screen(activity)

    def results(self, activity: Activity, cell: int) -> dict[str, Any]:
        return super().screen(activity)

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        return [contribution_table(activity, viewer)]


KIND = Trigger()
