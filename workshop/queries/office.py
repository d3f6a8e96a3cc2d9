"""What the office shows: what needs somebody today, and the workshops of an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Activity, Organisation, Workshop

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that needs somebody: `what` is missing, open, answer, promise or waiting."""

    what: str
    workshop_id: str
    title: str
    count: int = 0
    due: date | None = None
    late: bool = False


def demo_workshop() -> str | None:
    """The workshop of the demo organisation, if there is one."""
    query = sa.select(Workshop.id).join(Organisation, Organisation.id == Workshop.organisation_id)
    query = query.where(Organisation.example.is_(True), Workshop.example.is_(True)).order_by(Workshop.made_at)
    return db.session.connection().execute(query.limit(1)).scalar()


def workshops(organisation_id: str) -> Sequence[Any]:
    """The workshops of an organisation, the newest first, each with the number of its activities."""
    activities = sa.select(sa.func.count()).where(Activity.workshop_id == Workshop.id).scalar_subquery()
    query = sa.select(
        Workshop.id,
        Workshop.title,
        Workshop.state,
        Workshop.recipe,
        Workshop.example,
        Workshop.made_at,
        Workshop.closed_at,
        Workshop.answer_by,
        Workshop.statements,
        activities.label("activities"),
    ).where(Workshop.organisation_id == organisation_id)
    return db.session.connection().execute(query.order_by(Workshop.made_at.desc(), Workshop.id)).all()
