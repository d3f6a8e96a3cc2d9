"""Add for somebody: a story, card or ballot of a person who cannot or will not use a phone, and their receipt.

The questions are the phone's own. The key of the receipt waits in the facilitator's signed cookie until handed over.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from workshop import receipts
from workshop.activities import Gift
from workshop.commands.helping import CHANNELS, bring_in
from workshop.forms import Choice
from workshop.permissions import Actor, May
from workshop.queries import rooms
from workshop.web import cookies, language, media
from workshop.web.guards import needs
from workshop.web.helping_forms import ReadBack, WhoForm
from workshop.web.phone import receipt_card
from workshop.web.walk import Walk

bp = Blueprint("adding", __name__)

HANDING_OVER = "handing-over"


@bp.get("/w/<workshop_id>/console/add")
@needs(May.FACILITATE)
def ask_who(workshop: Any) -> ResponseReturnValue:
    return _who_page(workshop, _who_form(workshop, key=receipts.new_key()))


@bp.post("/w/<workshop_id>/console/add")
@needs(May.FACILITATE)
def bring(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Somebody is in; the first question follows."""
    form = _who_form(workshop)
    key = form.key.data or ""
    if not form.validate() or not receipts.is_key(key):
        return _who_page(workshop, form), 422
    words = form.role.data or None, form.channel.data, language.code(), str(actor.user_id)
    person_id = bring_in(workshop, key, *words)
    cookies.signed()[HANDING_OVER] = [person_id, key]
    return _to("adding.question", workshop, person_id, activity_id=form.activity.data)


@bp.get("/w/<workshop_id>/console/add/<participant_id>/<activity_id>")
@needs(May.FACILITATE)
def question(workshop: Any, activity: Any, participant_id: str) -> ResponseReturnValue:
    walk = Walk.of(activity, _helped(workshop, participant_id))
    return _page(workshop, walk) if walk.steps else abort(404)


@bp.post("/w/<workshop_id>/console/add/<participant_id>/<activity_id>")
@needs(May.FACILITATE)
def answer(workshop: Any, activity: Any, participant_id: str) -> ResponseReturnValue:
    """A step, or the sending: kept like everybody's words, with how it came to us."""
    walk = Walk.of(activity, _helped(workshop, participant_id))
    if walk.kind.takes_media:
        media.take(walk.form, walk.seat)
    if not walk.move():
        return _page(workshop, walk)
    checked = ReadBack()
    if not walk.kind.one_by_one and not checked.validate():
        walk.at = len(walk.steps)
        return _page(workshop, walk, checked)
    walk.kind.save(activity, walk.seat, walk.form, _gift(walk, checked))
    if walk.kind.one_by_one and not walk.kind.is_done(activity, walk.seat):
        return _to("adding.question", workshop, participant_id, activity_id=activity.id)
    return _to("adding.receipt", workshop, participant_id)


@bp.get("/w/<workshop_id>/console/add/<participant_id>/receipt")
@needs(May.FACILITATE)
def receipt(workshop: Any, participant_id: str) -> ResponseReturnValue:
    """The receipt to hand over, and what else this person may want to answer."""
    seat = _helped(workshop, participant_id)
    kept_for, key = cookies.signed().get(HANDING_OVER, (None, ""))
    card = receipt_card(key) if kept_for == participant_id else None
    asked = _askable(workshop)
    return render_template("console/add_receipt.html", workshop=workshop, seat=seat, receipt=card, asked=asked)


@bp.post("/w/<workshop_id>/console/add/<participant_id>/handed-over")
@needs(May.FACILITATE)
def handed_over(workshop: Any, participant_id: str) -> ResponseReturnValue:
    """The person has the receipt; this browser forgets its key."""
    cookies.signed().pop(HANDING_OVER, None)
    return redirect(url_for("console.room", workshop_id=workshop.id), 303)


def _helped(workshop: Any, participant_id: str) -> Any:
    """Somebody who was brought in here; nobody writes for a person who has a phone."""
    seat = rooms.person(participant_id, workshop.id)
    return seat if seat is not None and seat.channel in CHANNELS else abort(404)


def _gift(walk: Walk, checked: ReadBack) -> Gift:
    gift, how = walk.gift(language.code()), walk.seat.channel
    helped = {"how": how, "by": "facilitator", "agreed": True, "read_back": not walk.kind.one_by_one}
    if walk.kind.tells and how == "helper":
        helped |= {name: checked[name].data for name in ("relation", "way", "whose")}
    return replace(gift, helped=helped, consent={**gift.consent, "how": how})


def _who_form(workshop: Any, **given: str) -> WhoForm:
    form = WhoForm(data=given or None)
    form.activity.choices = [Choice(row.id, row.title) for row in _askable(workshop)]
    roles = [Choice(role["name"], role["name"]) for role in workshop.roles]
    form.role.choices = [*roles, Choice("", _l("They prefer not to say"))]
    return form


def _askable(workshop: Any) -> list[Any]:
    """Open questions; and stories and cards that were on before, which are kept and marked late."""
    late = ("closed", "contributions")
    agenda = [row for row in rooms.agenda(workshop.id) if row.gives != "nothing"]
    return [row for row in agenda if row.state == "open" or (row.state, row.gives) == late]


def _who_page(workshop: Any, form: WhoForm) -> str:
    return render_template("console/add_who.html", workshop=workshop, form=form)


def _page(workshop: Any, walk: Walk, checked: ReadBack | None = None) -> ResponseReturnValue:
    walk.shown_errors()
    checked = checked or ReadBack(formdata=None)
    status = 422 if request.method == "POST" and (walk.form.errors or checked.errors) else 200
    words = walk.kind.phone(walk.activity, walk.seat)
    page = {"workshop": workshop, "walk": walk, "activity": walk.activity, "checked": checked}
    return render_template("console/add_step.html", **words, **page), status


def _to(endpoint: str, workshop: Any, participant_id: str, **where: Any) -> ResponseReturnValue:
    return redirect(url_for(endpoint, workshop_id=workshop.id, participant_id=participant_id, **where), 303)
