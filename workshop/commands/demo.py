"""The demo: a made-up organisation with one workshop ready to open. Everything in it says that it is an example."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop import recipes
from workshop.commands import accounts as account_commands
from workshop.commands import command, links, organising, running, workshops
from workshop.models.statements import EXAMPLE, STATEMENTS
from workshop.queries import accounts, office, rooms

NAME = f"{EXAMPLE} Town Care ({EXAMPLE})"
EMAIL = "organiser@example.org"
RECIPE = "first-try"


@dataclass(frozen=True, slots=True)
class DemoLinks:
    """What the person at the keyboard needs: `sign_in` and `doors` (lived, service, screen) are tokens of links."""

    organisation_id: str
    workshop_id: str
    sign_in: str
    code: str
    doors: Mapping[str, str]


@command
def make_demo(language: str, gives: Mapping[str, str]) -> DemoLinks:
    """The demo as it is, or a new one; always with a fresh sign-in link. `gives` says what each kind collects."""
    with force_locale(language):
        workshop_id = office.demo_workshop() or _make(gives)
    return _links(rooms.workshop(workshop_id))


def _links(workshop: Any) -> DemoLinks:
    organiser = next(p for p in accounts.people(workshop.organisation_id) if p.role == "organiser")
    doors = {purpose: running.door_token(workshop.id, workshop.generation, purpose) for purpose in running.DOORS}
    sign_in = links.make_link(organiser.id, "sign_in")
    return DemoLinks(workshop.organisation_id, workshop.id, sign_in, rooms.doors(workshop.id)["lived"].code, doors)


def _make(gives: Mapping[str, str]) -> str:
    known = accounts.user_by_email(EMAIL)
    user_id = known.id if known else account_commands.add_user(EMAIL, _("Example organiser"), None)
    organisation_id = organising.make_organisation(NAME, user_id, example=True)
    organisation = accounts.organisation(organisation_id)
    organising.state(organisation, statements(), user_id)
    recipe = recipes.read(RECIPE)
    return workshops.make_workshop(organisation_id, recipe.title, recipe, gives, user_id=user_id, example=True)


def statements() -> dict[str, str]:
    """Made-up statements; no real workshop may open on them."""
    words = {
        "open_to_change": _("Opening hours, waiting times and how letters are written."),
        "not_open": _("The budget of this year, and the law."),
        "who_decides": _("The head of Town Care, together with the users' council."),
        "answer_when": _("Within six weeks."),
        "safeguarding_name": _("Robin Example, Town Care."),
        "safeguarding_phone": "+44 20 7946 0000",
        "emergency_number": "112",
        "support_1": _("Listening line, 020 7946 0001."),
        "support_2": _("Advice centre, 020 7946 0002."),
        "confidentiality": _("If somebody is in danger we may have to tell. We tell you first if we can."),
        "controller": _("Town Care, 1 Market Square, office@example.org."),
        "purpose": _("To make the service better, together with the people who use it."),
        "legal_basis": _("Public task, Article 6(1)(e)."),
        "special_condition": _("Explicit consent, Article 9(2)(a)."),
        "dpia": _("DPIA 1, made up."),
    }
    usual = {each.name: str(each.months) for each in STATEMENTS if each.months}
    return {name: f"{EXAMPLE}: {text}" for name, text in words.items()} | usual
