"""Names, dates and places: one tap each. What could point at a person is offered, and nothing goes by itself."""

from functools import partial
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.commands import moderating, taking_out
from workshop.permissions import Actor, May
from workshop.protecting.suggestions import KINDS, take_out
from workshop.web.guards import needs
from workshop.web.moderation import must_be_readable, page

bp = Blueprint("taking_out", __name__)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/take-out")
@needs(May.FACILITATE)
def these(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """One suggestion, or the words that were ticked, wherever they stand; only in the words that were read."""
    must_be_readable(contribution)
    kind, words = _chosen()
    instead, why = _in_language(contribution.language, kind)
    as_read = request.form.get("as_read")
    try:
        taking_out.take_out(contribution, partial(_without, words, instead), why, str(actor.user_id), as_read=as_read)
    except moderating.Changed:
        return page(workshop, contribution, actor, changed=True), 409
    where = {"workshop_id": workshop.id, "contribution_id": contribution.id}
    return redirect(url_for("moderation.words", **where, edit=1) + "#take-out", 303)


def _without(words: list[str], instead: str, text: str) -> str:
    return take_out(text, words, instead)


def _chosen() -> tuple[str, list[str]]:
    """A button says kind and words; a list of ticked words has its kind beside it."""
    kind, _colon, one = request.form.get("one", "").partition(":")
    words = [one] if one else request.form.getlist("word")
    kind = kind or request.form.get("kind", "")
    return (kind if kind in KINDS else "name"), words


def _in_language(language: str, kind: str) -> tuple[str, str]:
    """What stands in their place, and why, in the language of the words: their teller reads both."""
    with force_locale(language):
        instead = {"name": _("[name]"), "date": _("[date]"), "place": _("[place]"), "contact": _("[contact]")}
        return instead[kind], _("Names, dates or places are taken out.")
