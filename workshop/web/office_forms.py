"""The forms of the office: a new organisation or workshop, statements, roles, settings, people."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from workshop import recipes
from workshop.activities import discover
from workshop.forms import Choice, Form, no_longer_than, required
from workshop.models.statements import STATEMENTS, Statement
from workshop.web.account_forms import is_address

EMPTY = "empty"
SPARE_ROLES = 3
LONGEST_STATEMENT = 2000
MOST_MONTHS = 120
SIDES = [
    Choice("lived", _l("Lived experience")),
    Choice("service", _l("The service")),
    Choice("other", _l("Others")),
]
PEOPLE_ROLES = [
    Choice("facilitator", _l("Facilitator")),
    Choice("organiser", _l("Organiser")),
    Choice("responder", _l("Answers for the service")),
]


def named(label: Any) -> StringField:
    return StringField(label, [required(_l("Please write a name.")), no_longer_than(200)])


class Named(Form):
    name = named(_l("Name of the organisation"))


class NewWorkshop(Form):
    title = named(_l("Name of the workshop"))
    recipe = RadioField(_l("Start from"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        shelf = [Choice(recipe.name, recipe.title) for recipe in recipes.shelf(discover())]
        self.recipe.choices = [*shelf, Choice(EMPTY, _("An empty agenda"))]


class Invite(Form):
    email = EmailField(_l("E-mail address"), [is_address, no_longer_than(200)])
    role = RadioField(_l("What may this person do?"), choices=PEOPLE_ROLES, default="facilitator")


class PersonRole(Form):
    role = SelectField(_l("Role"), choices=PEOPLE_ROLES)


class WorkshopSettings(Form):
    title = named(_l("Name of the workshop"))
    trusted_room = BooleanField(
        _l("Trusted room"), description=_l("Cards reach the screen without approval. Stories never do.")
    )
    sensitive = BooleanField(
        _l("Sensitive subject"),
        description=_l("Phones show a button that leaves the page at once, and every page of the room links to help."),
    )
    people_choose_side = BooleanField(
        _l("People choose their side themselves"),
        description=_l("Without this, roles of the service come through their own door, or you confirm them."),
    )


def statements_form(stated: Mapping[str, str]) -> Form:
    """One field for each thing to state."""
    form: Form = type("Statements", (Form,), {s.name: _statement(s) for s in STATEMENTS})(data=dict(stated))
    return form


def _statement(asked: Statement) -> StringField:
    box = TextAreaField if asked.long else StringField
    checks = [no_longer_than(LONGEST_STATEMENT), *([a_number_of_months] if asked.months else [])]
    return box(asked.label, checks, description=asked.hint)


def a_number_of_months(_form: Form, field: StringField) -> None:
    if field.data and not (field.data.isdecimal() and 1 <= int(field.data) <= MOST_MONTHS):
        raise ValidationError(_l("Please write a number of months, from 1 to %(most)s.", most=MOST_MONTHS))


def roles_form(roles: Sequence[Mapping[str, str]]) -> Form:
    """A name and a side for each role, and some lines to spare; a line without a name is left out."""
    fields: dict[str, Any] = {}
    data: dict[str, str] = {}
    for number, role in enumerate([*roles, *[{"name": "", "side": "lived"}] * SPARE_ROLES], 1):
        fields[f"name_{number}"] = StringField(_l("Role %(number)s", number=number), [no_longer_than(60)])
        fields[f"side_{number}"] = SelectField(_l("Side of role %(number)s", number=number), choices=SIDES)
        data |= {f"name_{number}": role["name"], f"side_{number}": role["side"]}
    form: Form = type("Roles", (Form,), fields)(data=data)
    return form


def roles_of(form: Form) -> list[dict[str, str]]:
    """The roles that the form names, each once."""
    numbers = [name.removeprefix("name_") for name in form.data if name.startswith("name_")]
    rows = [{"name": form[f"name_{n}"].data or "", "side": form[f"side_{n}"].data} for n in numbers]
    first = {row["name"]: row for row in reversed(rows) if row["name"]}
    return [row for row in rows if first.get(row["name"]) is row]
