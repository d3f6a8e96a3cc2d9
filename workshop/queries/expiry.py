"""What is to go by its date: recordings, then words, then the proof of consent, each as the workshop stated it."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from workshop.consent import ENDED, Level
from workshop.extensions import db
from workshop.models import Contribution, Medium, Organisation, Workshop
from workshop.models.statements import months


@dataclass(frozen=True, slots=True)
class Due:
    """What of one workshop is to go now: ids, no words."""

    workshop_id: str
    title: str
    media: Sequence[str]
    words: Sequence[str]
    proofs: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not (self.media or self.words or self.proofs)


_CLOSED = (
    sa.select(Workshop.id, Workshop.title, Workshop.closed_at, Organisation.statements, Workshop.statements)
    .join(Organisation, Organisation.id == Workshop.organisation_id)
    .where(Workshop.state == "closed", Workshop.closed_at.is_not(None))
    .order_by(Workshop.closed_at, Workshop.id)
)


def due(at: datetime) -> list[Due]:
    """What is to go at this moment, of all workshops that have ended."""
    found = [_due(row, at) for row in db.session.execute(_CLOSED).all()]
    return [each for each in found if not each.is_empty]


def _due(row: Any, at: datetime) -> Due:
    ends = dates(row.closed_at, row[3] | {name: text for name, text in row[4].items() if text})
    return Due(
        row.id,
        row.title,
        media=_media(row.id) if ends["keep_media"] <= at else (),
        words=_contributions(row.id, Contribution.state != ENDED) if ends["keep_words"] <= at else (),
        proofs=_contributions(row.id, Contribution.state == ENDED) if ends["keep_proof"] <= at else (),
    )


def dates(closed_at: datetime, stated: Mapping[str, Any]) -> dict[str, datetime]:
    """When each of the three goes, by the name of its statement."""
    return {name: months_after(closed_at, months(stated, name)) for name in ("keep_media", "keep_words", "keep_proof")}


def months_after(moment: datetime, number: int) -> datetime:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(moment.month - 1 + number, 12)
    year = moment.year + years
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _media(workshop_id: str) -> Sequence[str]:
    """Recordings that the service was never to see or hear; what it was stays as long as the words."""
    query = sa.select(Medium.id).join(Contribution, Contribution.id == Medium.contribution_id)
    query = query.where(Medium.workshop_id == workshop_id, Contribution.level < Level.SERVICE)
    return db.session.execute(query.order_by(Medium.id)).scalars().all()


def _contributions(workshop_id: str, *which: sa.ColumnElement[bool]) -> Sequence[str]:
    query = sa.select(Contribution.id).where(Contribution.workshop_id == workshop_id, *which)
    return db.session.execute(query.order_by(Contribution.number)).scalars().all()
