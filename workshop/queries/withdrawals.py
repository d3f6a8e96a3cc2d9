"""The exports that were made, and what was withdrawn from each since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.consent import LOWEST, Viewer
from workshop.extensions import db
from workshop.models import Export, Tombstone, User
from workshop.queries import exports


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Words that an export holds and that its readers may use no longer. `why`: taken_back, lowered or held."""

    id: str
    why: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """An export that was made, with what was withdrawn since."""

    id: str
    audience: str
    sha256: str
    made_at: Any
    expires_at: Any
    by: str | None
    holds: int
    withdrawn: Sequence[Withdrawn]


_MADE = (
    sa.select(*Export.__table__.columns, User.name.label("by"))
    .outerjoin(User, User.id == Export.by_user_id)
    .where(Export.workshop_id == sa.bindparam("workshop"))
    .order_by(Export.made_at.desc(), Export.id)
)


def made(workshop_id: str) -> list[Made]:
    """The exports of a workshop, newest first."""
    rows = db.session.connection().execute(_MADE, {"workshop": workshop_id}).all()
    return [_made(row) for row in rows]


def one_made(export_id: str, workshop_id: str) -> Made | None:
    """One export of this workshop, or None."""
    query = _MADE.where(Export.id == export_id)
    row = db.session.connection().execute(query, {"workshop": workshop_id}).first()
    return _made(row) if row else None


def _made(row: Any) -> Made:
    withdrawn = withdrawn_since(row.workshop_id, Viewer(row.audience), row.contributions)
    holds = len(row.contributions)
    return Made(row.id, row.audience, row.sha256, row.made_at, row.expires_at, row.by, holds, withdrawn)


def withdrawn_since(workshop_id: str, viewer: Viewer, contribution_ids: Sequence[str]) -> list[Withdrawn]:
    """What its readers may use no longer, of everything that an export for them held."""
    gone = sorted(set(contribution_ids) - set(exports.spoken_ids(workshop_id, viewer)))
    if not gone:
        return []
    days = dict(_tombstones(workshop_id))
    levels = {given: row.level for given, row in exports.bare(gone).items()}
    found = [_withdrawn(workshop_id, each, days.get(each), levels.get(each), viewer) for each in gone]
    return sorted(found, key=lambda each: each.id)


def _withdrawn(workshop_id: str, given: str, day: str | None, level: int | None, viewer: Viewer) -> Withdrawn:
    name = exports.export_id(workshop_id, given)
    if day is not None:
        return Withdrawn(name, "taken_back", day)
    return Withdrawn(name, "held" if level is not None and level >= LOWEST[viewer] else "lowered")


def _tombstones(workshop_id: str) -> list[tuple[str, str]]:
    query = sa.select(Tombstone.id, Tombstone.taken_back_on).where(Tombstone.workshop_id == workshop_id)
    return [(given, day) for given, day in db.session.connection().execute(query)]


def taken_back(workshop_id: str) -> list[tuple[str, str]]:
    """The names in exports of everything that was taken back, sorted by name, each with the day."""
    return sorted((exports.export_id(workshop_id, given), day) for given, day in _tombstones(workshop_id))
