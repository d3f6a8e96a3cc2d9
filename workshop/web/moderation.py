"""The queue: one contribution at a time, read (and the look noted), approved, edited, asked about, hidden, held."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from workshop.commands import moderating, running
from workshop.consent import Viewer, may_see
from workshop.forms import Form, no_longer_than, required
from workshop.live import console
from workshop.permissions import Actor, May
from workshop.queries import contributions, rooms
from workshop.web.guards import needs

bp = Blueprint("moderation", __name__)

WORDS = [required(_l("Please write something first.")), no_longer_than(10_000)]
NOTE = [required(_l("Please say it in a sentence; the teller reads it.")), no_longer_than(1000)]


class EditForm(Form):
    text = TextAreaField(_l("The words"), WORDS, description=_l("Change as little as you can. The original is kept."))
    why = StringField(_l("Why? The teller reads it."), [no_longer_than(200)])
    send = _l("Keep this change")

    def words(self) -> tuple[str, str]:
        return self.text.data or "", self.why.data or ""


class AskForm(Form):
    question = TextAreaField(_l("What do you want to ask the teller?"), NOTE)
    send = _l("Send the question")


class HideForm(Form):
    reason = TextAreaField(_l("Why is it hidden? The teller reads it."), NOTE)
    send = _l("Hide these words")


class WorryForm(Form):
    note = TextAreaField(_l("What worries you?"), [no_longer_than(1000)], description=_l("Only facilitators read it."))
    send = _l("Hold these words")


@bp.get("/w/<workshop_id>/console/front")
@needs(May.FACILITATE)
def front(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """The one to read now, for a console that is open already."""
    return jsonify(html=render_template("console/front.html", workshop=workshop, **front_words(workshop, actor)))


@bp.get("/w/<workshop_id>/console/words/<contribution_id>")
@needs(May.FACILITATE)
def words(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    return _page(workshop, contribution, actor)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/approve")
@needs(May.FACILITATE)
def approve(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """Approve exactly what was read; other words must be read first."""
    _must_be_readable(contribution)
    answer = {"yes": True, "no": False}.get(request.form.get("recognisable", ""))
    as_read = request.form.get("as_read", "")
    try:
        moderating.approve(contribution, str(actor.user_id), as_read=as_read, recognisable=answer)
    except moderating.Changed:
        return _page(workshop, contribution, actor, changed=True), 409
    except moderating.Unanswered:
        return _page(workshop, contribution, actor, unanswered=True), 422
    return _to_queue(workshop)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/edit")
@needs(May.FACILITATE)
def edit(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """The original is kept, and the teller reads the change and may refuse it."""
    _must_be_readable(contribution)
    form = EditForm()
    if not form.validate():
        return _page(workshop, contribution, actor, edit_form=form), 422
    try:
        moderating.edit(contribution, *form.words(), str(actor.user_id), as_read=request.form.get("as_read"))
    except moderating.Changed:
        return _page(workshop, contribution, actor, edit_form=form, changed=True), 409
    return _back_to(workshop, contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/ask")
@needs(May.FACILITATE)
def ask(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    _must_be_readable(contribution)
    form = AskForm()
    if not form.validate():
        return _page(workshop, contribution, actor, ask_form=form), 422
    moderating.ask(contribution, form.question.data or "", str(actor.user_id))
    return _to_queue(workshop)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/hide")
@needs(May.FACILITATE)
def hide(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    _must_be_readable(contribution)
    form = HideForm()
    if not form.validate():
        return _page(workshop, contribution, actor, hide_form=form), 422
    moderating.hide(contribution, form.reason.data or "", str(actor.user_id))
    return _to_queue(workshop)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/worry")
@needs(May.FACILITATE)
def worry(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """Hold these words, and show whom to call, full screen."""
    _must_be_readable(contribution)
    form = WorryForm()
    if not form.validate():
        return _page(workshop, contribution, actor, worry_form=form), 422
    moderating.worry(contribution, form.note.data or "", str(actor.user_id))
    return redirect(url_for("moderation.safeguarding", workshop_id=workshop.id, held=1), 303)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/settle")
@needs(May.FACILITATE)
def settle(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    _must_be_readable(contribution)
    moderating.settle_worry(contribution, str(actor.user_id))
    return _to_queue(workshop)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/spotlight")
@needs(May.FACILITATE)
def spotlight(workshop: Any, contribution: Any) -> ResponseReturnValue:
    """One voice on the whole screen; only what the room may see."""
    if not may_see(contribution, Viewer.ROOM):
        abort(404)
    where = {"contribution": contribution.id, "activity": contribution.activity_id}
    running.put_on_screen(workshop, "spotlight", **where)
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#stage", 303)


@bp.get("/w/<workshop_id>/console/said")
@needs(May.FACILITATE)
def said(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Everything approved, with its words; the rest only by kind, role and side."""
    shown = contributions.in_state(workshop.id, "shown")
    _note_look(workshop, actor, [each.id for each in shown])
    return render_template(
        "console/said.html",
        workshop=workshop,
        shown=shown,
        others=contributions.in_state(workshop.id, "hidden", "asked", "held"),
        titles=_titles(workshop),
    )


@bp.get("/w/<workshop_id>/console/safeguarding")
@needs(May.FACILITATE)
def safeguarding(workshop: Any) -> ResponseReturnValue:
    stated = rooms.statements(workshop.id)
    held = request.args.get("held") == "1"
    return render_template("console/safeguarding.html", workshop=workshop, stated=stated, held=held)


def front_words(workshop: Any, actor: Actor) -> dict[str, Any]:
    """What console/front.html needs for the one to read now; reading it leaves its trace."""
    following = console.first(contributions.queue(workshop.id))
    return _words_of(workshop, following.id, actor) if following else {"said": None}


def _words_of(workshop: Any, contribution_id: str, actor: Actor) -> dict[str, Any]:
    _note_look(workshop, actor, [contribution_id])
    said = contributions.seen_through(Viewer.FACILITATOR, contribution_id, workshop.id)
    if said is None:
        return {"said": None}
    return {
        "said": said,
        "tag": contributions.fingerprint(said),
        "title": _titles(workshop).get(said.activity_id, ""),
        "edits": contributions.edits(said.id),
        "worries": [each for each in contributions.open_worries(workshop.id) if each.contribution_id == said.id],
        "edit_form": EditForm(formdata=None, text=said.text),
        "ask_form": AskForm(formdata=None),
        "hide_form": HideForm(formdata=None),
        "worry_form": WorryForm(formdata=None),
    }


def _note_look(workshop: Any, actor: Actor, contribution_ids: list[str]) -> None:
    unseen = contributions.unseen_by(str(actor.user_id), contribution_ids)
    if unseen:
        moderating.note_seen(workshop, unseen, str(actor.user_id))


def _page(workshop: Any, contribution: Any, actor: Actor, **given: Any) -> str:
    _must_be_readable(contribution)
    read = _words_of(workshop, contribution.id, actor)
    if read["said"] is None:
        abort(404)
    known = {"changed": False, "unanswered": False, **read, **given}
    return render_template("console/words.html", workshop=workshop, wrong=bool(given), **known)


def _must_be_readable(contribution: Any) -> None:
    """What its teller keeps for themselves is not there for a facilitator either."""
    if not may_see(contribution, Viewer.FACILITATOR):
        abort(404)


def _titles(workshop: Any) -> dict[str, str]:
    return {row.id: row.title for row in rooms.agenda(workshop.id)}


def _to_queue(workshop: Any) -> ResponseReturnValue:
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#queue", 303)


def _back_to(workshop: Any, contribution: Any) -> ResponseReturnValue:
    where = {"workshop_id": workshop.id, "contribution_id": contribution.id}
    return redirect(url_for("moderation.words", **where), 303)
