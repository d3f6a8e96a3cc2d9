"""What came of it: results side by side, everything said with its consent, promises; and a report to print."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workshop.activities import Choosing, Kind, Outcome, kind_of
from workshop.commands import exporting, moderating
from workshop.consent import Viewer, no_more_than
from workshop.counting.sides import People, presence
from workshop.exports.chosen import Sealed, sealed
from workshop.extensions import setting
from workshop.live.parts import Rendered
from workshop.permissions import Actor, May
from workshop.queries import accounts, contributions, exports, rooms
from workshop.web.guards import needs
from workshop.web.office import of_workshop

bp = Blueprint("results", __name__)


@dataclass(frozen=True, slots=True)
class Part:
    """One activity of the results: what its kind makes of it, or the words that may be printed."""

    activity: Any
    kind: Kind
    counted: Rendered | None = None
    sealed: Sequence[Sealed] = ()
    said: Sequence[Any] = ()


@bp.get("/w/<workshop_id>/results")
@needs(May.SEE_RESULTS)
def show(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Every activity's results as the room may see them, and the promises."""
    parts = list(_parts(workshop, setting("ROOM_CELL")))
    promises, told = exports.commitments(workshop.id), exports.how_many(workshop.id, Viewer.FACILITATOR)
    return of_workshop("results/show.html", workshop, actor, parts=parts, promises=promises, told=told)


@bp.get("/w/<workshop_id>/results/said")
@needs(May.SEE_RESULTS)
def said(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Everything said, page by page, each with its step of consent; that it was read is noted."""
    agenda = [activity for activity in rooms.agenda(workshop.id) if kind_of(activity).tells]
    chosen = next((activity for activity in agenda if activity.id == request.args.get("activity")), None)
    number = max(request.args.get("page", 1, type=int), 1)
    page = contributions.page_of(workshop.id, Viewer.FACILITATOR, number, chosen.id if chosen else "")
    _note_seen(workshop, actor, page.cards)
    last = max(-(-page.total // contributions.PAGE), 1)
    words = {"said": page.cards, "total": page.total, "number": number, "last": last}
    return of_workshop("results/said.html", workshop, actor, agenda=agenda, chosen=chosen, **words)


@bp.get("/w/<workshop_id>/results/report")
@needs(May.SEE_RESULTS)
def report(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """The printable page: only what may leave the house, and sides only where exports may show them."""
    with no_more_than(Viewer.REPORT):
        parts = list(_parts(workshop, setting("EXPORT_CELL"), words_only=True))
        exporting.note_read(workshop, exports.spoken_ids(workshop.id, Viewer.REPORT), str(actor.user_id))
    return render_template("results/report.html", workshop=workshop, parts=parts, **_frame(workshop))


def _frame(workshop: Any) -> dict[str, Any]:
    return {
        "organisation": accounts.organisation(workshop.organisation_id),
        "stated": rooms.statements(workshop.id),
        "promises": exports.commitments(workshop.id),
        "crowd": presence(People(**rooms.present(workshop.id)), setting("EXPORT_CELL")),
    }


def _parts(workshop: Any, cell: int, *, words_only: bool = False) -> Iterator[Part]:
    """`words_only`: of telling activities everything that may be printed, instead of the newest on the wall."""
    for activity in rooms.agenda(workshop.id):
        kind = kind_of(activity)
        if words_only and activity.gives == "contributions":
            yield Part(activity, kind, said=contributions.said(workshop.id, Viewer.REPORT, activity.id))
        elif (counted := _results(activity, kind, cell, workshop.revision)) or activity.gives != "nothing":
            yield Part(activity, kind, counted, _sealed(activity, kind))


def _sealed(activity: Any, kind: Kind) -> list[Sealed]:
    return sealed(activity, kind) if isinstance(kind, Choosing) and activity.state == "closed" else []


def _results(activity: Any, kind: Kind, cell: int, revision: int) -> Rendered | None:
    counted = kind.results(activity, cell)
    if counted is None:
        return None
    words = {**kind.screen(activity), "activity": activity, "kind": kind, "results": counted}
    words |= {"hidden": _hidden(activity, kind), "alike": counted.alike if isinstance(counted, Outcome) else None}
    return Rendered(f"results-{activity.id}", render_template("results/counted_part.html", **words), "", revision)


def _hidden(activity: Any, kind: Kind) -> int:
    """How many lines of a choice have words that are not for these readers."""
    return sum(item.is_hidden for item in kind.on_the_ballot(activity)) if isinstance(kind, Choosing) else 0


def _note_seen(workshop: Any, actor: Actor, said: Iterable[Any]) -> None:
    fresh = contributions.unseen_by(str(actor.user_id), [each.id for each in said])
    if fresh:
        moderating.note_seen(workshop, fresh, str(actor.user_id))
