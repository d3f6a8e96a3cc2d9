"""The queue: one contribution at a time, read (and the look noted), approved, edited, asked about, hidden."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.commands import moderating, running
from workshop.consent import Viewer, may_see
from workshop.live import console
from workshop.permissions import Actor, May
from workshop.protecting.difference import differences
from workshop.protecting.suggestions import every_word, suggestions
from workshop.queries import contributions, media, rooms, worries
from workshop.web.guards import needs
from workshop.web.moderation_forms import AskForm, EditForm, HideForm, KeepForm, WorryForm

bp = Blueprint("moderation", __name__)


@bp.get("/w/<workshop_id>/console/front")
@needs(May.FACILITATE)
def front(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """The one to read now, for a console that is open already."""
    return jsonify(html=render_template("console/front.html", workshop=workshop, **front_words(workshop, actor)))


@bp.get("/w/<workshop_id>/console/words/<contribution_id>")
@needs(May.FACILITATE)
def words(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    return page(workshop, contribution, actor)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/approve")
@needs(May.FACILITATE)
def approve(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """Approve exactly what was read; other words must be read first."""
    must_be_readable(contribution)
    answer = {"yes": True, "no": False}.get(request.form.get("recognisable", ""))
    as_read = request.form.get("as_read", "")
    try:
        moderating.approve(contribution, str(actor.user_id), as_read=as_read, recognisable=answer)
    except moderating.Changed:
        return page(workshop, contribution, actor, changed=True), 409
    except moderating.Unanswered:
        return page(workshop, contribution, actor, unanswered=True), 422
    return to_queue(workshop)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/edit")
@needs(May.FACILITATE)
def edit(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """The original is kept, and the teller reads the change and may refuse it."""
    must_be_readable(contribution)
    form = EditForm()
    if not form.validate():
        return page(workshop, contribution, actor, edit_form=form), 422
    try:
        moderating.edit(contribution, *form.words(), str(actor.user_id), as_read=request.form.get("as_read"))
    except moderating.Changed:
        return page(workshop, contribution, actor, edit_form=form, changed=True), 409
    return back_to(workshop, contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/ask")
@needs(May.FACILITATE)
def ask(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    must_be_readable(contribution)
    form = AskForm()
    if not form.validate():
        return page(workshop, contribution, actor, ask_form=form), 422
    moderating.ask(contribution, form.question.data or "", str(actor.user_id))
    return to_queue(workshop)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/hide")
@needs(May.FACILITATE)
def hide(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    must_be_readable(contribution)
    form = HideForm()
    if not form.validate():
        return page(workshop, contribution, actor, hide_form=form), 422
    moderating.hide(contribution, form.reason.data or "", str(actor.user_id))
    return to_queue(workshop)


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


def front_words(workshop: Any, actor: Actor) -> dict[str, Any]:
    """What console/front.html needs for the one to read now; reading it leaves its trace."""
    following = console.first(contributions.queue(workshop.id))
    return _words_of(workshop, following.id, actor) if following else {"said": None}


def _words_of(workshop: Any, contribution_id: str, actor: Actor) -> dict[str, Any]:
    _note_look(workshop, actor, [contribution_id])
    said = contributions.seen_through(Viewer.FACILITATOR, contribution_id, workshop.id)
    if said is None:
        return {"said": None}
    spoken = media.spoken(said.id)
    written = "\n".join(filter(None, [*contributions.written(said).values(), *spoken]))
    return {
        "said": said,
        "tag": contributions.fingerprint(said),
        "title": _titles(workshop).get(said.activity_id, ""),
        "edits": contributions.edits(said.id),
        "differences": differences,
        "worry": worries.open_about(said.id),
        "first_yes_is_mine": _gave_first_yes(said.id, actor),
        **_second_look(workshop, said, actor),
        "suggested": suggestions(written),
        "spoken": bool(spoken),
        "all_words": every_word(written),
        "edit_form": EditForm(formdata=None, text=said.text),
        "ask_form": AskForm(formdata=None),
        "hide_form": HideForm(formdata=None),
        "worry_form": WorryForm(formdata=None),
        "keep_form": KeepForm(formdata=None),
    }


def _gave_first_yes(contribution_id: str, actor: Actor) -> bool:
    worry = worries.open_about(contribution_id)
    return worry is not None and worry.released_by_user_id == actor.user_id


def _second_look(workshop: Any, said: Any, actor: Actor) -> dict[str, Any]:
    """Whether its teller waits for a second person, and whether that can be whoever reads this."""
    objection = worries.objection(said.id)
    decided = objection is not None and objection.against_user_id == actor.user_id
    alone = not worries.has_others(workshop.organisation_id, actor.user_id)
    return {"objection": objection, "decided_it": decided, "alone": alone}


def _note_look(workshop: Any, actor: Actor, contribution_ids: list[str]) -> None:
    unseen = contributions.unseen_by(str(actor.user_id), contribution_ids)
    if unseen:
        moderating.note_seen(workshop, unseen, str(actor.user_id))


def page(workshop: Any, contribution: Any, actor: Actor, **given: Any) -> str:
    must_be_readable(contribution)
    read = _words_of(workshop, contribution.id, actor)
    if read["said"] is None:
        abort(404)
    known = {"changed": False, "unanswered": False, **read, **given}
    return render_template("console/words.html", workshop=workshop, wrong=bool(given), **known)


def must_be_readable(contribution: Any) -> None:
    """What its teller keeps for themselves is not there for a facilitator either."""
    if not may_see(contribution, Viewer.FACILITATOR):
        abort(404)


def _titles(workshop: Any) -> dict[str, str]:
    return {row.id: row.title for row in rooms.agenda(workshop.id)}


def to_queue(workshop: Any) -> ResponseReturnValue:
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#queue", 303)


def back_to(workshop: Any, contribution: Any) -> ResponseReturnValue:
    where = {"workshop_id": workshop.id, "contribution_id": contribution.id}
    return redirect(url_for("moderation.words", **where), 303)
