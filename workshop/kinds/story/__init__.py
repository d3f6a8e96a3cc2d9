"""Stories: what happened to somebody, in words, photo, sound or film, what would have helped, and who may see it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField, ValidationError

from workshop.activities import Activity, Column, Line, Seat, Step, Table, Telling, contribution_table
from workshop.consent import Level, Viewer
from workshop.forms import Choice, Form, WholeNumber, invented, no_longer_than
from workshop.ladder import LADDER, title_of
from workshop.media import named, pairs
from workshop.media.remake import taken

MOST = 10_000


class Settings(Form):
    helped = BooleanField(_l("Ask also what would have helped"))
    slot_minutes = WholeNumber(
        _l("Minutes for each person who speaks"), description=_l("Leave it empty when nobody speaks in turn.")
    )


class Answer(Form):
    """A story is words, a photo, a sound or a film; each alone is enough."""

    refused_media: str | None = None  # why the photo, sound or film that came along was not taken
    text = TextAreaField(_l("Your words"), [no_longer_than(MOST)])
    media = HiddenField()
    helped = TextAreaField(_l("What would have helped?"), [no_longer_than(MOST)])
    level = RadioField(
        _l("Who may see this?"), coerce=int, choices=[Choice(step.level, step.title) for step in LADDER], default=1
    )
    quote = BooleanField(_l("You may quote my words."))
    contact = BooleanField(_l("You may ask me about it again."))
    voice = BooleanField(_l("Others may hear my voice."))
    face = BooleanField(_l("Others may see my face."))
    words_only = BooleanField(_l("Keep my words only. Delete the recording when they are written down."))
    display_name = StringField(_l("A name you choose"), [no_longer_than(60), invented])

    def validate_media(self, field: HiddenField) -> None:
        if self.refused_media:
            raise ValidationError(self.refused_media)

    def validate_text(self, field: TextAreaField) -> None:
        if not field.data and not pairs(self.media.data or "") and not self.refused_media:
            raise ValidationError(_l("Please write something, or add a photo."))


class Story(Telling):
    name = "story"
    title = _l("Stories")
    says = _l("People tell what happened to them, in words or with a photo.")
    icon = "story"
    order = 20
    contribution_kind = "story"
    takes_media = True
    alike = True
    defaults: ClassVar[Mapping[str, Any]] = {"helped": True, "slot_minutes": None}

    def settings_form(self) -> type[Form]:
        return Settings

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        told = [Step(activity.prompt or activity.title, ("text", "media"))]
        if self.setting(activity, "helped"):
            told.append(Step(_l("What would have helped?"), ("helped",), may_skip=True))
        ladder = Step(
            _l("Who may see this?"),
            ("level", "quote", "contact", "voice", "face", "words_only", "display_name"),
            why=_l("You can change this at any time. Lower works at once."),
            asked_once=not pairs(form["media"].data or ""),  # voice and face are asked for each recording
        )
        return [*told, ladder]

    def form(self, activity: Activity, seat: Seat) -> Answer:
        return Answer(data={"level": seat.habits.get("level", Level.FACILITATORS)})

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        steps = self.steps(activity, seat, form)
        lines = [Line(gettext("Your words"), form["text"].data, 0, pairs(form["media"].data or ""))]
        if self.setting(activity, "helped"):
            lines.append(Line(gettext("What would have helped?"), form["helped"].data or gettext("Left out"), 1))
        return [*lines, Line(gettext("Who may see this?"), title_of(form["level"].data), len(steps) - 1)]

    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        return {
            "text": form["text"].data or "",
            "media": named(pairs(form["media"].data or "")),
            "more": {"helped": form["helped"].data} if form["helped"].data else {},
            "level": form["level"].data,
            "display_name": form["display_name"].data or None,
        }

    def consent(self, form: Form) -> dict[str, Any]:
        """The separate yeses; nothing is ticked before."""
        yeses = ("quote", "contact", "voice", "face", "words_only")
        return {yes: form[yes].data for yes in yeses if form[yes].data or yes in ("quote", "contact")}

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {"ladder": LADDER, "most": MOST, "pairs": pairs, "media": taken()}

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        more = Column("helped", "string", "What would have helped, in the teller's words.")
        return [contribution_table(activity, viewer, [more])]


KIND = Story()
