"""The rooms in which a phone has a seat."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Device, Participant, Workshop

_ROOMS = (
    sa.select(Workshop.id, Workshop.title)
    .join(Participant, Participant.workshop_id == Workshop.id)
    .join(Device, Device.participant_id == Participant.id)
    .where(Device.token_hash.in_(sa.bindparam("tokens", expanding=True)), Participant.removed_at.is_(None))
    .order_by(Participant.joined_at.desc())
)


def rooms_of(token_hashes: Sequence[str]) -> Sequence[Any]:
    """Each with its id and title, the one that was joined last first."""
    return db.session.connection().execute(_ROOMS, {"tokens": list(token_hashes)}).all() if token_hashes else ()
