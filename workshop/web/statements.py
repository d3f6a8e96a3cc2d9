"""What workshops must state: once for the organisation, and where it differs for one workshop."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import organising, workshops
from workshop.forms import Form
from workshop.models.statements import STATEMENTS, is_example, missing
from workshop.permissions import Actor, May
from workshop.queries import accounts, office, rooms
from workshop.web.guards import needs
from workshop.web.office import of_workshop, page
from workshop.web.office_forms import statements_form

bp = Blueprint("statements", __name__)


@bp.get("/o/<organisation_id>/statements")
@needs(May.ORGANISE)
def organisation(organisation: Any, actor: Actor) -> ResponseReturnValue:
    return _organisation_page(organisation, actor, statements_form(organisation.statements))


@bp.post("/o/<organisation_id>/statements")
@needs(May.ORGANISE)
def state(organisation: Any, actor: Actor) -> ResponseReturnValue:
    """Half of it may be kept: what is missing is asked again before a workshop opens."""
    form = statements_form(organisation.statements)
    if not form.validate():
        return _organisation_page(organisation, actor, form), 422
    organising.state(organisation, form.values(), str(actor.user_id))
    _say_saved(form.values())
    return redirect(url_for("statements.organisation", organisation_id=organisation.id), 303)


@bp.get("/w/<workshop_id>/office/statements")
@needs(May.FACILITATE)
def workshop(workshop: Any, actor: Actor) -> ResponseReturnValue:
    return _workshop_page(workshop, actor, statements_form(office.own_statements(workshop.id)))


@bp.post("/w/<workshop_id>/office/statements")
@needs(May.FACILITATE)
def state_for_workshop(workshop: Any, actor: Actor) -> ResponseReturnValue:
    form = statements_form(office.own_statements(workshop.id))
    if not form.validate():
        return _workshop_page(workshop, actor, form), 422
    workshops.state(workshop, form.values(), str(actor.user_id))
    _say_saved(rooms.statements(workshop.id))
    return redirect(url_for("statements.workshop", workshop_id=workshop.id), 303)


def _organisation_page(organisation: Any, actor: Actor, form: Form) -> str:
    words = _words(organisation.statements, {})
    words |= {"form": form, "whose": organisation.name, "workshop": None}
    return page("office/statements.html", organisation, actor, **words)


def _workshop_page(workshop: Any, actor: Actor, form: Form) -> str:
    inherited = accounts.organisation(workshop.organisation_id).statements
    words = _words(rooms.statements(workshop.id), inherited)
    words |= {"form": form, "whose": workshop.title}
    return of_workshop("office/statements.html", workshop, actor, **words)


def _words(stated: Mapping[str, Any], inherited: Mapping[str, Any]) -> dict[str, Any]:
    """The statements in their groups, what is missing of them, and which are only examples."""
    gaps = set(missing(stated))
    return {
        "groups": [(name, title, [s for s in STATEMENTS if s.group == name]) for name, title in _groups()],
        "gaps": [s for s in STATEMENTS if s.name in gaps],
        "inherited": inherited,
        "made_up": {name for name in gaps if stated.get(name) and is_example(stated[name])},
        "asked": "missing" in request.args,
    }


def _groups() -> list[tuple[str, str]]:
    return [
        ("power", _("What can change, and who decides")),
        ("safety", _("Safety and support")),
        ("data", _("What happens with the words")),
    ]


def _say_saved(stated: Mapping[str, Any]) -> None:
    gaps = len(missing(stated))
    flash(_("Saved. Nothing is missing.") if not gaps else _("Saved. Still missing: %(gaps)s.", gaps=gaps))
