"""Curating on phones: one story at a time, its sentences to tick, then the theme they belong to."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.commands import curating, placing
from workshop.commands.curating import AWAY, Curator, Goal
from workshop.consent import Viewer
from workshop.live import parts
from workshop.models.columns import new_id
from workshop.permissions import May
from workshop.queries import contributions, stories, themes
from workshop.web import language
from workshop.web.guards import needs
from workshop.web.marks import PLACES, goal, marks, named, sentences_of
from workshop.web.phone import is_for

bp = Blueprint("curate", __name__)


@bp.get("/w/<workshop_id>/a/<activity_id>/stories")
@needs(May.TAKE_PART)
def following(workshop: Any, activity: Any, seat: Any) -> ResponseReturnValue:
    """The next story for this reader; after the last one, a calm page."""
    _must_be_open(activity, seat)
    known = _stories(activity, seat)
    before = named(request.args.get("after", ""))
    at = known.index(before) + 1 if before in known else 0
    if at >= len(known):
        return render_template("themes/phone_end.html", workshop=workshop, activity=activity, any=bool(known))
    where = {"workshop_id": workshop.id, "activity_id": activity.id, "contribution_id": known[at]}
    return redirect(url_for("curate.story", **where), 303)


@bp.get("/w/<workshop_id>/a/<activity_id>/stories/<contribution_id>")
@needs(May.TAKE_PART)
def story(workshop: Any, activity: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    """One story, sentence by sentence."""
    return _story(workshop, activity, contribution, seat)


@bp.get("/w/<workshop_id>/a/<activity_id>/stories/<contribution_id>/theme")
@needs(May.TAKE_PART)
def theme(workshop: Any, activity: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    """The words that were ticked: to which theme do they belong?"""
    said = _readable(workshop, activity, contribution, seat)
    ticked = request.args.getlist("piece")[:300]
    pieces = marks(said, ticked)
    if not pieces:
        return _story(workshop, activity, contribution, seat, wrong=_("Please tick a sentence first.")), 422
    return _ask_theme(workshop, activity, said, ticked)


@bp.post("/w/<workshop_id>/a/<activity_id>/stories/<contribution_id>/mark")
@needs(May.TAKE_PART)
def mark(workshop: Any, activity: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    """Keep the words; a new name for a theme is read by a facilitator before others see it."""
    said = _readable(workshop, activity, contribution, seat)
    if request.form.get("as_read") not in (None, placing.seal_of(said)):
        changed = _("These words have changed. Please look again.")
        return _story(workshop, activity, contribution, seat, wrong=changed), 409
    ticked, wanted = request.form.getlist("piece")[:300], goal(request.form)
    pieces = marks(said, ticked)
    if not pieces:
        return _story(workshop, activity, contribution, seat, wrong=_("Please tick a sentence first.")), 422
    if request.form.get("to") == curating.NEW and not wanted.name:
        return _ask_theme(workshop, activity, said, ticked, wrong=_("Please give the new theme a name.")), 422
    curating.mark(_curator(workshop, seat), said.id, pieces, wanted, request.form.get("as_read"))
    flash(_("Kept. Thank you!"))
    return _to_story(activity, said)


@bp.post("/w/<workshop_id>/a/<activity_id>/stories/<contribution_id>/unmark")
@needs(May.TAKE_PART)
def unmark(workshop: Any, activity: Any, contribution: Any, seat: Any) -> ResponseReturnValue:
    """Take one's own mark away again."""
    said = _readable(workshop, activity, contribution, seat)
    highlight = named(request.form.get("highlight", ""))
    own = [each for each in _own(workshop, said, seat) if each.id == highlight]
    for each in own:
        curating.move(_curator(workshop, seat), [each.id], each.theme_id, Goal(AWAY))
    return _to_story(activity, said)


def _must_be_open(activity: Any, seat: Any) -> None:
    """Only while it is open, and only for the side that it is for."""
    if activity.kind != "curate" or activity.state != "open" or not is_for(activity, seat):
        abort(404)


def _readable(workshop: Any, activity: Any, contribution: Any, seat: Any) -> Any:
    """What the room may not see is not there, also for somebody who knows its address."""
    _must_be_open(activity, seat)
    said = contributions.seen_through(Viewer.ROOM, contribution.id, workshop.id)
    return said or abort(404)


def _stories(activity: Any, seat: Any) -> list[str]:
    known = stories.ids(activity.workshop_id, Viewer.ROOM, activity.settings.get("items_from") or "")
    return stories.own_order(known, seat.id)


def _curator(workshop: Any, seat: Any) -> Curator:
    return Curator(workshop.id, participant_id=seat.id)


def _own(workshop: Any, said: Any, seat: Any) -> list[Any]:
    return [each for each in themes.of_story(said.id, workshop.id, Viewer.ROOM) if each.participant_id == seat.id]


def _story(workshop: Any, activity: Any, contribution: Any, seat: Any, wrong: str = "") -> str:
    said, known = _readable(workshop, activity, contribution, seat), _stories(activity, seat)
    names = [*themes.named(workshop.id, Viewer.ROOM), *themes.proposed_by(workshop.id, seat.id)]
    return render_template(
        "themes/phone_story.html",
        workshop=workshop,
        activity=activity,
        said=said,
        sentences=sentences_of(said),
        places=PLACES,
        own=_own(workshop, said, seat),
        names={each.id: each.name for each in names},
        at=known.index(said.id) + 1 if said.id in known else None,
        many=len(known),
        kept=request.values.getlist("piece"),
        wrong=wrong,
    )


def _ask_theme(workshop: Any, activity: Any, said: Any, ticked: list[str], wrong: str = "") -> str:
    pieces = marks(said, ticked)
    return render_template(
        "themes/phone_theme.html",
        workshop=workshop,
        activity=activity,
        said=said,
        ticked=ticked,
        words=[placing.source_of(said, each.place)[each.starts : each.ends] for each in pieces],
        seal=placing.seal_of(said),
        part=parts.render(workshop.id, "gathered", language.code()),
        new_theme=request.form.get("new_theme") or new_id(),
        wrong=wrong,
    )


def _to_story(activity: Any, said: Any) -> ResponseReturnValue:
    where = {"workshop_id": activity.workshop_id, "activity_id": activity.id, "contribution_id": said.id}
    return redirect(url_for("curate.story", **where) + "#kept", 303)
