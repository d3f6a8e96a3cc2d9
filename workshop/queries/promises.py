"""Promises: what was promised for which idea."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Commitment


@dataclass(frozen=True, slots=True)
class Promise:
    """Who does what by when. `by_date` is a day in ISO form; `state` is open, kept or cannot."""

    id: str
    what: str
    who: str
    by_date: str
    state: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.by_date)


_OF = (
    sa.select(Commitment.id, Commitment.what, Commitment.who, Commitment.by_date, Commitment.state)
    .where(Commitment.activity_id == sa.bindparam("activity"))
    .order_by(Commitment.by_date, Commitment.id)
)


def promise_id(activity_id: str, item_id: str) -> str:
    """The name of the one promise that an idea gets in an activity."""
    return hashlib.sha256(f"promise {activity_id} {item_id}".encode()).hexdigest()[:32]


def promises(activity_id: str) -> Mapping[str, Promise]:
    """What was promised in this activity, by its name, the next due first."""
    rows = db.session.connection().execute(_OF, {"activity": activity_id})
    return {row.id: Promise(*row) for row in rows}
