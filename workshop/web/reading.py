"""Stories for those who curate with an account: the list, the search, and one story to mark pieces of."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.commands import curating, placing
from workshop.commands.curating import Mark
from workshop.consent import Viewer
from workshop.models.columns import new_id
from workshop.permissions import Actor, May
from workshop.queries import contributions, search, stories, themes
from workshop.web.guards import needs
from workshop.web.marks import (
    PLACES,
    NoStretch,
    clock,
    goal,
    marks,
    sentences_of,
    stretches,
    typed_stretches,
    whole_number,
)
from workshop.web.office import of_workshop
from workshop.web.themes import curator, note_look

bp = Blueprint("reading", __name__)
LONGEST_SEARCH = 200


@bp.get("/w/<workshop_id>/themes/stories")
@needs(May.FACILITATE)
def shelf(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """All stories that are approved, or those that hold some words."""
    words, number = request.args.get("q", "").strip()[:LONGEST_SEARCH], whole_number(request.args.get("page"))
    found = stories.shelf(workshop.id, Viewer.FACILITATOR, words, number)
    note_look(workshop, actor, [said.id for said in found.stories])
    marked = themes.how_many_in([said.id for said in found.stories], workshop.id, Viewer.FACILITATOR)
    given = {"shelf": found, "words": words, "number": number, "marked": marked}
    return of_workshop("themes/stories.html", workshop, actor, **given)


@bp.get("/w/<workshop_id>/themes/stories/<contribution_id>")
@needs(May.FACILITATE)
def one(workshop: Any, actor: Actor, contribution: Any) -> ResponseReturnValue:
    return _page(workshop, actor, contribution)


@bp.post("/w/<workshop_id>/themes/stories/<contribution_id>/mark")
@needs(May.FACILITATE)
def mark(workshop: Any, actor: Actor, contribution: Any) -> ResponseReturnValue:
    """Ticked sentences, words of one's own choice, or a stretch of a recording become highlights."""
    said = _readable(workshop, contribution)
    if request.form.get("as_read") not in (None, placing.seal_of(said)):
        return _page(workshop, actor, contribution, wrong=_("The teller changed these words. Please look again.")), 409
    pieces, wrong = _pieces(said, contribution)
    if wrong:
        return _page(workshop, actor, contribution, wrong), 422
    done = curating.mark(curator(workshop, actor), said.id, pieces, goal(request.form), request.form.get("as_read"))
    flash(ngettext("%(num)s piece is marked.", "%(num)s pieces are marked.", done.there))
    return redirect(url_for("reading.one", workshop_id=workshop.id, contribution_id=said.id), 303)


def _pieces(said: Any, contribution: Any) -> tuple[list[Mark], str]:
    """What was marked, or why that is nothing."""
    values, exact = request.form.getlist("piece")[:300], request.form.get("exact", "")
    try:
        pieces = [*marks(said, values, exact), *stretches(request.form, Viewer.FACILITATOR, contribution)]
    except NoStretch:
        return [], _("This is no stretch of the recording. Write it like this: from 0:12 to 0:40.")
    if pieces:
        return pieces, ""
    if exact.strip():
        return [], _("These words are not in the story.")
    return [], _("Nothing was ticked. Tick a sentence first.")


def _readable(workshop: Any, contribution: Any) -> Any:
    """What waits in the queue is read there, and what its teller keeps is not there at all."""
    said = contributions.seen_through(Viewer.FACILITATOR, contribution.id, workshop.id)
    return said if said is not None and said.state == "shown" else abort(404)


def _page(workshop: Any, actor: Actor, contribution: Any, wrong: str = "") -> str:
    said = _readable(workshop, contribution)
    close = search.like(said.id, workshop.id, Viewer.FACILITATOR)
    near = stories.these([each.id for each in close], workshop.id, Viewer.FACILITATOR)
    note_look(workshop, actor, [said.id, *(each.id for each in near)])
    every = themes.named(workshop.id, Viewer.FACILITATOR)
    return of_workshop(
        "themes/story.html",
        workshop,
        actor,
        said=said,
        sentences=sentences_of(said),
        places=PLACES,
        seal=placing.seal_of(said),
        marked=themes.of_story(said.id, workshop.id, Viewer.FACILITATOR),
        every=every,
        names={each.id: each.name for each in every},
        near=near,
        both={each.id: each.both for each in close},
        recordings=stories.recordings_of(said.id),
        answer=themes.said_to_it(said.id),
        new_theme=new_id(),
        wrong=wrong,
        kept=request.form.getlist("piece"),
        exact=request.form.get("exact", ""),
        typed=typed_stretches(request.form),
        to=request.form.get("to", ""),
        name=request.form.get("name", ""),
        clock=clock,
    )
