"""The pulse of rooms: by which the live channel knows that something changed, and who may still look."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Participant, Workshop


@dataclass(frozen=True, slots=True)
class Pulse:
    """A workshop at this moment: its revision, and whatever changes who may follow it."""

    revision: int
    generation: int
    doors_locked: bool
    state: str
    removed: int

    @property
    def rights(self) -> tuple[int, bool, str, int]:
        return self.generation, self.doors_locked, self.state, self.removed


_REMOVED = (
    sa.select(sa.func.count())
    .where(Participant.workshop_id == Workshop.id, Participant.removed_at.is_not(None))
    .scalar_subquery()
)
_PULSES = sa.select(
    Workshop.id, Workshop.revision, Workshop.generation, Workshop.doors_locked, Workshop.state, _REMOVED
).where(Workshop.id.in_(sa.bindparam("ids", expanding=True)))


def pulses(workshop_ids: Collection[str]) -> dict[str, Pulse]:
    """The pulse of each of these workshops that is still there."""
    if not workshop_ids:
        return {}
    rows = db.session.connection().execute(_PULSES, {"ids": list(workshop_ids)})
    return {row[0]: Pulse(*row[1:]) for row in rows}
