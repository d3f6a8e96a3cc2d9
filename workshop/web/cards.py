"""One-time cards: a sheet to print, the way in with one, and what stands there where a card is needed or was used."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import NumberRange

from workshop import receipts
from workshop.commands import cards
from workshop.extensions import keys, setting
from workshop.forms import Form, WholeNumber
from workshop.keys import tidy_code
from workshop.models.columns import new_id
from workshop.permissions import May
from workshop.queries import cards as printed
from workshop.queries import rooms
from workshop.web import cookies, door
from workshop.web.guards import needs
from workshop.web.no_door import CardNeeded, NoDoor

bp = Blueprint("cards", __name__)
AS_MANY = _l("Write a number from 0 to %(most)s.", most=cards.MOST)


class CardCode(Form):
    code = StringField(_l("The code on your card"))


class Sheet(Form):
    """How many cards for each side. `sheet` is the secret number of this sheet, which nobody else has."""

    sheet = HiddenField()
    lived = WholeNumber(_l("For people with lived experience"), [NumberRange(0, cards.MOST, AS_MANY)])
    service = WholeNumber(_l("For people of the service"), [NumberRange(0, cards.MOST, AS_MANY)])


@bp.get("/w/<workshop_id>/console/cards")
@needs(May.FACILITATE)
def manage(workshop: Any) -> ResponseReturnValue:
    form = Sheet(data={"sheet": new_id(), "lived": 20, "service": 10})
    return render_template("console/cards.html", workshop=workshop, form=form, tally=printed.tally(workshop.id))


@bp.post("/w/<workshop_id>/console/cards")
@needs(May.FACILITATE)
def make(workshop: Any) -> ResponseReturnValue:
    """The sheet itself: it is shown once, for the codes are kept nowhere."""
    form = Sheet()
    if not form.validate():
        return render_template(
            "console/cards.html", workshop=workshop, form=form, tally=printed.tally(workshop.id)
        ), 422
    numbers = {"lived": form.lived.data or 0, "service": form.service.data or 0}
    made = cards.make(workshop, form.sheet.data or new_id(), numbers)
    return render_template("console/card_sheet.html", workshop=workshop, cards=made, base=setting("BASE_URL"))


@bp.post("/w/<workshop_id>/console/cards/only/<answer>")
@needs(May.FACILITATE)
def only(workshop: Any, answer: str) -> ResponseReturnValue:
    cards.only_with_a_card(workshop.id, yes=answer == "yes")
    flash(_("From now on people come in with a card.") if answer == "yes" else _("The code on the screen is enough."))
    return redirect(url_for("cards.manage", workshop_id=workshop.id), 303)


@bp.get("/c/<code>")
@needs(May.VISIT)
def welcome(code: str) -> ResponseReturnValue:
    """Screen 1, as behind every door. Opening the link uses nothing up."""
    workshop, card = _behind(code)
    if cookies.seat(workshop.id):
        return redirect(url_for("phone.now", workshop_id=workshop.id), 303)
    if card.used:
        return _was_used(workshop, card)
    form = door.ComeIn(key=receipts.new_key())
    stated, to = rooms.statements(workshop.id), url_for("cards.come_in", code=code)
    return render_template("phone/welcome.html", form=form, workshop=workshop, stated=stated, to=to)


@bp.post("/c/<code>")
@needs(May.VISIT)
def come_in(code: str) -> ResponseReturnValue:
    """In, once. The same phone with the same key is the same person, however often it taps."""
    workshop, card = _behind(code)
    if cookies.seat(workshop.id):
        return redirect(url_for("phone.now", workshop_id=workshop.id), 303)
    try:
        return door.let_in(workshop, card.side, request.form.get("key", ""), card.seal)
    except cards.CardUsed:
        return _was_used(workshop, card)


@bp.app_errorhandler(CardNeeded)
def on_card_needed(_error: CardNeeded) -> ResponseReturnValue:
    return render_template("phone/card_needed.html", form=CardCode()), 403


def _behind(code: str) -> tuple[Any, Any]:
    card = printed.behind(list(keys.seals("card", tidy_code(code))))
    workshop = rooms.workshop(card.workshop_id) if card else None
    if card is None or workshop is None:
        door.nothing_there()
    if workshop.doors_locked and not cookies.seat(workshop.id):
        raise NoDoor
    return workshop, card


def _was_used(workshop: Any, card: Any) -> ResponseReturnValue:
    cards.note_refusal(workshop.id, card.seal)
    return render_template("phone/card_used.html", workshop=workshop), 409
