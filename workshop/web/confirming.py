"""The teller reads how their story was understood, on the page of their words, and says whether that is right."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import confirming
from workshop.consent import Viewer
from workshop.permissions import May
from workshop.queries import themes
from workshop.web.guards import needs
from workshop.web.marks import clock

bp = Blueprint("confirming", __name__)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Understood:
    """The pieces of a story, each with the theme it was put into; what the teller said to exactly this, and before."""

    pieces: list[tuple[str, str]]
    about: str
    answer: Any
    fresh: bool


def understood(contribution: Any) -> Understood:
    """Only themes whose names a facilitator has approved; a name that this teller may not read is its number."""
    names = {each.id: each.name for each in themes.named(contribution.workshop_id, Viewer.ROOM)}
    marked = [m for m in themes.of_story(contribution.id, contribution.workshop_id, Viewer.FACILITATOR) if not m.loose]
    pieces = [(_words(each), names[each.theme_id]) for each in marked if each.theme_id in names]
    about = confirming.fingerprint(pieces)
    answer = themes.said_to_it(contribution.id)
    return Understood(pieces, about, answer, answer is None or answer.about != about)


def _words(marked: Any) -> str:
    if marked.words:
        return str(marked.words)
    return str(_("From %(start)s to %(end)s", start=clock(marked.from_second), end=clock(marked.to_second)))


@bp.post("/w/<workshop_id>/words/<contribution_id>/understood")
@needs(May.OWN)
def answer(workshop: Any, contribution: Any) -> ResponseReturnValue:
    """Yes, not quite or no, with words if they like."""
    said, now = request.form.get("answer", ""), understood(contribution)
    if said not in confirming.ANSWERS or not now.pieces:
        abort(404)
    if request.form.get("about") == now.about:  # else it was moved meanwhile, and the page asks again
        words = request.form.get("words", "").replace("\r\n", "\n").strip()[:MOST]
        confirming.answer(contribution, said, words, now.about)
    where = {"workshop_id": workshop.id, "contribution_id": contribution.id}
    return redirect(url_for("words.one", **where) + "#understood", 303)
