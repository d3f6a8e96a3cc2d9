"""The people of the room and its doors: help, who is of the service, locks, a new code, the projector's link."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import hosting, running
from workshop.extensions import setting
from workshop.live import screen
from workshop.permissions import May
from workshop.web.guards import needs

bp = Blueprint("room", __name__)


@bp.get("/w/<workshop_id>/console/doors")
@needs(May.FACILITATE)
def doors(workshop: Any) -> ResponseReturnValue:
    token = running.door_token(workshop.id, workshop.generation, "screen")
    link = f"{setting('BASE_URL')}{url_for('screen.come_in', token=token)}"
    way_in = screen.way_in(workshop)
    return render_template("console/doors.html", workshop=workshop, way_in=way_in, screen_link=link)


@bp.post("/w/<workshop_id>/console/doors/lock")
@needs(May.FACILITATE)
def lock(workshop: Any) -> ResponseReturnValue:
    running.lock_doors(workshop, locked=True)
    return _to_doors(workshop, _("The doors are locked."))


@bp.post("/w/<workshop_id>/console/doors/unlock")
@needs(May.FACILITATE)
def unlock(workshop: Any) -> ResponseReturnValue:
    running.lock_doors(workshop, locked=False)
    return _to_doors(workshop, _("The doors are open."))


@bp.post("/w/<workshop_id>/console/doors/new")
@needs(May.FACILITATE)
def new_doors(workshop: Any) -> ResponseReturnValue:
    running.new_doors(workshop.id)
    return _to_doors(workshop, _("This is the new code. The old one opens nothing any more."))


@bp.post("/w/<workshop_id>/console/help/<request_id>")
@needs(May.FACILITATE)
def answer_help(workshop: Any, request_id: str) -> ResponseReturnValue:
    hosting.answer_help(workshop, request_id)
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#queue", 303)


@bp.post("/w/<workshop_id>/console/people/<participant_id>/<answer>")
@needs(May.FACILITATE)
def confirm(workshop: Any, participant_id: str, answer: str) -> ResponseReturnValue:
    """Is this person of the service? Only a facilitator can say."""
    if answer not in ("yes", "no"):
        abort(404)
    hosting.confirm_side(workshop, participant_id, yes=answer == "yes")
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#queue", 303)


def _to_doors(workshop: Any, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("room.doors", workshop_id=workshop.id), 303)
