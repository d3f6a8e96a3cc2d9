"""One-time cards: what a code opens, how many there are, and how the people of a choice came in."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import HasChosen, OneTimeCard, Participant

BY_THEMSELVES = ("phone", "tablet")  # whom nobody else wrote down


@dataclass(frozen=True, slots=True)
class Tally:
    """Cards printed, cards used, and attempts to use one again."""

    printed: int
    used: int
    refused: int


def behind(seals: list[str]) -> Any:
    """The card with one of these seals, or None: its workshop, side, and whether it was used."""
    query = sa.select(*OneTimeCard.__table__.columns).where(OneTimeCard.seal.in_(seals))
    return db.session.connection().execute(query).first()


def tally(workshop_id: str) -> Tally:
    """How the cards of a workshop stand."""
    used, refused = (sa.func.coalesce(sa.func.sum(column), 0) for column in (_AS_NUMBER, OneTimeCard.refused))
    query = sa.select(sa.func.count(), used, refused).where(OneTimeCard.workshop_id == workshop_id)
    return Tally(*map(int, db.session.connection().execute(query).one()))


def everybody_had_one(activity_id: str) -> bool:
    """Did everybody who chose by themselves come in with a card?"""
    query = (
        sa.select(HasChosen.participant_id)
        .join(Participant, Participant.id == HasChosen.participant_id)
        .where(HasChosen.activity_id == activity_id, Participant.by_card.is_(False))
        .where(Participant.channel.in_(BY_THEMSELVES))
    )
    return db.session.connection().execute(query.limit(1)).first() is None


_AS_NUMBER = sa.case((OneTimeCard.used.is_(True), 1), else_=0)
