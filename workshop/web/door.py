"""Coming in: a code or a QR code, the language and what this is, your role; then the first question."""

from datetime import timedelta
from typing import Any, NoReturn

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, StringField

from workshop import receipts
from workshop.commands import taking_part, upkeep
from workshop.commands.running import door_token
from workshop.extensions import keys
from workshop.forms import Form, required
from workshop.keys import CARD_LENGTH, tidy_code
from workshop.permissions import May
from workshop.queries import rooms
from workshop.web import cookies, language, rules
from workshop.web.guards import needs
from workshop.web.no_door import CardNeeded, NoDoor
from workshop.web.passing_on import pass_on

bp = Blueprint("door", __name__)

TEN_MINUTES, A_MINUTE = timedelta(minutes=10), timedelta(minutes=1)


class CodeForm(Form):
    code = StringField(_l("The code on the screen"), [required(_l("Please type the code from the screen."))])


class ComeIn(Form):
    key = HiddenField()


class RoleForm(Form):
    role = RadioField(_l("Who are you here?"), choices=[], validate_choice=False)


@bp.get("/")
@needs(May.VISIT)
def start() -> ResponseReturnValue:
    return render_template("phone/start.html", form=CodeForm())


@bp.get("/join")
@needs(May.VISIT)
def ask_code() -> ResponseReturnValue:
    return render_template("phone/code.html", form=CodeForm())


@bp.post("/join")
@needs(May.VISIT)
def try_code() -> ResponseReturnValue:
    form = CodeForm()
    _refuse_guessing()
    code = tidy_code(form.code.data or "")
    if len(code) == CARD_LENGTH:
        return redirect(url_for("cards.welcome", code=code), 303)
    door = rooms.behind_code(code) if form.validate() else None
    workshop = rooms.workshop(door.workshop_id) if door else None
    if door is not None and workshop is not None and not workshop.doors_locked:
        return redirect(url_for("door.welcome", token=door_token(workshop.id, workshop.generation, door.purpose)), 303)
    if not form.errors:
        _count_guess()
        form.code.errors = [_("This code opens nothing now. Look at the screen, or ask the facilitator.")]
    return render_template("phone/code.html", form=form), 422


@bp.get("/j/<token>")
@needs(May.VISIT)
def welcome(token: str) -> ResponseReturnValue:
    """Screen 1: the language, what this is and who sees it. Opening the link changes nothing."""
    workshop, _door = behind(token)
    if cookies.seat_token(workshop.id) and _seat(workshop):
        return redirect(url_for("phone.now", workshop_id=workshop.id), 303)
    _refuse_without_card(workshop)
    form = ComeIn(key=receipts.new_key())
    stated, to = rooms.statements(workshop.id), url_for("door.come_in", token=token)
    return render_template("phone/welcome.html", form=form, workshop=workshop, stated=stated, to=to)


@bp.post("/j/<token>")
@needs(May.VISIT)
def come_in(token: str) -> ResponseReturnValue:
    """In. The phone keeps the token of its seat and the key of its receipt; we keep seals."""
    workshop, door = behind(token)
    if _seat(workshop):
        return redirect(url_for("phone.now", workshop_id=workshop.id), 303)
    _refuse_without_card(workshop)
    return let_in(workshop, door.purpose, request.form.get("key", ""))


def let_in(workshop: Any, side: str, key: str, card: str = "") -> Response:
    """A seat for this phone, by the door of a side or by a card; CardUsed where somebody came in with it before."""
    upkeep.spend("joins", request.remote_addr or "", TEN_MINUTES, "JOINS_PER_ADDRESS")
    key = key if receipts.is_key(key) and receipts.is_gentle(key) else receipts.new_key()
    words = language.code(), _channel(workshop), card
    try:
        _person, seat_token = taking_part.join(workshop, side, key, *words)
    except taking_part.NotYours:  # a page from long ago, whose receipt is another person's by now
        key = receipts.new_key()
        _person, seat_token = taking_part.join(workshop, side, key, *words)
    response = redirect(url_for("door.ask_role", workshop_id=workshop.id), 303)
    return seated(response, workshop.id, seat_token, key)


@bp.get("/w/<workshop_id>/role")
@needs(May.TAKE_PART)
def ask_role(workshop: Any, seat: Any) -> ResponseReturnValue:
    """Screen 2: your role. Once all is over, the role that somebody had stays."""
    if workshop.state == "closed":
        return redirect(url_for("phone.now", workshop_id=workshop.id), 303)
    form = RoleForm(data={"role": seat.role})
    words = {"roles": _roles(workshop, seat), **rules.shown(workshop, seat)}
    return render_template("phone/role.html", form=form, workshop=workshop, **words)


@bp.post("/w/<workshop_id>/role")
@needs(May.TAKE_PART)
def choose_role(workshop: Any, seat: Any) -> ResponseReturnValue:
    if workshop.state != "closed":
        taking_part.choose_role(workshop, seat, RoleForm().role.data or None)
        rules.heed(workshop, seat)
    return redirect(url_for("phone.now", workshop_id=workshop.id), 303)


@bp.post("/w/<workshop_id>/next-person")
@needs(May.TAKE_PART)
def next_person(workshop: Any) -> ResponseReturnValue:
    """A shared tablet forgets who used it; what they gave stays theirs, with their receipt."""
    return pass_on(workshop)


@bp.get("/w/<workshop_id>/gone")
@needs(May.VISIT)
def gone(workshop: Any) -> ResponseReturnValue:
    return render_template("phone/gone.html", workshop=workshop)


def seated(response: Response, workshop_id: str, seat_token: str, key: str | None) -> Response:
    """This phone now acts for the person. Without their key it shows no receipt: the one before may be another's."""
    cookies.put(response, "seat", workshop_id, seat_token)
    if key:
        cookies.put(response, "receipt", workshop_id, key)
    else:
        cookies.remove(response, "receipt", workshop_id)
    return response


def door_behind(token: str) -> Any:
    """The door that a link opens, under whichever key that is still believed; None for any other link."""
    return next(filter(None, map(rooms.behind_door, keys.seals("door", token))), None)


def behind(token: str) -> tuple[Any, Any]:
    """The workshop behind a link. Wrong, old and locked ones look the same, and take as long."""
    door = door_behind(token)
    workshop = rooms.workshop(door.workshop_id) if door else None
    if door is None or workshop is None or door.purpose == "screen":
        nothing_there()
    if workshop.doors_locked and not _seat(workshop):
        raise NoDoor
    g.workshop = workshop  # its name, and whether it is an example, stand on the first page too
    return workshop, door


def nothing_there() -> NoReturn:
    """A wrong or old link: whoever tries many is refused for a while."""
    _refuse_guessing()
    _count_guess()
    raise NoDoor


def _refuse_without_card(workshop: Any) -> None:
    if workshop.settings.get("cards_only"):
        raise CardNeeded


def _channel(workshop: Any) -> str:
    return "tablet" if cookies.tablet(workshop.id) else "phone"


def _seat(workshop: Any) -> Any:
    return cookies.seat(workshop.id)


def _roles(workshop: Any, seat: Any) -> list[dict[str, str]]:
    """The side that the door is for comes first."""
    return sorted(workshop.roles, key=lambda role: (role["side"] == "service") != (seat.door == "service"))


def _refuse_guessing() -> None:
    if phone := _phone():
        upkeep.check("codes", phone, TEN_MINUTES, "WRONG_CODES_PER_PHONE")
    upkeep.check("codes", request.remote_addr or "", A_MINUTE, "WRONG_CODES_PER_ADDRESS")
    upkeep.check("codes", "all", A_MINUTE, "WRONG_CODES_IN_ALL")


def _count_guess() -> None:
    if phone := _phone():
        upkeep.fail("codes", phone, TEN_MINUTES)
    upkeep.fail("codes", request.remote_addr or "", A_MINUTE)
    upkeep.fail("codes", "all", A_MINUTE)


def _phone() -> str | None:
    """This browser, by the secret of its forms. One that drops its cookies is counted by its address all the same."""
    secret = cookies.signed().get("csrf_token")
    return f"phone {secret}" if secret else None
