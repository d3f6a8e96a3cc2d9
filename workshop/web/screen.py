"""The room's screen: a link that only shows. It gives a cookie that nothing can be written with."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.commands import upkeep
from workshop.live import parts
from workshop.permissions import May
from workshop.queries import rooms
from workshop.web import cookies, language
from workshop.web.door import A_MINUTE, door_behind
from workshop.web.guards import needs
from workshop.web.presence import numbers_of

bp = Blueprint("screen", __name__)


@bp.get("/s/<token>")
@needs(May.VISIT)
def come_in(token: str) -> ResponseReturnValue:
    """The projector's link; a door for phones does not open the screen."""
    upkeep.check("codes", request.remote_addr or "", A_MINUTE, "WRONG_CODES_PER_ADDRESS")
    door = door_behind(token)
    workshop = rooms.workshop(door.workshop_id) if door and door.purpose == "screen" else None
    if workshop is None:
        upkeep.fail("codes", request.remote_addr or "", A_MINUTE)
        return render_template("screen/old_link.html"), 404
    response: Response = redirect(url_for("screen.show", workshop_id=workshop.id), 303)  # type: ignore[assignment]
    cookies.put(response, "screen", workshop.id, cookies.screen_pass(workshop))
    return response


@bp.get("/w/<workshop_id>/screen")
@needs(May.WATCH)
def show(workshop: Any) -> ResponseReturnValue:
    part = parts.render(workshop.id, "screen", language.code())
    return render_template("screen/show.html", workshop=workshop, part=part)


@bp.get("/w/<workshop_id>/numbers")
@needs(May.FOLLOW)
def numbers(workshop: Any) -> ResponseReturnValue:
    """How many are in, and how many have chosen: what moves too often for the live channel, and says nothing else."""
    return jsonify(numbers_of(workshop))
