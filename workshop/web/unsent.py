"""A phone says how much waits on it, when that has changed and there is network. The console shows the phones."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from workshop.commands import unsent as commands
from workshop.permissions import May
from workshop.queries import unsent
from workshop.web import cookies
from workshop.web.guards import needs

bp = Blueprint("unsent", __name__)


@bp.post("/w/<workshop_id>/unsent")
@needs(May.TAKE_PART)
def say(workshop: Any) -> ResponseReturnValue:
    count = request.form.get("count", "")
    commands.say(cookies.seat_token(workshop.id) or "", int(count) if count.isdecimal() and len(count) < 4 else 0)
    return "", 204


def number_of(workshop: Any) -> dict[str, str]:
    """For the console: nothing when no phone holds anything back."""
    phones = unsent.phones(workshop.id)
    if not phones:
        return {}
    words = ngettext("phone holds unsent words", "phones hold unsent words", phones)
    return {"unsent": str(phones), "unsent-words": words}
