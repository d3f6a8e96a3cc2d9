"""Ideas that may be one: what was asked, and which are one because both authors said yes to exactly these words."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer
from workshop.extensions import db
from workshop.models import Merge
from workshop.queries import contributions, rooms

Row = Any


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ideas side by side, as the room sees them."""

    id: str
    one: contributions.Said
    other: contributions.Said
    is_one: bool
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What one author is asked: the other idea, and what they said themselves; never what the other said."""

    id: str
    other: contributions.Said
    said: str
    is_one: bool
    is_settled: bool


def about(one: Any, other: Any) -> str:
    """Names the words of two ideas, whichever comes first."""
    return hashlib.sha256("\x1f".join(sorted((one.text, other.text))).encode()).hexdigest()


def is_settled(activity: Any) -> bool:
    """Has a choice begun that takes these ideas up? From then on they stay as they are under those who choose."""
    begun = (each for each in rooms.agenda(activity.workshop_id) if each.state != "waiting")
    return any(each.settings.get("items_from") == activity.id for each in begun)


def together(activity_id: str, seen: Mapping[str, contributions.Said]) -> dict[str, str]:
    """Which idea is one with which, of those that somebody sees: the first one's id to the other's."""
    rows = (row for row in of(activity_id) if row.one_id in seen and row.other_id in seen)
    return {row.one_id: row.other_id for row in rows if _is_one(row, seen[row.one_id], seen[row.other_id])}


def pairs(activity: Any) -> list[Pair]:
    """All that was asked here, oldest first, where both ideas are still to be seen."""
    seen = {said.id: said for said in contributions.said(activity.workshop_id, Viewer.ROOM, activity.id)}
    rows = [row for row in of(activity.id) if row.one_id in seen and row.other_id in seen]
    return [_pair(row, seen[row.one_id], seen[row.other_id]) for row in rows]


def question(contribution: Any) -> Question | None:
    """What the author of this idea is asked, as long as both ideas say what they said when it was asked."""
    rows = (row for row in of(contribution.activity_id) if contribution.id in (row.one_id, row.other_id))
    row = next(rows, None)
    seen = _both(row, contribution.workshop_id) if row is not None else {}
    if row is None or len(seen) < 2 or row.about != about(*seen.values()):
        return None
    mine, other = (row.one_says, row.other_id) if row.one_id == contribution.id else (row.other_says, row.one_id)
    activity = rooms.activity(contribution.activity_id, contribution.workshop_id)
    return Question(row.id, seen[other], mine, row.one_says == row.other_says == "yes", is_settled(activity))


def waiting_for(given: Sequence[contributions.Said]) -> set[str]:
    """Of what somebody gave, the ideas about which they have not answered yet."""
    ids = [said.id for said in given]
    for_one = sa.select(Merge.one_id).where(Merge.one_id.in_(ids), Merge.one_says == "")
    for_other = sa.select(Merge.other_id).where(Merge.other_id.in_(ids), Merge.other_says == "")
    return set(db.session.connection().execute(for_one.union(for_other)).scalars())


def of(activity_id: str) -> Sequence[Row]:
    query = sa.select(*Merge.__table__.columns).where(Merge.activity_id == activity_id)
    return db.session.connection().execute(query.order_by(Merge.asked_at, Merge.id)).all()


def _both(row: Row, workshop_id: str) -> dict[str, contributions.Said]:
    found = contributions.these([row.one_id, row.other_id], workshop_id, Viewer.ROOM)
    return {said.id: said for said in found}


def _pair(row: Row, one: contributions.Said, other: contributions.Said) -> Pair:
    return Pair(row.id, one, other, _is_one(row, one, other), row.about != about(one, other))


def _is_one(row: Row, one: contributions.Said, other: contributions.Said) -> bool:
    return bool(row.one_says == row.other_says == "yes" and row.about == about(one, other))
