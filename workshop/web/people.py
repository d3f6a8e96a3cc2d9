"""The people of an organisation: invite, change a role, let go, make a link to a new password."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import links, organising
from workshop.permissions import Actor, May
from workshop.queries import accounts
from workshop.web.account_forms import Nothing
from workshop.web.guards import needs
from workshop.web.office import page
from workshop.web.office_forms import Invite, PersonRole
from workshop.web.proof import absolute, needs_fresh

bp = Blueprint("people", __name__)


@bp.get("/o/<organisation_id>/people")
@needs(May.ORGANISE)
def listed(organisation: Any, actor: Actor) -> ResponseReturnValue:
    return _people_page(organisation, actor, Invite())


@bp.post("/o/<organisation_id>/people")
@needs(May.ORGANISE)
def invite(organisation: Any, actor: Actor) -> ResponseReturnValue:
    """There is no e-mail from here: the link is shown once, for the organiser to pass on."""
    form = Invite()
    if not form.validate():
        return _people_page(organisation, actor, form), 422
    token = links.invite(organisation.id, str(form.email.data), form.role.data, str(actor.user_id))
    path = url_for("invitations.open_invitation", organisation_id=organisation.id, token=token)
    return page("office/link.html", organisation, actor, link=absolute(path), whom=form.email.data, purpose="invite")


@bp.post("/o/<organisation_id>/people/<person_id>/role")
@needs(May.ORGANISE)
def change_role(organisation: Any, person_id: str, actor: Actor) -> ResponseReturnValue:
    form, person = PersonRole(), _person(person_id, organisation)
    if form.validate() and form.role.data != person.role:
        organising.change_role(organisation, person.id, form.role.data, str(actor.user_id))
        flash(_("%(name)s has another role now, and signs in again.", name=person.name))
    return _back(organisation)


@bp.get("/o/<organisation_id>/people/<person_id>/let-go")
@needs(May.ORGANISE)
def ask_let_go(organisation: Any, person_id: str, actor: Actor) -> ResponseReturnValue:
    person = _person(person_id, organisation)
    return page("office/let_go.html", organisation, actor, person=person, form=Nothing())


@bp.post("/o/<organisation_id>/people/<person_id>/let-go")
@needs(May.ORGANISE)
def let_go(organisation: Any, person_id: str, actor: Actor) -> ResponseReturnValue:
    person = _person(person_id, organisation)
    organising.let_go(organisation, person.id, str(actor.user_id))
    flash(_("%(name)s is no longer in the organisation.", name=person.name))
    return redirect(url_for("office.home"), 303) if person.id == actor.user_id else _back(organisation)


@bp.get("/o/<organisation_id>/people/<person_id>/new-password")
@needs(May.ORGANISE)
@needs_fresh
def ask_reset(organisation: Any, person_id: str, actor: Actor) -> ResponseReturnValue:
    person = _person(person_id, organisation)
    return page("office/ask_reset.html", organisation, actor, person=person, form=Nothing())


@bp.post("/o/<organisation_id>/people/<person_id>/new-password")
@needs(May.ORGANISE)
@needs_fresh
def reset(organisation: Any, person_id: str, actor: Actor) -> ResponseReturnValue:
    """Only for people who are nowhere else: a link opens the whole account, and other houses did not ask for that."""
    person = _person(person_id, organisation)
    if any(actor.roles.get(place) != "organiser" for place in accounts.roles_of(person.id)):
        flash(_("%(name)s is in another organisation too. The operator makes the link.", name=person.name))
        return _back(organisation)
    token = links.make_link(person.id, "reset", organisation.id, str(actor.user_id))
    path = url_for("invitations.open_reset", organisation_id=organisation.id, token=token)
    return page("office/link.html", organisation, actor, link=absolute(path), whom=person.name, purpose="reset")


@bp.app_errorhandler(organising.LastOrganiser)
def on_last_organiser(_error: organising.LastOrganiser) -> ResponseReturnValue:
    flash(_("An organisation needs an organiser. Make somebody else organiser first."))
    return redirect(url_for("office.home"), 303)


def _people_page(organisation: Any, actor: Actor, form: Invite) -> str:
    people = [(person, PersonRole(role=person.role)) for person in accounts.people(organisation.id)]
    invitations = accounts.invitations(organisation.id)
    return page("office/people.html", organisation, actor, form=form, people=people, invitations=invitations)


def _person(person_id: str, organisation: Any) -> Any:
    """Somebody of this organisation, or nobody."""
    return accounts.person(person_id, organisation.id) or abort(404)


def _back(organisation: Any) -> ResponseReturnValue:
    return redirect(url_for("people.listed", organisation_id=organisation.id), 303)
