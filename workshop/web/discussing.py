"""The facilitator of a discussion: for whom they work, the questions, and quick notes by seat code."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField

from workshop.activities import kind_of
from workshop.commands import discussing, moderating
from workshop.consent import Viewer
from workshop.forms import Choice, Form, no_longer_than, required
from workshop.models.columns import new_id
from workshop.permissions import Actor, May
from workshop.queries import contributions
from workshop.web import language
from workshop.web.guards import needs
from workshop.web.walk import sending_id

bp = Blueprint("discussing", __name__)

LONGEST = 1000


class NoteForm(Form):
    text = TextAreaField(_l("What was said"), [required(_l("Please write something first.")), no_longer_than(LONGEST)])
    seat = StringField(
        _l("Seat"),
        [required(_l("Please write a seat, as P1.")), no_longer_than(8)],
        description=_l("P1, P2 … No names."),
    )
    side = RadioField(
        _l("Which side?"),
        choices=[
            Choice("lived", _l("Lived experience")),
            Choice("service", _l("The service")),
            Choice("other", _l("Others")),
        ],
        default="lived",
    )


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/questions")
@needs(May.FACILITATE)
def runner(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    """The questions with the one that is on, and a note to write."""
    return _page(workshop, activity, actor, NoteForm(data={"seat": request.args.get("seat", "")}))


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/declare")
@needs(May.FACILITATE)
def declare(activity: Any) -> ResponseReturnValue:
    _must_be_discussion(activity)
    declared = request.form.get("declared", "")
    if declared not in discussing.DECLARED:
        abort(422)
    discussing.declare(activity, declared)
    return _back_to(activity)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/question/<int:number>")
@needs(May.FACILITATE)
def go_to(workshop: Any, activity: Any, number: int, actor: Actor) -> ResponseReturnValue:
    kind = _must_be_discussion(activity)
    if not 1 <= number <= len(kind.questions(activity)):
        abort(404)
    try:
        discussing.go_to(activity, number, kind.setting(activity, "each"))
    except discussing.NotDeclared:
        return _page(workshop, activity, actor, NoteForm(formdata=None), undeclared=True), 409
    return _back_to(activity)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/notes")
@needs(May.FACILITATE)
def note(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    kind, form = _must_be_discussion(activity), NoteForm()
    note_id = sending_id(request.form.get("id", ""))
    if note_id is None or not form.validate():
        return _page(workshop, activity, actor, form), 422
    words = kind.card(activity, str(form.text.data), kind.now(activity)["question"]) | {"language": language.code()}
    discussing.note(activity, note_id, words, str(form.seat.data), form.side.data, str(actor.user_id))
    return redirect(url_for("discussing.runner", **_where(activity), seat=form.seat.data), 303)


def _page(workshop: Any, activity: Any, actor: Actor, form: NoteForm, *, undeclared: bool = False) -> str:
    kind = _must_be_discussion(activity)
    said = contributions.said(workshop.id, Viewer.FACILITATOR, activity.id)
    notes = [each for each in said if each.state == "shown"]
    unseen = contributions.unseen_by(str(actor.user_id), [each.id for each in notes])
    if unseen:
        moderating.note_seen(workshop, unseen, str(actor.user_id))
    words = {"questions": kind.questions(activity), "note_id": new_id(), "notes": notes, "undeclared": undeclared}
    now = kind.now(activity)
    return render_template("console/questions.html", workshop=workshop, activity=activity, form=form, now=now, **words)


def _must_be_discussion(activity: Any) -> Any:
    """The kind that has questions; another activity has no such page."""
    kind: Any = kind_of(activity)
    return kind if hasattr(kind, "questions") and hasattr(kind, "now") else abort(404)


def _where(activity: Any) -> dict[str, Any]:
    return {"workshop_id": activity.workshop_id, "activity_id": activity.id}


def _back_to(activity: Any) -> ResponseReturnValue:
    return redirect(url_for("discussing.runner", **_where(activity)), 303)
