"""Ballots as counting wants them, and how many have chosen; never who chose what."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Ballot, BallotLink, HasChosen, Participant


@dataclass(frozen=True, slots=True)
class Turnout:
    """«37 of 52 have chosen», and no more than that while a choice is open."""

    chosen: int
    present: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Which items one person has decided on, not how. `seed` dies at the close: whoever orders items by it leaves
    no order behind by which the counted ballots could be told apart."""

    seed: str | None
    answered: frozenset[str]


_HAS = sa.select(HasChosen.activity_id).where(
    HasChosen.activity_id == sa.bindparam("activity"), HasChosen.participant_id == sa.bindparam("person")
)
_CHOSEN = sa.select(sa.func.count()).select_from(HasChosen).where(HasChosen.activity_id == sa.bindparam("activity"))
_PRESENT = (
    sa.select(sa.func.count())
    .select_from(Participant)
    .where(Participant.workshop_id == sa.bindparam("workshop"), Participant.removed_at.is_(None))
)
_ANSWERED = (
    sa.select(Ballot.id, Ballot.choices)
    .join(BallotLink, BallotLink.ballot_id == Ballot.id)
    .where(BallotLink.activity_id == sa.bindparam("activity"), BallotLink.participant_id == sa.bindparam("person"))
)

MOST_READ = 500
_SOME = (
    sa.select(Ballot.choices).where(Ballot.activity_id == sa.bindparam("activity")).order_by(Ballot.id).limit(MOST_READ)
)


def has_chosen(activity_id: str, participant_id: str) -> bool:
    """Has this person taken part in this choice?"""
    found = db.session.connection().execute(_HAS, {"activity": activity_id, "person": participant_id})
    return found.first() is not None


def progress(activity_id: str, participant_id: str) -> Progress:
    """How far this person is while the choice is open."""
    found = db.session.connection().execute(_ANSWERED, {"activity": activity_id, "person": participant_id}).first()
    return Progress(found.id, frozenset(found.choices)) if found else Progress(None, frozenset())


def how_often(activity_id: str) -> Counter[str]:
    """How often each line was decided on while the choice is open, and nothing of how it was decided.

    Of many ballots a part that chance drew: those with the lowest of their random ids.
    """
    found = db.session.connection().execute(_SOME, {"activity": activity_id})
    return Counter(line for (chosen,) in found for line in chosen)


def turnout(activity: Any) -> Turnout:
    """How many of those present have chosen."""
    connection = db.session.connection()
    chosen = connection.execute(_CHOSEN, {"activity": activity.id}).scalar_one()
    present = connection.execute(_PRESENT, {"workshop": activity.workshop_id}).scalar_one()
    return Turnout(chosen, max(present, chosen))


def ballots(activity_id: str) -> list[Any]:
    """All ballots of a choice, in an order that says nothing: rows of side, channel, choices."""
    query = sa.select(Ballot.side, Ballot.channel, Ballot.choices).where(Ballot.activity_id == activity_id)
    return list(db.session.connection().execute(query.order_by(Ballot.id)).all())


def opinion_groups(activity_id: str) -> list[int | None]:
    """The opinion group of each ballot, in the same order as `ballots`."""
    query = sa.select(Ballot.opinion_group).where(Ballot.activity_id == activity_id)
    return list(db.session.connection().execute(query.order_by(Ballot.id)).scalars())
