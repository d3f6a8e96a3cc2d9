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
    side = _side(workshop, role)
    person_id, is_new = _person(workshop, key, role=role, side=side, door="host", channel=channel, language=language)
    if is_new:
        audit("add for somebody", user_id=user_id, organisation_id=workshop.organisation_id, thing=person_id)
    return person_id


@command
def bring_in_beside(workshop: Any, key: str, role: str | None, language: str, helper: Any) -> str:
    """Somebody is in, beside the phone of `helper`. Nobody says of another person that they work for the service."""
    side = _side(workshop, role)
    known = role if side != "service" else None
    words = {"role": known, "side": _side(workshop, known), "door": helper.door, "channel": "helper"}
    return _person(workshop, key, language=language, **words)[0]


def _side(workshop: Any, role: str | None) -> str:
    return next((str(each["side"]) for each in workshop.roles if each["name"] == role), "other")


def _person(workshop: Any, key: str, **about: Any) -> tuple[str, bool]:
    """Their id, and whether they were not here before."""
    known = sa.select(Participant.id).where(
        Participant.workshop_id == workshop.id, Participant.receipt_hash.in_(list(keys.seals("receipt", key)))
    )
    if person_id := db.session.execute(known).scalar():
        return str(person_id), False
    sealed = {"receipt_hash": keys.seal("receipt", key), "spoken_hash": keys.seal("spoken", receipts.spoken(key))}
    person = Participant(id=new_id(), workshop_id=workshop.id, **sealed, **about)
    db.session.add(person)
    db.session.flush()
    announce(workshop.id, "joined", revise=False)
    return person.id, True
