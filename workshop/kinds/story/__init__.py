"""Stories: what happened to somebody, in words, photo, sound or film, what would have helped, and who may see it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField, ValidationError

from workshop.activities import Activity, Column, Line, Seat, Step, Table, Telling, contribution_table
from workshop.consent import Level, Viewer
from workshop.forms import Choice, Form, invented, no_longer_than
from workshop.kinds.story import reading
from workshop.kinds.story.setting import DEFAULTS, Settings
from workshop.ladder import LADDER, title_of
from workshop.media import named, pairs
from workshop.media.remake import taken

MOST = 10_000


class Answer(reading.Reading):
    """A story is words, a photo, a sound or a film; each alone is enough."""

    two: bool = False  # the story of two people: the other one is asked, too
    refused_media: str | None = None  # why the photo, sound or film that came along was not taken
    text = TextAreaField(_l("Your words"), [no_longer_than(MOST)])
    media = HiddenField()
    helped = TextAreaField(_l("What would have helped?"), [no_longer_than(MOST)])
    level = RadioField(
        _l("Who may see this?"), coerce=int, choices=[Choice(step.level, step.title) for step in LADDER], default=1
    )
    other_agrees = BooleanField(_l("The other person says yes: this story may be kept"))
    other_level = RadioField(
        _l("How far may it go, for the other person?"),
        coerce=int,
        choices=[Choice(step.level, step.title) for step in LADDER],
        default=1,
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

    def validate_other_agrees(self, field: BooleanField) -> None:
        if self.two and not field.data:
            raise ValidationError(_l("Please ask the other person. Without their yes it cannot be kept."))

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
    defaults: ClassVar[Mapping[str, Any]] = DEFAULTS

    def settings_form(self) -> type[Form]:
        return Settings

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        told = [Step(activity.prompt or activity.title, ("text", "media"))]
        if self._asks_what_helped(activity):
            told.append(Step(_l("What would have helped?"), ("helped",), may_skip=True))
        told += reading.steps(self._settings(activity))
        if self.setting(activity, "sort") == "dialogue":
            why = _l("Give them this phone, or read it to them.")
            told.append(Step(_l("Now ask the other person"), ("other_agrees", "other_level"), why=why))
        ladder = Step(
            _l("Who may see this?"),
            ("level", "quote", "contact", "voice", "face", "words_only", "display_name"),
            why=_l("The higher the step, the more people can see it. You can change this at any time."),
            asked_once=not pairs(form["media"].data or ""),  # voice and face are asked for each recording
        )
        return [*told, ladder]

    def form(self, activity: Activity, seat: Seat) -> Answer:
        form = Answer(data={"level": seat.habits.get("level", Level.FACILITATORS)})
        form.two = self.setting(activity, "sort") == "dialogue"
        reading.prepare(form, self._settings(activity))
        return form

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        steps = self.steps(activity, seat, form)
        lines = [Line(gettext("Your words"), form["text"].data, 0, pairs(form["media"].data or ""))]
        settings = self._settings(activity)
        for place, step in enumerate(steps[1:-1], 1):
            lines.append(Line(step.question, _in_words(form, step.fields[0], settings), place))
        return [*lines, Line(gettext("Who may see this?"), title_of(_reach(form)), len(steps) - 1)]

    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        return {
            "text": form["text"].data or "",
            "media": named(pairs(form["media"].data or "")),
            "more": self._more(activity, form),
            "level": _reach(form),
            "display_name": form["display_name"].data or None,
        }

    def consent(self, form: Form) -> dict[str, Any]:
        """The separate yeses; nothing is ticked before."""
        yeses = ("quote", "contact", "voice", "face", "words_only")
        given = {yes: form[yes].data for yes in yeses if form[yes].data or yes in ("quote", "contact")}
        if getattr(form, "two", False):
            given["other"] = {"agreed": True, "level": form["other_level"].data, "asked": "in person"}
        return given

    def read_by_teller(self, activity: Activity, more: Mapping[str, Any]) -> list[Line]:
        return reading.lines(more, self._settings(activity))

    def reading_form(self, activity: Activity, more: Mapping[str, Any]) -> tuple[Form, list[Step]]:
        settings = self._settings(activity)
        form = reading.Reading(data={name: str(more.get(name, "")) for name in reading.ASKED})
        reading.prepare(form, settings)
        return form, reading.steps(settings)

    def _more(self, activity: Activity, form: Form) -> dict[str, str]:
        helped = {"helped": form["helped"].data} if form["helped"].data else {}
        return {**helped, **reading.given(form, self._settings(activity))}

    def _asks_what_helped(self, activity: Activity) -> bool:
        return bool(self.setting(activity, "helped")) and self.setting(activity, "sort") != "snapshot"

    def _settings(self, activity: Activity) -> Mapping[str, Any]:
        return {**self.defaults, **activity.settings}

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        opposites = reading.opposites(self._settings(activity))
        return {"ladder": LADDER, "most": MOST, "pairs": pairs, "media": taken(), "opposites": opposites}

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        more = Column("helped", "string", "What would have helped, in the teller's words.")
        settings = self._settings(activity)
        all_of_it = viewer is Viewer.ORGANISER_EXPORT
        own = [each for each in reading.columns(settings) if all_of_it or each.name == "warning"]
        return [contribution_table(activity, viewer, [more, *own])]


def _reach(form: Form) -> int:
    """Who may see it; the story of two people goes only as far as both want."""
    level = int(form["level"].data)
    return min(level, int(form["other_level"].data)) if getattr(form, "two", False) else level


def _in_words(form: Form, name: str, settings: Mapping[str, Any]) -> str:
    if name == "other_agrees":
        return str(title_of(form["other_level"].data) if form[name].data else gettext("Not asked yet"))
    value = form[name].data
    return reading.said(name, str(value), settings) if value else str(gettext("Left out"))


KIND = Story()
