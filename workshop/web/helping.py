"""«I am helping someone»: a phone gives the words of a person who sits beside it, and keeps nothing of them.

The person is somebody of their own, with a receipt of their own. Who that is lies in this phone's signed cookie until
the receipt is handed over: no address names them, so nobody else can write for them. Choices are not given for others
here: one person, one ballot. Only what script does not touch is sent, so that no draft and no outbox holds a copy.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from workshop import receipts
from workshop.activities import Gift, kind_of
from workshop.commands.helping import bring_in_beside
from workshop.forms import Choice
from workshop.permissions import May
from workshop.queries import rooms
from workshop.web import beside, language, media, rules
from workshop.web.guards import needs
from workshop.web.helping_forms import BesideForm, BesideReadBack
from workshop.web.phone import receipt_card
from workshop.web.walk import Walk

bp = Blueprint("helping", __name__)

ORDER = ("whose", "way", "relation")  # what is asked after the words, one question a page; then they are read back


@bp.get("/w/<workshop_id>/helping")
@needs(May.TAKE_PART)
def ask_who(workshop: Any, seat: Any) -> ResponseReturnValue:
    if rules.owed(workshop, seat):
        return redirect(url_for("rules.read", workshop_id=workshop.id), 303)
    return _who_page(workshop, _who_form(workshop, key=receipts.new_key(), activity=request.args.get("question", "")))


@bp.post("/w/<workshop_id>/helping")
@needs(May.TAKE_PART)
def bring(workshop: Any, seat: Any) -> ResponseReturnValue:
    """Somebody is in, beside this phone; the first question follows."""
    form = _who_form(workshop)
    key = form.key.data or ""
    if not form.validate() or not receipts.is_key(key):
        return _who_page(workshop, form), 422
    person_id = bring_in_beside(workshop, key, form.role.data or None, language.code(), seat)
    beside.remember(workshop, person_id, key)
    return _to("helping.question", workshop, activity_id=form.activity.data)


@bp.get("/w/<workshop_id>/helping/<activity_id>")
@needs(May.TAKE_PART)
def question(workshop: Any, activity: Any) -> ResponseReturnValue:
    person = beside.person(workshop)
    if person is None or not _takes_words(activity):
        return _to("helping.ask_who", workshop)
    return _page(workshop, Walk.of(activity, person))


@bp.post("/w/<workshop_id>/helping/<activity_id>")
@needs(May.TAKE_PART)
def answer(workshop: Any, activity: Any) -> ResponseReturnValue:
    """A step, or the sending: kept like everybody's words, with who helped and how."""
    person = beside.person(workshop)
    if person is None or not _takes_words(activity, late=True):
        return _to("helping.ask_who", workshop)
    walk, checked = Walk.of(activity, person), BesideReadBack()
    if walk.kind.takes_media:
        media.take(walk.form, walk.seat)
    if not walk.move():
        return _page(workshop, walk, checked)
    if not checked.validate():
        walk.at = len(walk.steps) + len(ORDER)
        return _page(workshop, walk, checked)
    walk.kind.save(activity, person, walk.form, _gift(walk, checked))
    return _to("helping.receipt", workshop)


@bp.get("/w/<workshop_id>/helping/receipt")
@needs(May.TAKE_PART)
def receipt(workshop: Any) -> ResponseReturnValue:
    """The receipt to hand over: shown until this phone is told that they have it."""
    person = beside.person(workshop)
    card = receipt_card(beside.key()) if person is not None else None
    return render_template("phone/helping_receipt.html", workshop=workshop, receipt=card)


@bp.post("/w/<workshop_id>/helping/handed-over")
@needs(May.TAKE_PART)
def handed_over(workshop: Any) -> ResponseReturnValue:
    """The person has the receipt; this phone forgets them."""
    beside.forget()
    return redirect(url_for("phone.now", workshop_id=workshop.id), 303)


def _takes_words(activity: Any, *, late: bool = False) -> bool:
    """Open for everybody's words; while somebody writes it may close, and what they wrote is kept and marked late."""
    states = ("open", "grace", "closed") if late else ("open",)
    return kind_of(activity).tells and activity.gives == "contributions" and activity.state in states


def _gift(walk: Walk, checked: BesideReadBack) -> Gift:
    gift = walk.gift(language.code())
    told = {name: checked[name].data for name in ("relation", "way", "whose")}
    helped = {"how": "helper", "by": "helper", "agreed": True, "read_back": True, **told}
    return replace(gift, helped=helped, consent={**gift.consent, "how": "helper"})


def _who_form(workshop: Any, **given: str) -> BesideForm:
    """Who works for the service comes in by their own door: here are the other roles."""
    form = BesideForm(data=given or None)
    asked = [row for row in rooms.open_now(workshop.id) if _takes_words(row)]
    form.activity.choices = [Choice(row.id, row.title) for row in asked]
    if len(asked) == 1:
        form.activity.data = asked[0].id
    form.is_about_one = form.activity.data in {row.id for row in asked}
    roles = [Choice(role["name"], role["name"]) for role in workshop.roles if role["side"] != "service"]
    form.role.choices = [*roles, Choice("", _l("They prefer not to say"))]
    return form


def _who_page(workshop: Any, form: BesideForm) -> str:
    return render_template("phone/helping_who.html", workshop=workshop, form=form)


def _page(workshop: Any, walk: Walk, checked: BesideReadBack | None = None) -> ResponseReturnValue:
    walk.shown_errors()
    checked = checked or BesideReadBack(formdata=None)
    status = 422 if request.method == "POST" and (walk.form.errors or checked.errors) else 200
    words = walk.kind.phone(walk.activity, walk.seat)
    page = {"workshop": workshop, "walk": walk, "activity": walk.activity, "checked": checked, "order": ORDER}
    return render_template("phone/helping_step.html", **words, **page), status


def _to(endpoint: str, workshop: Any, **where: Any) -> ResponseReturnValue:
    return redirect(url_for(endpoint, workshop_id=workshop.id, **where), 303)
