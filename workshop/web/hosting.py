"""The facilitator's own cards: with the kind's own question, and on the wall at once."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import moderating
from workshop.permissions import Actor, May
from workshop.web import language
from workshop.web.guards import needs
from workshop.web.walk import Walk

bp = Blueprint("hosting", __name__)

HOST = SimpleNamespace(id=None, role=moderating.HOST, side="other", habits={}, channel="host")


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/card")
@needs(May.FACILITATE)
def ask_card(workshop: Any, activity: Any) -> ResponseReturnValue:
    return _page(workshop, _walk(activity))


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/card")
@needs(May.FACILITATE)
def write_card(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    """A card of no side, on the wall at once; the same sending again changes nothing."""
    walk = _walk(activity)
    if not walk.move():
        return _page(workshop, walk), 422
    words = walk.kind.words(activity, walk.form, HOST)  # type: ignore[attr-defined]
    moderating.write_card(activity, walk.gift(language.code()).id, words, str(actor.user_id))
    flash(_("Your card is on the wall."))
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#stage", 303)


def _walk(activity: Any) -> Walk:
    walk = Walk.of(activity, HOST)
    return walk if getattr(walk.kind, "contribution_kind", "") == "card" else abort(404)


def _page(workshop: Any, walk: Walk) -> str:
    words = walk.kind.phone(walk.activity, HOST)
    return render_template("console/card.html", workshop=workshop, walk=walk, activity=walk.activity, **words)
