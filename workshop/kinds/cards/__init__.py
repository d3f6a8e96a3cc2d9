"""Cards: short texts, private first, then shown: ideas, needs, strengths, problems."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField

from workshop.activities import Activity, Column, Line, Seat, Step, Table, Telling, contribution_table
from workshop.consent import Viewer
from workshop.forms import Choice, Form, no_longer_than, required

MOST = 500


class Settings(Form):
    level = SelectField(
        _l("Who may see the cards?"),
        coerce=int,
        choices=[
            Choice(1, _l("Only the facilitators")),
            Choice(2, _l("People in this workshop")),
            Choice(3, _l("The service, to read and answer")),
            Choice(4, _l("Reports and events, without names")),
        ],
        description=_l("People read this before they write."),
    )
    topics = TextAreaField(_l("Columns"), description=_l("One on each line. Leave it empty for one wall."))


class Answer(Form):
    text = TextAreaField(_l("Your words"), [required(_l("Please write something first.")), no_longer_than(MOST)])
    topic = SelectField(_l("Where does it belong?"), choices=[], validate_choice=False)


class Cards(Telling):
    name = "cards"
    title = _l("Cards")
    says = _l("People write ideas, needs or strengths. Each one alone first, then on the wall.")
    icon = "cards"
    order = 30
    contribution_kind = "card"
    alike = True
    defaults: ClassVar[Mapping[str, Any]] = {"level": 2, "topics": ""}

    def settings_form(self) -> type[Form]:
        return Settings

    def topics(self, activity: Activity) -> list[str]:
        return [line.strip() for line in str(self.setting(activity, "topics")).splitlines() if line.strip()]

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        fields = ("text", "topic") if self.topics(activity) else ("text",)
        return [Step(activity.prompt or activity.title, fields)]

    def form(self, activity: Activity, seat: Seat) -> Answer:
        form = Answer()
        form.topic.choices = [Choice(topic, topic) for topic in self.topics(activity)]
        return form

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        lines = [Line(gettext("Your words"), form["text"].data, 0)]
        if self.topics(activity):
            lines.append(Line(gettext("Where it belongs"), form["topic"].data, 0))
        return lines

    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        topic = form["topic"].data if form["topic"].data in self.topics(activity) else None
        return {"text": form["text"].data, "topic": topic, "level": self.level(activity, form, seat)}

    def level(self, activity: Activity, form: Form, seat: Seat) -> int:
        """Cards carry the activity's level, announced before anybody types."""
        return int(self.setting(activity, "level"))

    def columns(self, activity: Activity, cards: Sequence[Any]) -> list[tuple[str, list[Any]]]:
        """The wall in its columns; what belongs nowhere comes last."""
        names = self.topics(activity)
        gathered = [(name, [card for card in cards if card.topic == name]) for name in names]
        rest = [card for card in cards if card.topic not in names]
        return gathered + ([("", rest)] if rest or not names else [])

    def screen(self, activity: Activity) -> dict[str, Any]:
        seen = super().screen(activity)
        return {**seen, "columns": self.columns(activity, seen["wall"].cards)}

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {"level": self.setting(activity, "level"), "most": MOST}

    def results(self, activity: Activity, cell: int) -> dict[str, Any]:
        return self.screen(activity)

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        return [contribution_table(activity, viewer, [Column("topic", "string", "The column the card was put in.")])]


KIND = Cards()
