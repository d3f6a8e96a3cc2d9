"""What became of my words: the teller says whether an answer helped."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from workshop.commands import responding
from workshop.permissions import May
from workshop.web.guards import needs

bp = Blueprint("became", __name__)

LONGEST = 1000


@bp.post("/w/<workshop_id>/words/<contribution_id>/answers/<response_id>")
@needs(May.OWN)
def say_whether_it_helped(workshop: Any, contribution: Any, response_id: str) -> ResponseReturnValue:
    helped, words = request.form.get("helped", ""), request.form.get("helped_words", "")
    if helped not in ("yes", "partly", "no"):
        abort(422)
    responding.say_whether_it_helped(contribution, response_id, helped, words.strip()[:LONGEST])
    where = {"workshop_id": workshop.id, "contribution_id": contribution.id}
    return redirect(url_for("words.one", **where) + "#became", 303)
