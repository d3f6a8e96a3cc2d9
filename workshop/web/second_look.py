"""A second person looks: a teller asks for one on the page of their words, somebody else of the team answers."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from workshop.commands import moderating, objecting
from workshop.forms import Form, no_longer_than
from workshop.permissions import Actor, May
from workshop.queries import worries
from workshop.web.guards import needs
from workshop.web.moderation import must_be_readable, page, to_queue
from workshop.web.moderation_forms import KeepForm
from workshop.web.words import back_to_words

bp = Blueprint("second_look", __name__)


class ObjectForm(Form):
    note = TextAreaField(_l("Do you want to say why?"), [no_longer_than(1000)])


@bp.post("/w/<workshop_id>/words/<contribution_id>/second-look")
@needs(May.OWN)
def ask_for_second(workshop: Any, contribution: Any) -> ResponseReturnValue:
    """One button; a sentence if the teller wants to. Where nobody else could look, the page says whom to turn to."""
    form, decided = ObjectForm(), worries.decision(contribution.id)
    if decided and form.validate() and worries.has_others(workshop.organisation_id, decided.user_id):
        objecting.ask_for_second(contribution, form.note.data or "")
    return back_to_words(contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/let-out")
@needs(May.FACILITATE)
def let_out(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    must_be_readable(contribution)
    answer = {"yes": True, "no": False}.get(request.form.get("recognisable", ""))
    as_read = request.form.get("as_read", "")
    try:
        objecting.let_out(contribution, str(actor.user_id), as_read=as_read, recognisable=answer)
    except (moderating.Changed, objecting.SamePerson):
        return page(workshop, contribution, actor, changed=True), 409
    except moderating.Unanswered:
        return page(workshop, contribution, actor, unanswered=True), 422
    return to_queue(workshop)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/stays")
@needs(May.FACILITATE)
def stays(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    must_be_readable(contribution)
    form = KeepForm()
    if not form.validate():
        return page(workshop, contribution, actor, keep_form=form), 422
    try:
        objecting.keep(contribution, form.because.data or "", str(actor.user_id))
    except (moderating.Changed, objecting.SamePerson):
        return page(workshop, contribution, actor, changed=True), 409
    return to_queue(workshop)
