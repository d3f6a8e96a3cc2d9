"""A device becomes a shared tablet of the room with one tap, and is none any more with another."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from workshop.permissions import May
from workshop.web import cookies
from workshop.web.account_forms import Nothing
from workshop.web.door import behind
from workshop.web.guards import needs
from workshop.web.passing_on import pass_on

bp = Blueprint("tablet", __name__)


@bp.get("/j/<token>/tablet")
@needs(May.VISIT)
def ask(token: str) -> ResponseReturnValue:
    """What a shared tablet does. Opening the link changes nothing."""
    workshop, _door = behind(token)
    is_one = cookies.tablet(workshop.id) is not None
    return render_template("phone/tablet.html", form=Nothing(), workshop=workshop, token=token, is_one=is_one)


@bp.post("/j/<token>/tablet")
@needs(May.VISIT)
def make(token: str) -> ResponseReturnValue:
    """From now on it forgets each person by itself; or, with `none`, it is an ordinary device again."""
    workshop, _door = behind(token)
    response = redirect(url_for("door.welcome", token=token), 303)
    if request.form.get("go") == "none":
        cookies.remove(response, "tablet", workshop.id)
    else:
        cookies.put(response, "tablet", workshop.id, token)
    return response


@bp.get("/w/<workshop_id>/left-alone")
@needs(May.TAKE_PART)
def left_alone(workshop: Any) -> ResponseReturnValue:
    """A tablet without script was left alone: its page asks for this address, with the token of its forms."""
    if cookies.tablet(workshop.id) and _is_ours(request.args.get("token")):
        return pass_on(workshop)
    return redirect(url_for("phone.now", workshop_id=workshop.id), 303)


def _is_ours(token: str | None) -> bool:
    """Only our own page may ask it: a link of somebody else's puts nobody out."""
    try:
        validate_csrf(token)
    except ValidationError:
        return False
    return True
