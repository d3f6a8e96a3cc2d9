"""Where a discussion stands."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Discussion


class Standing(NamedTuple):
    """The question the group is at, counted from 1; what the facilitator declared; when the question's time is over."""

    at: int = 1
    declared: str | None = None
    ends_at: datetime | None = None


def standing(activity_id: str) -> Standing:
    query = sa.select(Discussion.at, Discussion.declared, Discussion.ends_at).where(
        Discussion.activity_id == activity_id
    )
    row = db.session.connection().execute(query).first()
    return Standing(*row) if row else Standing()
