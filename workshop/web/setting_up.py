"""Setting a workshop up: its name, its settings, the roles people choose from."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import workshops
from workshop.forms import Form
from workshop.permissions import Actor, May, may
from workshop.web.account_forms import say
from workshop.web.guards import needs
from workshop.web.office import of_workshop
from workshop.web.office_forms import WorkshopSettings, roles_form, roles_of

bp = Blueprint("setting_up", __name__)


@bp.get("/w/<workshop_id>/office/settings")
@needs(May.FACILITATE)
def settings(workshop: Any, actor: Actor) -> ResponseReturnValue:
    return of_workshop("office/settings.html", workshop, actor, form=_settings_form(workshop, actor))


@bp.post("/w/<workshop_id>/office/settings")
@needs(May.FACILITATE)
def set_up(workshop: Any, actor: Actor) -> ResponseReturnValue:
    form = _settings_form(workshop, actor)
    if not form.validate():
        return of_workshop("office/settings.html", workshop, actor, form=form), 422
    values = form.values()
    workshops.set_up(workshop, values.pop("title"), values, str(actor.user_id))
    return _done(workshop)


@bp.get("/w/<workshop_id>/office/roles")
@needs(May.FACILITATE)
def roles(workshop: Any, actor: Actor) -> ResponseReturnValue:
    return of_workshop("office/roles.html", workshop, actor, form=roles_form(workshop.roles))


@bp.post("/w/<workshop_id>/office/roles")
@needs(May.FACILITATE)
def set_roles(workshop: Any, actor: Actor) -> ResponseReturnValue:
    form = roles_form(workshop.roles)
    if not (form.validate() and _has_both_sides(form)):
        return of_workshop("office/roles.html", workshop, actor, form=form), 422
    workshops.set_roles(workshop, roles_of(form))
    return _done(workshop)


def _settings_form(workshop: Any, actor: Actor) -> WorkshopSettings:
    """Who may organise decides whether people choose their side; nobody else is asked."""
    form = WorkshopSettings(data={**workshop.settings, "title": workshop.title})
    if not may(actor, May.ORGANISE, workshop):
        del form.people_choose_side
    return form


def _has_both_sides(form: Form) -> bool:
    sides = {role["side"] for role in roles_of(form)}
    if sides >= {"lived", "service"}:
        return True
    say(form, _("A workshop needs at least one role of each side: lived experience and the service."))
    return False


def _done(workshop: Any) -> ResponseReturnValue:
    flash(_("Saved."))
    return redirect(url_for("office.desk", workshop_id=workshop.id), 303)
