"""From a decision to the stories behind it: every idea that was chosen or promised, and who told why."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from workshop.activities import Item, kind_of
from workshop.commands import moderating
from workshop.consent import Viewer
from workshop.permissions import Actor, May
from workshop.queries import contributions, promises, rooms, threads
from workshop.web.guards import needs
from workshop.web.office import of_workshop

bp = Blueprint("decisions", __name__)


@bp.get("/w/<workshop_id>/decisions")
@needs(May.SEE_RESULTS)
def listed(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """What was on a counted ballot, and what was promised, each with the way to its stories."""
    counted = [(row, list(_items(row))) for row in rooms.agenda(workshop.id) if row.counted is not None]
    promised = promises.of_workshop(workshop.id)
    return of_workshop("answers/decisions.html", workshop, actor, counted=counted, promised=promised)


@bp.get("/w/<workshop_id>/decisions/<activity_id>/<item>")
@needs(May.SEE_RESULTS)
def stories(workshop: Any, activity: Any, item: str, actor: Actor) -> ResponseReturnValue:
    """The stories behind one idea, as far as the room may read them; that they were read is noted."""
    idea = next((each for each in _items(activity) if each.id == item), None) or abort(404)
    behind = threads.behind(activity, item, Viewer.ROOM)
    unseen = contributions.unseen_by(str(actor.user_id), [row.id for row in behind])
    if unseen:
        moderating.note_seen(workshop, unseen, str(actor.user_id))
    return of_workshop("answers/behind.html", workshop, actor, idea=idea, behind=behind, activity=activity)


def _items(activity: Any) -> Iterator[Item]:
    """What an activity hands on; of a counted choice what was on its ballot."""
    yield from kind_of(activity).items(activity)
