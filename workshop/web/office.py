"""The office: what needs somebody today, the workshops of an organisation, and a workshop's desk."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from workshop import days, recipes
from workshop.activities import discover, kind_of
from workshop.commands import organising, running, workshops
from workshop.media.remake import is_possible
from workshop.models.statements import STATEMENTS, missing
from workshop.permissions import Actor, May, may
from workshop.queries import accounts, expiry, office, rooms
from workshop.web.account_forms import Nothing
from workshop.web.guards import needs
from workshop.web.office_forms import EMPTY, Named, NewWorkshop
from workshop.web.proof import needs_fresh, signed_in

bp = Blueprint("office", __name__)


@bp.get("/office")
@needs(May.USE_AN_ACCOUNT)
def home(actor: Actor) -> ResponseReturnValue:
    """Straight to the organisation when there is one; a choice when there are more."""
    places = accounts.organisations(list(actor.roles))
    if len(places) == 1:
        return redirect(url_for(start_page(actor, places[0].id), organisation_id=places[0].id), 303)
    return render_template("office/home.html", places=[(place, start_page(actor, place.id)) for place in places])


@bp.get("/organisations/new")
@needs(May.USE_AN_ACCOUNT)
def ask_organisation() -> ResponseReturnValue:
    return render_template("office/new_organisation.html", form=Named())


@bp.post("/organisations/new")
@needs(May.USE_AN_ACCOUNT)
def make_organisation() -> ResponseReturnValue:
    form = Named()
    if not form.validate():
        return render_template("office/new_organisation.html", form=form), 422
    organisation_id, token = organising.make_mine(str(form.name.data), current_user)
    return signed_in(token, url_for("statements.organisation", organisation_id=organisation_id))


@bp.get("/o/<organisation_id>/")
@needs(May.FACILITATE)
def start(organisation: Any, actor: Actor) -> ResponseReturnValue:
    listed = office.workshops(organisation.id)
    duties = office.duties(organisation, listed)
    return page("office/start.html", organisation, actor, workshops=listed, duties=duties, recordings=is_possible())


@bp.get("/o/<organisation_id>/workshops/new")
@needs(May.FACILITATE)
def ask_workshop(organisation: Any, actor: Actor) -> ResponseReturnValue:
    return _new_page(organisation, actor, NewWorkshop(recipe="first-try"))


@bp.post("/o/<organisation_id>/workshops/new")
@needs(May.FACILITATE)
def make_workshop(organisation: Any, actor: Actor) -> ResponseReturnValue:
    form = NewWorkshop()
    if not form.validate():
        return _new_page(organisation, actor, form), 422
    recipe = None if form.recipe.data == EMPTY else recipes.read(form.recipe.data)
    gives = {name: kind.gives for name, kind in discover().items()}
    made = workshops.make_workshop(organisation.id, str(form.title.data), recipe, gives, user_id=actor.user_id)
    return redirect(url_for("agenda.edit", workshop_id=made), 303)


@bp.get("/w/<workshop_id>/office")
@needs(May.FACILITATE)
def desk(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Everything about one workshop: what is ready, what is still missing, what comes next."""
    agenda = [(activity, kind_of(activity)) for activity in rooms.agenda(workshop.id)]
    stated = rooms.statements(workshop.id)
    gaps = [] if workshop.example else _gaps(stated)
    goes = expiry.dates(workshop.closed_at, stated) if workshop.closed_at else {}
    return of_workshop("office/desk.html", workshop, actor, agenda=agenda, gaps=gaps, goes=goes, form=Nothing())


@bp.post("/w/<workshop_id>/office/open")
@needs(May.FACILITATE)
def open_workshop(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Open the doors, or say what must be stated first, each with a link to its field."""
    try:
        running.open_workshop(workshop, actor.user_id)
    except running.NotReady:
        return redirect(url_for("statements.workshop", workshop_id=workshop.id, missing=1), 303)
    return redirect(url_for("console.room", workshop_id=workshop.id), 303)


@bp.post("/w/<workshop_id>/office/duplicate")
@needs(May.FACILITATE)
def duplicate(workshop: Any, actor: Actor) -> ResponseReturnValue:
    title = _("%(title)s (copy)", title=workshop.title[:180])
    copy_id = workshops.duplicate(workshop, title, str(actor.user_id))
    flash(_("This is the copy. It has the agenda, no people and no words."))
    return redirect(url_for("office.desk", workshop_id=copy_id), 303)


@bp.get("/w/<workshop_id>/office/delete")
@needs(May.ORGANISE)
@needs_fresh
def ask_delete(workshop: Any, actor: Actor) -> ResponseReturnValue:
    people, given = office.holdings(workshop.id)
    return of_workshop("office/delete.html", workshop, actor, people=people, given=given, form=Nothing())


@bp.post("/w/<workshop_id>/office/delete")
@needs(May.ORGANISE)
@needs_fresh
def delete(workshop: Any, actor: Actor) -> ResponseReturnValue:
    workshops.delete(workshop, str(actor.user_id))
    flash(_("The workshop is deleted."))
    return redirect(url_for("office.start", organisation_id=workshop.organisation_id), 303)


@bp.app_template_filter("day")
def day(text: str) -> str:
    """A date that is stored as text, in the reader's language."""
    return days.in_words(date.fromisoformat(text))


def page(template: str, organisation: Any, actor: Actor, **words: Any) -> str:
    """A page of the office, with its links and whether the reader may organise."""
    workshop = words.get("workshop")
    facilitates = may(actor, May.FACILITATE, organisation)
    return render_template(
        template,
        organisation=organisation,
        organises=may(actor, May.ORGANISE, organisation),
        facilitates=facilitates,
        example=organisation.example or bool(workshop and workshop.example),
        organisation_name=organisation.name,
        office_href=url_for(start_page(actor, organisation.id), organisation_id=organisation.id),
        **words,
    )


def start_page(actor: Actor, organisation_id: str) -> str:
    """Where the office begins: whoever only answers stories begins with those."""
    return "answering.home" if actor.roles.get(organisation_id) == "responder" else "office.start"


def of_workshop(template: str, workshop: Any, actor: Actor, **words: Any) -> str:
    """A page of the office about one workshop."""
    return page(template, accounts.organisation(workshop.organisation_id), actor, workshop=workshop, **words)


def _new_page(organisation: Any, actor: Actor, form: NewWorkshop) -> str:
    return page("office/new_workshop.html", organisation, actor, form=form, shelf=recipes.shelf(discover()))


def _gaps(stated: Any) -> list[Any]:
    wanted = set(missing(stated))
    return [statement for statement in STATEMENTS if statement.name in wanted]
