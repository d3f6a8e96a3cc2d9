"""Bringing in somebody who cannot or will not use a phone: a person like everybody, with a receipt."""

from typing import Any

import sqlalchemy as sa

from workshop import receipts
from workshop.commands import command
from workshop.events import announce, audit
from workshop.extensions import db, keys
from workshop.models import Participant
from workshop.models.columns import new_id

CHANNELS = ("helper", "paper", "hands", "tablet")


@command
def bring_in(workshop: Any, key: str, role: str | None, channel: str, language: str, user_id: str) -> str:
    """Somebody is in, without a phone; their side is what the facilitator says. The same key is the same person."""
    known = sa.select(Participant.id).where(
        Participant.workshop_id == workshop.id, Participant.receipt_hash.in_(list(keys.seals("receipt", key)))
    )
    if person_id := db.session.execute(known).scalar():
        return str(person_id)
    person = Participant(
        id=new_id(),
        workshop_id=workshop.id,
        receipt_hash=keys.seal("receipt", key),
        spoken_hash=keys.seal("spoken", receipts.spoken(key)),
        role=role,
        side=next((each["side"] for each in workshop.roles if each["name"] == role), "other"),
        door="host",
        channel=channel,
        language=language,
    )
    db.session.add(person)
    db.session.flush()
    announce(workshop.id, "joined", revise=False)
    audit("add for somebody", user_id=user_id, organisation_id=workshop.organisation_id, thing=person.id)
    return person.id
