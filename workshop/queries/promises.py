"""Promises: what was promised for which idea, and what became of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer, eyes, visible_to
from workshop.extensions import db
from workshop.models import Commitment, Contribution
from workshop.models.columns import now


@dataclass(frozen=True, slots=True)
class Promise:
    """Who does what by when. `by_date` is a day in ISO form; `state` is open, kept, late or cannot.

    `word` is what was last said about it. `contribution_id` is the idea it belongs to, told in `idea_activity_id`.
    """

    id: str
    what: str
    who: str
    by_date: str
    state: str
    word: str = ""
    word_on: str | None = None
    contribution_id: str | None = None
    idea_activity_id: str | None = None

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.by_date) if self.by_date else None

    @property
    def how(self) -> str:
        """How it stands today: open, kept, cannot, late (somebody said so), or silent (due, and no word)."""
        is_over = self.day is not None and self.day < now().date()
        return "silent" if self.state == "open" and is_over else self.state


@dataclass(frozen=True, slots=True)
class Kept:
    """How promises stand. `due` are those whose day has come, `kept` those of all that were kept."""

    promised: int
    kept: int
    due: int
    late: int
    cannot: int
    silent: int


WHAT = (
    sa.func.coalesce(
        visible_to(sa.select(Contribution.text), Viewer.FACILITATOR)
        .where(Contribution.id == Commitment.id)
        .correlate(Commitment)
        .scalar_subquery(),
        Commitment.what,
    )
).label("what")  # who promised in their own words may correct them

_COLUMNS = (
    Commitment.id,
    WHAT,
    Commitment.who,
    Commitment.by_date,
    Commitment.state,
    Commitment.word,
    Commitment.word_on,
    Commitment.contribution_id,
)
_ORDER = (Commitment.by_date, Commitment.id)
_OF = sa.select(*_COLUMNS).where(Commitment.activity_id == sa.bindparam("activity")).order_by(*_ORDER)


def promise_id(activity_id: str, item_id: str) -> str:
    """The name of the one promise that an idea gets in an activity."""
    return hashlib.sha256(f"promise {activity_id} {item_id}".encode()).hexdigest()[:32]


def promises(activity_id: str) -> Mapping[str, Promise]:
    """What was promised in this activity, by its name, the next due first."""
    rows = db.session.connection().execute(_OF, {"activity": activity_id})
    return {row.id: Promise(*row) for row in rows}


def may_be_told(workshop_id: str, viewer: Viewer) -> sa.ColumnElement[bool]:
    """A promise that somebody wrote themselves is their words: it bears their name, and goes as far as they may."""
    mine = sa.select(Contribution.id).where(Contribution.workshop_id == workshop_id)
    return sa.or_(
        Commitment.contribution_id.is_(None),
        Commitment.contribution_id != Commitment.id,
        Commitment.contribution_id.in_(visible_to(mine, eyes(viewer))),
    )


def of_workshop(workshop_id: str, activity_id: str | None = None) -> Sequence[Promise]:
    """The promises of a workshop that its room may read, or of one activity; the next due first."""
    told_in = (
        visible_to(sa.select(Contribution.activity_id), Viewer.FACILITATOR)
        .where(Contribution.id == Commitment.contribution_id)
        .correlate(Commitment)
        .scalar_subquery()
    )
    query: Any = sa.select(*_COLUMNS, told_in).where(Commitment.workshop_id == workshop_id)
    query = query.where(may_be_told(workshop_id, Viewer.ROOM))
    if activity_id is not None:
        query = query.where(Commitment.activity_id == activity_id)
    return [Promise(*row) for row in db.session.connection().execute(query.order_by(*_ORDER))]


def one(promise_id: str, workshop_id: str) -> Promise | None:
    query = sa.select(*_COLUMNS).where(Commitment.id == promise_id, Commitment.workshop_id == workshop_id)
    row = db.session.connection().execute(query).first()
    return Promise(*row) if row else None


def kept(listed: Sequence[Promise]) -> Kept:
    """The share that was kept is `kept` of `due`; what nobody said a word about is the worst of them."""
    today = now().date()
    due = [each for each in listed if each.day is not None and (each.day < today or each.state != "open")]
    how = [each.how for each in listed]
    counted = {name: how.count(name) for name in ("kept", "late", "cannot", "silent")}
    return Kept(promised=len(listed), due=len(due), **counted)
