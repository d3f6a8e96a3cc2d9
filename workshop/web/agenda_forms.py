"""The form of an activity: what every activity has, and what its kind asks beside it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange

from workshop.activities import Kind
from workshop.commands.agenda import changeable
from workshop.forms import Choice, Form, WholeNumber, no_longer_than, required

EVERY = ("title", "prompt", "minutes", "who")
FROM_EARLIER = ("items_from", "owners_for", "beside")  # settings that name an activity which hands something on
CHOICES_ALONE = ("beside",)  # those of them that name a choice
LONGEST = 24 * 60
SHOWS = {
    "contributions": [
        Choice("approved", _l("As soon as you approve it")),
        Choice("closed", _l("After the activity is closed")),
    ],
    "ballot": [
        Choice("revealed", _l("When you show the results")),
        Choice("counted", _l("As soon as they are counted")),
    ],
}


class ActivityWords(Form):
    """What every activity has, whatever its kind."""

    title = StringField(_l("Title"), [required(_l("Please write a title.")), no_longer_than(200)])
    prompt = TextAreaField(
        _l("The question"),
        [no_longer_than(1000)],
        description=_l("Phones and the screen show it. Short words are best."),
    )
    minutes = WholeNumber(
        _l("Minutes"),
        [NumberRange(0, LONGEST, _l("Write a number of minutes from 0 to 1440. 0 means no clock."))],
        description=_l("There is always more time. 0 means no clock."),
    )
    who = RadioField(
        _l("Who answers?"),
        choices=[
            Choice("all", _l("Everybody")),
            Choice("lived", _l("People with lived experience")),
            Choice("service", _l("People of the service")),
        ],
        default="all",
    )


def activity_form(kind: Kind, activity: Any, earlier: Iterable[Any]) -> Form:
    """One form with one summary of errors: the kind's own fields come after those that every activity has."""
    form_class = type("ActivityForm", (kind.settings_form(), ActivityWords), _shows(kind))
    given = {name: getattr(activity, name) for name in EVERY}
    form: Form = form_class(data={**kind.defaults, **activity.settings, **given})
    if kind.gives == "ballot":
        form.who.description = _("What one side alone chooses shows only once enough of them have chosen.")
    rows = list(earlier)
    for name in FROM_EARLIER:
        if isinstance(getattr(form, name, None), SelectField):
            form[name].choices = [Choice("", _("Nothing")), *_offered(name, rows)]
            form[name].validate_choice = True
    _take_out(form, fixed(activity))
    return form


def _offered(name: str, earlier: Iterable[Any]) -> list[Any]:
    gives = ("ballot",) if name in CHOICES_ALONE else ("ballot", "contributions")
    return [Choice(row.id, row.title) for row in earlier if row.gives in gives]


def _shows(kind: Kind) -> dict[str, RadioField]:
    """When the room sees what came: a question only for kinds from which something comes."""
    choices = SHOWS.get(kind.gives)
    field = choices and RadioField(_l("When does the room see it?"), choices=choices, default=choices[0].value)
    return {"shows": field} if field else {}


def fixed(activity: Any) -> set[str]:
    """What nobody may change any more, because people have answered to it."""
    return {*EVERY, "settings"} - changeable(activity)


def _take_out(form: Form, names: set[str]) -> None:
    """What stays as it is, is not asked."""
    for name in list(form.data):
        if name in names or ("settings" in names and name not in EVERY):
            del form[name]


def words_of(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.values().items() if name in EVERY}


def settings_of(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.values().items() if name not in EVERY}
