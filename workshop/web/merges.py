"""Two ideas that may be one: the team asks, both authors answer on the page of their words."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.activities import kind_of
from workshop.commands import merges
from workshop.consent import Viewer
from workshop.permissions import Actor, May
from workshop.queries import contributions
from workshop.queries import merges as queries
from workshop.web.guards import needs

bp = Blueprint("merges", __name__)


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/one-idea")
@needs(May.FACILITATE)
def every(workshop: Any, activity: Any) -> ResponseReturnValue:
    return _page(workshop, activity)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/one-idea")
@needs(May.FACILITATE)
def ask(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    _ideas(activity)
    one, other = request.form.get("one", ""), request.form.get("other", "")
    try:
        merges.ask(activity, one, other, str(actor.user_id))
    except merges.NotThese:
        return _page(workshop, activity, wrong=_("Please choose two different ideas.")), 422
    flash(_("Both authors read the question on the page of their words."))
    return _to(activity)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/one-idea/<merge>/undo")
@needs(May.FACILITATE)
def undo(activity: Any, actor: Actor, merge: str) -> ResponseReturnValue:
    merges.undo(activity, merge, str(actor.user_id))
    flash(_("Both ideas stand alone again."))
    return _to(activity)


@bp.post("/w/<workshop_id>/words/<contribution_id>/one-idea/<merge>")
@needs(May.OWN)
def answer(contribution: Any, merge: str) -> ResponseReturnValue:
    merges.answer(contribution, merge, yes=request.form.get("answer") == "yes")
    where = {"workshop_id": contribution.workshop_id, "contribution_id": contribution.id}
    return redirect(url_for("words.one", **where, _anchor="one-idea"), 303)


def _ideas(activity: Any) -> list[contributions.Said]:
    """What may be one here; nothing where people tell stories, which are nobody else's."""
    if getattr(kind_of(activity), "contribution_kind", "") != "card":
        abort(404)
    return contributions.said(activity.workshop_id, Viewer.ROOM, activity.id)


def _page(workshop: Any, activity: Any, wrong: str = "") -> str:
    asked = queries.pairs(activity)
    taken = {each.id for pair in asked for each in (pair.one, pair.other)}
    words = {
        "ideas": [said for said in _ideas(activity) if said.id not in taken],
        "pairs": asked,
        "settled": queries.is_settled(activity),
        "wrong": wrong,
        "chosen": (request.form.get("one", ""), request.form.get("other", "")),
    }
    return render_template("console/one_idea.html", workshop=workshop, activity=activity, **words)


def _to(activity: Any) -> ResponseReturnValue:
    return redirect(url_for("merges.every", workshop_id=activity.workshop_id, activity_id=activity.id), 303)
