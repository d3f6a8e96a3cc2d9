"""Leave this page fast: where the button leads on workshops with a sensitive subject, and what it cannot do."""

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from workshop import days
from workshop.permissions import May
from workshop.web.guards import needs

bp = Blueprint("leave_fast", __name__)


@bp.get("/today")
@needs(May.VISIT)
def today() -> ResponseReturnValue:
    """A page that tells nothing to whoever looks over a shoulder."""
    day = days.in_words(date.today(), "full")  # noqa: DTZ011 - the day of the people in the room
    return render_template("phone/today.html", today=day)


@bp.get("/leave-fast")
@needs(May.VISIT)
def about() -> ResponseReturnValue:
    return render_template("phone/leave_fast.html")
