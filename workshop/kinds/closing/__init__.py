"""The closing: eight questions, mirrored for the two sides, and «what should we stop doing?» in one's own words."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField

from workshop.activities import Activity, Choosing, Gift, Item, Line, Seat, Step, Table, contribution_table, items_of
from workshop.commands import answering
from workshop.consent import Viewer
from workshop.counting import closing as counting
from workshop.counting.ballots import Ballot
from workshop.forms import Choice, Form, no_longer_than
from workshop.kinds.closing.questions import ANSWERS, questions, stop_question
from workshop.kinds.closing.results import Results, summary
from workshop.kinds.closing.tables import tables
from workshop.ladder import title_of
from workshop.queries import contributions, promises

SKIP = "-1"
MOST = 500


class Settings(Form):
    level = SelectField(
        _l("Who may see the answers to «what should we stop doing?»"),
        coerce=int,
        choices=[
            Choice(1, _l("Only the facilitators")),
            Choice(2, _l("People in this workshop")),
            Choice(3, _l("The service, to read and answer")),
            Choice(4, _l("Reports and events, without names")),
        ],
        description=_l("People read this before they write."),
    )
    owners_for = SelectField(
        _l("One owner and one date for each idea from"),
        choices=[],
        validate_choice=False,
        description=_l("You enter them on the console. Leave it empty if there are no ideas to follow up."),
    )


class Answer(Form):
    stop = TextAreaField(_l("Your words"), [no_longer_than(MOST)])


class Faces(RadioField):
    """One of the four, or none of them: nobody is held up by a question they leave out."""

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)


def _faces() -> Faces:
    return Faces(_l("Your answer"), choices=[Choice(str(value), words) for value, words, _face in ANSWERS])


FIELDS = {key: f"choice_{key}" for key in counting.QUESTIONS}
Answers: type[Answer] = type("Answers", (Answer,), {name: _faces() for name in FIELDS.values()})


class Closing(Choosing):
    name = "closing"
    title = _l("Closing")
    says = _l("Eight short questions on how people took part, and what to stop doing.")
    icon = "closing"
    order = 90
    tells = True
    defaults: ClassVar[Mapping[str, Any]] = {"level": 3, "owners_for": ""}

    def settings_form(self) -> type[Form]:
        return Settings

    def form(self, activity: Activity, seat: Seat) -> Form:
        return Answers()

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        asked = [Step(words, (FIELDS[key],), may_skip=True) for key, words in questions(seat.side).items()]
        told = gettext("Who may see it: %(who)s.", who=title_of(int(self.setting(activity, "level"))))
        return [*asked, Step(stop_question(seat.side), ("stop",), why=told, may_skip=True)]

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        words = {str(value): said for value, said, _face in ANSWERS}
        asked = questions(seat.side)
        lines = [
            Line(question, words[form[FIELDS[key]].data or SKIP], place)
            for place, (key, question) in enumerate(asked.items())
        ]
        return [*lines, Line(stop_question(seat.side), form["stop"].data or gettext("Left out"), len(lines))]

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return {key: int(form[name].data or SKIP) for key, name in FIELDS.items()}

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        words = form["stop"].data
        card = {"text": words, "level": int(self.setting(activity, "level"))} if words else None
        answering.answer(activity, seat, self.choices(activity, form), card, gift)

    def decided(self, chosen: Mapping[str, int], items: Sequence[Item]) -> Collection[str]:
        """Who skipped a question did not answer it."""
        return [key for key, answer in chosen.items() if answer != int(SKIP)]

    def choosable(self, activity: Activity) -> list[Item]:
        return [Item(key, str(words)) for key, words in questions("lived").items()]

    def items(self, activity: Activity) -> list[Item]:
        """What people would stop: the words, not the questions."""
        said = contributions.said(activity.workshop_id, Viewer.ROOM, activity.id)
        return [Item(each.id, each.text, each.side, each.id) for each in said]

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        comments = sum(contributions.how_many(activity.workshop_id, activity.id).values())
        counted = counting.count(counting.answers(ballots), cell, comments, self.asked(activity))
        return summary(counted, contributions.said(activity.workshop_id, Viewer.ROOM, activity.id))

    def console(self, activity: Activity) -> dict[str, Any]:
        ideas = items_of(self.setting(activity, "owners_for"), activity.workshop_id)
        kept = promises.promises(activity.id)
        owned = [idea for idea in ideas if promises.promise_id(activity.id, idea.id) in kept]
        said = contributions.how_many(activity.workshop_id, activity.id)
        return {"ideas": len(ideas), "owned": len(owned), "said": said}

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {"faces": {str(value): face for value, _words, face in ANSWERS}}

    def screen(self, activity: Activity) -> dict[str, Any]:
        """What is promised and until when; never by whom: the screen shows no names."""
        promised = list(promises.promises(activity.id).values())
        return {"promised": promised, "crowded": bool(promised)}

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return tables(activity, results)

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        return [*super().tables(activity, viewer), contribution_table(activity, viewer)]


KIND = Closing()
