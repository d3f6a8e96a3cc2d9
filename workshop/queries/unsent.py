"""How many phones of a room said that they hold what is not sent yet."""

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Device, Participant

_PHONES = (
    sa.select(sa.func.count())
    .select_from(Device)
    .join(Participant, Participant.id == Device.participant_id)
    .where(Device.unsent > 0, Participant.workshop_id == sa.bindparam("workshop"), Participant.removed_at.is_(None))
)


def phones(workshop_id: str) -> int:
    return int(db.session.connection().execute(_PHONES, {"workshop": workshop_id}).scalar_one())
