"""Discuss: a few questions, one after the other; notes by seat code, phones for who prefers to write, pass is fine."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from workshop.activities import Activity, Column, Line, Seat, Step, Table, Telling, contribution_table
from workshop.consent import Viewer
from workshop.forms import Choice, Form, WholeNumber, no_longer_than, required
from workshop.queries import discussions

MOST = 1000
ENOUGH = 6
LEVELS = [
    Choice(1, _l("Only the facilitators")),
    Choice(2, _l("People in this workshop")),
    Choice(3, _l("The service, to read and answer")),
    Choice(4, _l("Reports and events, without names")),
]


class Settings(Form):
    questions = TextAreaField(
        _l("The questions"), description=_l("One on each line. Six are enough; more make people tired.")
    )
    each = WholeNumber(_l("Minutes for each question"), description=_l("Leave it empty for no clock."))
    world_cafe = BooleanField(
        _l("People sit at tables and change after each question"),
        description=_l("One host stays at each table and tells what was said."),
    )
    level = SelectField(
        _l("Who may see what people say?"), coerce=int, choices=LEVELS, description=_l("People read this before.")
    )


class Answer(Form):
    text = TextAreaField(_l("Your words"), [required(_l("Please write something first.")), no_longer_than(MOST)])
    table = StringField(_l("Your table"), [no_longer_than(20)])
    number = HiddenField()


class Discuss(Telling):
    name = "discuss"
    title = _l("Discussion")
    says = _l("The group talks about a few questions, one after the other. Everybody may pass.")
    icon = "people"
    order = 35
    contribution_kind = "card"
    defaults: ClassVar[Mapping[str, Any]] = {"questions": "", "each": None, "world_cafe": False, "level": 2}

    def settings_form(self) -> type[Form]:
        return Settings

    def questions(self, activity: Activity) -> list[str]:
        lines = [line.strip() for line in str(self.setting(activity, "questions")).splitlines()]
        return [line for line in lines if line] or [activity.prompt or activity.title]

    def now(self, activity: Activity) -> dict[str, Any]:
        """The question that is on: its words, its number, and how many there are."""
        questions, standing = self.questions(activity), discussions.standing(activity.id)
        number = min(max(standing.at, 1), len(questions))
        return {
            "question": questions[number - 1],
            "number": number,
            "total": len(questions),
            "declared": standing.declared,
            "ends_at": standing.ends_at,
            "tables": bool(self.setting(activity, "world_cafe")),
        }

    def form(self, activity: Activity, seat: Seat) -> Answer:
        return Answer(data={"number": str(self.now(activity)["number"])})

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        asked = self.asked(activity, form)
        fields = ("text", "table", "number") if self.setting(activity, "world_cafe") else ("text", "number")
        return [Step(asked, fields, why=_l("You may pass: look up and listen. That is fine."))]

    def asked(self, activity: Activity, form: Form) -> str:
        """The question that this phone answers: the one it was shown, also when the room has gone on."""
        questions, number = self.questions(activity), str(form["number"].data or "")
        at = int(number) if number.isdecimal() and 0 < int(number) <= len(questions) else self.now(activity)["number"]
        return questions[at - 1]

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        return [Line(self.asked(activity, form), form["text"].data, 0)]

    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        return self.card(activity, form["text"].data, self.asked(activity, form), form["table"].data)

    def card(self, activity: Activity, text: str, question: str, table: str | None = None) -> dict[str, Any]:
        """The columns of a card in answer to this question, from a phone or from the note-taker."""
        more = {"question": question, **({"table": table} if table else {})}
        return {"text": text, "more": more, "level": int(self.setting(activity, "level"))}

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {**self.now(activity), "level": self.setting(activity, "level")}

    def screen(self, activity: Activity) -> dict[str, Any]:
        seen = super().screen(activity)
        return {**seen, **self.now(activity), "by_question": self.by_question(activity, seen["wall"].cards)}

    def console(self, activity: Activity) -> dict[str, Any]:
        return {**super().console(activity), **self.now(activity), "enough": ENOUGH}

    def by_question(self, activity: Activity, cards: Sequence[Any]) -> list[tuple[str, list[Any]]]:
        """What was said, under its question."""
        asked = self.questions(activity)
        told = [(question, [c for c in cards if c.more.get("question") == question]) for question in asked]
        rest = [card for card in cards if card.more.get("question") not in asked]
        return [*told, (gettext("Other questions"), rest)] if rest else told

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        more = [
            Column("question", "string", gettext("The question it answers.")),
            Column("table", "string", gettext("The table at which it was said.")),
        ]
        return [contribution_table(activity, viewer, more)]


KIND = Discuss()
