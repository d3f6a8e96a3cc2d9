"""Ways back in, and a good way out: a code that opens nothing any more, a phone that was here before, leaving early."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from workshop.extensions import keys
from workshop.permissions import May
from workshop.queries import ways_back
from workshop.web import cookies
from workshop.web.guards import needs
from workshop.web.no_door import NoDoor
from workshop.web.phone import receipt_words

bp = Blueprint("ways_back", __name__)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["rooms_here"] = rooms_here


@bp.app_errorhandler(NoDoor)
def on_no_door(_error: NoDoor) -> ResponseReturnValue:
    return render_template("phone/no_door.html"), 404


@bp.get("/w/<workshop_id>/leave")
@needs(May.TAKE_PART)
def leave(workshop: Any) -> ResponseReturnValue:
    """Going early is fine: what is safe, what still waits, and the receipt to take along."""
    return render_template("phone/leave.html", workshop=workshop, **receipt_words(workshop.id))


def rooms_here() -> Sequence[Any]:
    """Where this phone is in already: a new code or locked doors change nothing for it."""
    return ways_back.rooms_of([sealed for token in cookies.seat_tokens() for sealed in keys.seals("device", token)])
