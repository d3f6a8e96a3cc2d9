"""My words: everything I gave, who sees it, what was changed in it; lower, raise, correct, take back. With the
receipt, from any phone."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField

from workshop import receipts
from workshop.activities import Step, kind_of
from workshop.commands import objecting, seeing_otherwise, taking_part, upkeep
from workshop.commands import worries as worry_commands
from workshop.consent import Viewer, may_be_public, may_see
from workshop.forms import Choice, Form, invented, no_longer_than, required
from workshop.ladder import LADDER, ONLY_ME
from workshop.models import Gravity
from workshop.models.columns import now
from workshop.permissions import May
from workshop.protecting.difference import differences
from workshop.queries import contributions, merges, rooms, threads, worries
from workshop.web import confirming, cookies, door, intact
from workshop.web.errors import wants_data
from workshop.web.guards import needs
from workshop.web.phone import receipt_words
from workshop.web.walk import sending_id

bp = Blueprint("words", __name__)

TEN_MINUTES = timedelta(minutes=10)
FORGET = "forget-the-one-before"


class LevelForm(Form):
    level = RadioField(
        _l("Who may see this?"), coerce=int, choices=[Choice(r.level, r.title) for r in (ONLY_ME, *LADDER)]
    )
    display_name = StringField(_l("A name you choose"), [no_longer_than(60), invented])


class CorrectForm(Form):
    text = TextAreaField(_l("Your words"), [required(_l("Please write something first.")), no_longer_than(10_000)])
    helped = TextAreaField(_l("What would have helped?"), [no_longer_than(10_000)])


class ReceiptForm(Form):
    said = StringField(_l("Your six words, or your twenty digits"), [required(_l("Please write the words here."))])


class WorryForm(Form):
    note = TextAreaField(_l("What worries you?"), [no_longer_than(1000)])


@bp.get("/w/<workshop_id>/my-words")
@needs(May.TAKE_PART)
def mine(workshop: Any, seat: Any) -> ResponseReturnValue:
    given, wipe = contributions.given_by(seat.id), cookies.signed().pop(FORGET, False)
    words = {"given": given, "wipe": wipe, "asked": merges.waiting_for(given), **receipt_words(workshop.id)}
    return render_template("phone/my_words.html", workshop=workshop, **words)


@bp.get("/w/<workshop_id>/words/<contribution_id>")
@needs(May.OWN)
def one(workshop: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    """One thing I gave: its words, who sees it, who read it, what was changed."""
    return _one(workshop, contribution, seat, _level_form(contribution))


def _level_form(contribution: Any) -> LevelForm:
    return LevelForm(data={"level": contribution.level, "display_name": contribution.display_name})


def _one(workshop: Any, contribution: Any, seat: Any, form: LevelForm) -> str:
    said = contributions.as_seen_by_teller(contribution.id, seat.id)
    return render_template(
        "phone/words.html",
        workshop=workshop,
        said=said,
        contribution=contribution,
        edits=contributions.edits(contribution.id),
        seen=contributions.seen_by(contribution.id),
        thread=threads.thread(contribution),
        form=form,
        ladder=(ONLY_ME, *LADDER),
        may_be_public=may_be_public(contribution, now()),
        understood=confirming.understood(contribution),
        one_idea=merges.question(contribution),
        differences=differences,
        stated=rooms.statements(workshop.id),
        **_looked_after(workshop, contribution),
    )


def _looked_after(workshop: Any, contribution: Any) -> dict[str, Any]:
    """Whether the teller may ask for a second person, what that person said, and where to find help or complain."""
    decided, flag = worries.decision(contribution.id), worries.open_about(contribution.id)
    return {
        "may_object": worries.may_object(contribution.id),
        "has_others": decided is not None and worries.has_others(workshop.organisation_id, decided.user_id),
        "objection": worries.objection(contribution.id),
        "is_complaint": flag is not None and flag.gravity == Gravity.PRACTICE,
        "offers_help": flag is not None and flag.origin == "words",
    }


@bp.post("/w/<workshop_id>/words/<contribution_id>/level")
@needs(May.OWN)
def set_level(workshop: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    form = LevelForm()
    if not form.validate():
        return _one(workshop, contribution, seat, form), 422
    taking_part.set_level(contribution, form.level.data, form.display_name.data)
    return back_to_words(contribution)


@bp.post("/w/<workshop_id>/words/<contribution_id>/public")
@needs(May.OWN)
def say_yes_to_public(workshop: Any, contribution: Any) -> ResponseReturnValue:
    if may_be_public(contribution, now()):
        taking_part.say_yes_to_public(contribution)
    return back_to_words(contribution)


@bp.get("/w/<workshop_id>/words/<contribution_id>/correct")
@needs(May.OWN)
def ask_correction(workshop: Any, contribution: Any) -> ResponseReturnValue:
    form = CorrectForm(data={"text": contribution.text, "helped": contribution.more.get("helped")})
    return render_template("phone/correct.html", workshop=workshop, contribution=contribution, form=form)


@bp.post("/w/<workshop_id>/words/<contribution_id>/correct")
@needs(May.OWN)
def correct(workshop: Any, contribution: Any) -> ResponseReturnValue:
    form = CorrectForm()
    if not form.validate():
        return render_template("phone/correct.html", workshop=workshop, contribution=contribution, form=form), 422
    more = {"helped": form.helped.data or ""} if "helped" in request.form else {}
    taking_part.correct(contribution, form.text.data or "", more)
    return back_to_words(contribution)


@bp.get("/w/<workshop_id>/words/<contribution_id>/reading")
@needs(May.OWN)
def ask_reading(workshop: Any, contribution: Any) -> ResponseReturnValue:
    """How I see my own story, to change it."""
    return _reading_page(workshop, contribution, *_reading(workshop, contribution))


@bp.post("/w/<workshop_id>/words/<contribution_id>/reading")
@needs(May.OWN)
def read_again(workshop: Any, contribution: Any) -> ResponseReturnValue:
    form, steps = _reading(workshop, contribution)
    if not form.validate():
        return _reading_page(workshop, contribution, form, steps), 422
    asked = [name for step in steps for name in step.fields]
    seeing_otherwise.read_again(contribution, {name: str(form[name].data or "") for name in asked})
    return back_to_words(contribution)


def _reading(workshop: Any, contribution: Any) -> tuple[Form, list[Step]]:
    activity = rooms.activity(contribution.activity_id, workshop.id)
    return kind_of(activity).reading_form(activity, contribution.more)


def _reading_page(workshop: Any, contribution: Any, form: Form, steps: list[Step]) -> str:
    activity = rooms.activity(contribution.activity_id, workshop.id)
    words = kind_of(activity).phone(activity, None)
    where = {"workshop": workshop, "contribution": contribution, "activity": activity}
    return render_template("phone/reading.html", **words, **where, form=form, steps=steps)


@bp.post("/w/<workshop_id>/words/<contribution_id>/edits/<edit_id>")
@needs(May.OWN)
def answer_edit(workshop: Any, contribution: Any, edit_id: str) -> ResponseReturnValue:
    """Yes or no to a facilitator's change of my words."""
    say = objecting.accept_edit if request.form.get("answer") == "yes" else objecting.refuse_edit
    say(contribution, edit_id)
    return back_to_words(contribution)


@bp.post("/w/<workshop_id>/words/<contribution_id>/take-back")
@needs(May.OWN)
def take_back(workshop: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    """One tap: gone."""
    taking_part.take_back(contribution.id, participant_id=seat.id)
    return redirect(url_for("words.taken_back", workshop_id=workshop.id), 303)


@bp.post("/w/<workshop_id>/take-back")
@needs(May.TAKE_PART)
def take_back_by_id(workshop: Any, seat: Any) -> ResponseReturnValue:
    """My own words, or those that may never have arrived, by their own secret: whatever a phone resends, they stay
    taken back. Asked twice it is done once."""
    if contribution_id := sending_id(request.form.get("id", "")):
        secret = request.form.get("secret", "")
        taking_part.take_back(contribution_id, participant_id=seat.id, secret=secret)
    following = url_for("words.taken_back", workshop_id=workshop.id)
    return intact.safe(request.form.get("id", ""), following) if wants_data() else redirect(following, 303)


@bp.get("/w/<workshop_id>/taken-back")
@needs(May.TAKE_PART)
def taken_back(workshop: Any) -> ResponseReturnValue:
    return render_template("phone/taken_back.html", workshop=workshop)


@bp.get("/w/<workshop_id>/words/<contribution_id>/worry")
@needs(May.TAKE_PART)
def ask_worry(workshop: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    _must_be_visible(contribution, seat)
    return render_template("phone/worry.html", workshop=workshop, contribution=contribution, form=WorryForm())


@bp.post("/w/<workshop_id>/words/<contribution_id>/worry")
@needs(May.TAKE_PART)
def worry(workshop: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    """Hold these words, and show whom to call, full screen."""
    _must_be_visible(contribution, seat)
    worry_commands.worry(contribution, WorryForm().note.data or "")
    return render_template("phone/safeguarding.html", workshop=workshop, stated=rooms.statements(workshop.id))


@bp.get("/receipt")
@needs(May.VISIT)
def ask_receipt() -> ResponseReturnValue:
    return render_template("phone/ask_receipt.html", form=ReceiptForm())


@bp.post("/receipt")
@needs(May.VISIT)
def say_receipt() -> ResponseReturnValue:
    """Six words or twenty digits, as somebody wrote them down or was told them."""
    form = ReceiptForm()
    said = receipts.heard(form.said.data or "") if form.validate() else None
    if said:
        return _open(said, None, form)
    if not form.errors:
        form.said.errors = [_("These are not six words or twenty digits. Please look again.")]
    return render_template("phone/ask_receipt.html", form=form), 422


@bp.get("/r/<key>")
@needs(May.VISIT)
def receipt(key: str) -> ResponseReturnValue:
    """Opening the link changes nothing; the button does."""
    return render_template("phone/receipt.html", key=key)


@bp.post("/r/<key>")
@needs(May.VISIT)
def open_receipt(key: str) -> ResponseReturnValue:
    return _open(key, key, ReceiptForm(formdata=None))


@bp.post("/w/<workshop_id>/new-receipt")
@needs(May.TAKE_PART)
def replace_receipt(workshop: Any, seat: Any) -> ResponseReturnValue:
    """The old receipt opens nothing any more, and other phones are out."""
    key = receipts.new_key()
    token = taking_part.replace_receipt(seat, key)
    return door.seated(redirect(url_for("words.mine", workshop_id=workshop.id), 303), workshop.id, token, key)


def _open(said: str, key: str | None, form: ReceiptForm) -> ResponseReturnValue:
    who = request.remote_addr or ""
    upkeep.check("receipts", who, TEN_MINUTES, "WRONG_RECEIPTS_PER_ADDRESS")
    opened = taking_part.open_receipt(said)
    if opened is None:
        upkeep.fail("receipts", who, TEN_MINUTES)
        form.said.errors = [_("This receipt opens nothing. It may have been replaced by a new one.")]
        return render_template("phone/ask_receipt.html", form=form), 404
    workshop_id, person_id, token = opened
    response = redirect(url_for("words.mine", workshop_id=workshop_id), 303)
    if _was_somebody_elses(workshop_id, person_id):
        cookies.signed()[FORGET] = True
    return door.seated(response, workshop_id, token, key)


def _was_somebody_elses(workshop_id: str, person_id: str) -> bool:
    """Did this tablet act for another person until now? Their drafts and choices are not for this one."""
    seat = cookies.seat(workshop_id)
    return seat is not None and bool(seat.id != person_id)


def _must_be_visible(contribution: Any, seat: Any) -> None:
    """Nobody can worry about words that they cannot see, or learn that they exist."""
    if contribution.participant_id != seat.id and not may_see(contribution, Viewer.ROOM):
        abort(404)


def back_to_words(contribution: Any) -> ResponseReturnValue:
    where = {"workshop_id": contribution.workshop_id, "contribution_id": contribution.id}
    return redirect(url_for("words.one", **where), 303)
