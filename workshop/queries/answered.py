"""How stories are answered: the share that has an answer, the share of concerns that led to a change, the days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer, visible_to
from workshop.counting.sides import ROOM
from workshop.extensions import db
from workshop.models import Concern, Contribution, Response
from workshop.models.columns import now
from workshop.queries.responses import BY_THE_SERVICE, tells_of_concern

LATELY = timedelta(days=90)
CHANGES = {"planned", "made"}


@dataclass(frozen=True, slots=True)
class Helped:
    """What tellers said about the answers; None where too few have said anything."""

    yes: int
    partly: int
    no: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Stories that ask for an answer are those that the service may read. Answers are the service's, and shown.

    `concerns` are answered stories that tell of a concern, `changes` those of them for which a change is planned or
    made: each story counts once. `days` is the median until the first answer; `open_days` of each without one.
    """

    stories: int
    answered: int
    concerns: int
    changes: int
    days: float | None
    open_days: Sequence[int]
    helped: Helped | None


@dataclass(slots=True)
class _Told:
    said_on: date
    concern: bool
    side: str
    first: date | None = None
    kinds: tuple[str, ...] = ()


def figures(workshop_id: str, since: datetime | None = None) -> Figures:
    """The figures of a workshop; of the stories told since a moment, or of all."""
    told = _told(workshop_id, since)
    ratings = _first_answers(told, workshop_id)
    return _counted(list(told.values()), ratings)


def by_side(workshop_id: str) -> dict[str, Figures]:
    """The same for the stories of each side, side by side. They count texts; who found them helpful is left out."""
    told = _told(workshop_id, None)
    _first_answers(told, workshop_id)
    return {side: _counted([each for each in told.values() if each.side == side], []) for side in ("lived", "service")}


def lately() -> datetime:
    return now() - LATELY


def _told(workshop_id: str, since: datetime | None) -> dict[str, _Told]:
    query: Any = sa.select(
        Contribution.id, Contribution.said_at, Contribution.more, Contribution.side, Concern.tells
    ).outerjoin(Concern, Concern.contribution_id == Contribution.id)
    query = query.where(Contribution.workshop_id == workshop_id, Contribution.kind == "story")
    if since is not None:
        query = query.where(Contribution.said_at >= since)
    rows = db.session.connection().execute(visible_to(query, Viewer.SERVICE))
    return {r.id: _Told(r.said_at.date(), tells_of_concern(r.tells, r.more), r.side) for r in rows}


def _first_answers(told: dict[str, _Told], workshop_id: str) -> list[str]:
    """Fills in when each story was answered first and how; returns what tellers said about the answers."""
    query = sa.select(Response.contribution_id, Response.kind, Response.shown_at, Response.helped)
    query = query.where(Response.workshop_id == workshop_id, Response.state == "shown")
    ratings = []
    for row in db.session.connection().execute(query.order_by(Response.shown_at)):
        story = told.get(row.contribution_id)
        if story is not None and row.kind in BY_THE_SERVICE:
            story.first = story.first or row.shown_at.date()
            story.kinds = (*story.kinds, row.kind)
            ratings += [row.helped] if row.helped else []
    return ratings


def _counted(told: Sequence[_Told], ratings: Sequence[str]) -> Figures:
    answered = [each for each in told if each.first]
    concerns = [each for each in answered if each.concern]
    waited = [max((each.first - each.said_on).days, 0) for each in answered if each.first]
    today = now().date()
    return Figures(
        stories=len(told),
        answered=len(answered),
        concerns=len(concerns),
        changes=sum(1 for each in concerns if CHANGES & set(each.kinds)),
        days=median(waited) if waited else None,
        open_days=sorted(((today - each.said_on).days for each in told if not each.first), reverse=True),
        helped=_ratings(ratings),
    )


def _ratings(said: Iterable[str]) -> Helped | None:
    """People said it: fewer than the room's smallest cell are not told."""
    listed = list(said)
    if len(listed) < ROOM:
        return None
    return Helped(listed.count("yes"), listed.count("partly"), listed.count("no"))
