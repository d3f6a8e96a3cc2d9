"""Worries: hold the words, say how grave it is, call, keep who was told, release by two"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import worries as commands
from workshop.models import Gravity
from workshop.permissions import Actor, May
from workshop.queries import contributions, rooms, worries
from workshop.web.guards import needs
from workshop.web.moderation import back_to, must_be_readable, page, to_queue
from workshop.web.moderation_forms import SHORT, ToldForm, WorryForm

bp = Blueprint("worries", __name__)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/worry")
@needs(May.FACILITATE)
def worry(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """Keep a worry, or say how grave it is. What is held leads to whom to call, full screen."""
    must_be_readable(contribution)
    form = WorryForm()
    if not form.validate():
        return page(workshop, contribution, actor, worry_form=form), 422
    commands.worry(contribution, form.note.data or "", str(actor.user_id), form.gravity.data)
    if contributions.one(contribution.id, workshop.id) is None:  # taken back in this moment
        return redirect(url_for("worries.safeguarding", workshop_id=workshop.id), 303)
    if worries.is_held(worries.open_about(contribution.id)):
        where = {"workshop_id": workshop.id, "contribution_id": contribution.id}
        return redirect(url_for("worries.whom_to_call", **where, held=1), 303)
    return back_to(workshop, contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/settle")
@needs(May.FACILITATE)
def settle(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """The worry is settled; what is grave waits for the yes of a second person."""
    must_be_readable(contribution)
    if commands.release(contribution, str(actor.user_id)):
        return to_queue(workshop)
    return back_to(workshop, contribution)


@bp.get("/w/<workshop_id>/console/words/<contribution_id>/whom-to-call")
@needs(May.FACILITATE)
def whom_to_call(workshop: Any, contribution: Any) -> ResponseReturnValue:
    must_be_readable(contribution)
    return _numbers(workshop, contribution, ToldForm())


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/told")
@needs(May.FACILITATE)
def told(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """Keep in the log who was told, and when."""
    must_be_readable(contribution)
    form = ToldForm()
    if not form.validate():
        return _numbers(workshop, contribution, form), 422
    commands.note_told(contribution, form.who.data or "", form.what.data or "", str(actor.user_id))
    flash(_("It is in the log. The organisers read it."))
    return redirect(url_for("worries.whom_to_call", workshop_id=workshop.id, contribution_id=contribution.id), 303)


@bp.get("/w/<workshop_id>/console/safeguarding")
@needs(May.FACILITATE)
def safeguarding(workshop: Any) -> ResponseReturnValue:
    return _numbers(workshop, None, ToldForm(formdata=None))


@bp.get("/w/<workshop_id>/worries")
@needs(May.LEAD)
def log(workshop: Any) -> ResponseReturnValue:
    """Every worry of this workshop and who was told; nobody's words."""
    return render_template(
        "console/worries.html",
        workshop=workshop,
        worries=worries.log(workshop.id),
        told=worries.told(workshop.id),
        short=SHORT,
    )


def _numbers(workshop: Any, contribution: Any, form: ToldForm) -> str:
    worry = worries.open_about(contribution.id) if contribution else None
    return render_template(
        "console/safeguarding.html",
        workshop=workshop,
        stated=rooms.statements(workshop.id),
        contribution=contribution,
        form=form,
        held=request.args.get("held") == "1",
        danger=worry is not None and worry.gravity == Gravity.DANGER,
    )
