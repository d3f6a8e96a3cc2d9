"""Worries, who was told of them, and tellers who ask for a second person; for the team alone, never for an export."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer, visible_to
from workshop.extensions import db
from workshop.models import Contribution, Decision, Flag, Gravity, Membership, Objection, QueueTurn, Told, User

_FLAG = sa.select(*Flag.__table__.columns).where(Flag.state == "open")
_OBJECTION = sa.select(*Objection.__table__.columns)
_BEFORE = sa.orm.aliased(User)


def open_about(contribution_id: str) -> Any:
    """The worry that is open about these words, or None."""
    return _first(_FLAG.where(Flag.contribution_id == contribution_id))


def is_held(flag: Any) -> bool:
    """A complaint may go out; every other worry holds the words."""
    return flag is not None and flag.gravity != Gravity.PRACTICE


def cued(activity_id: str, participant_id: str) -> bool:
    """Do this person's own words in this activity sound as if they needed somebody?"""
    query = sa.select(Flag.id).join(Contribution, Contribution.id == Flag.contribution_id)
    mine = (Contribution.activity_id == activity_id, Contribution.participant_id == participant_id)
    return _first(query.where(*mine, Flag.origin == "words", Flag.state == "open")) is not None


def log(workshop_id: str) -> Sequence[Any]:
    """All worries of a workshop without anybody's words, the newest first; for the lead."""
    query: Any = sa.select(*Flag.__table__.columns, Contribution.side, Contribution.role, Contribution.level)
    query = query.join(Contribution, Contribution.id == Flag.contribution_id).where(Flag.workshop_id == workshop_id)
    return _all(visible_to(query, Viewer.FACILITATOR).order_by(Flag.raised_at.desc(), Flag.id))


def told(workshop_id: str) -> Sequence[Any]:
    """Who was told of which worry, when and by whom, oldest first; for the lead."""
    query = sa.select(*Told.__table__.columns, User.name.label("by")).outerjoin(User, User.id == Told.by_user_id)
    return _all(query.where(Told.workshop_id == workshop_id).order_by(Told.told_at, Told.id))


def how_many_open(workshop_ids: Sequence[str]) -> dict[str, int]:
    """How many worries are open, by workshop; complaints that may go out are none of them."""
    query = sa.select(Flag.workshop_id, sa.func.count()).where(Flag.workshop_id.in_(workshop_ids))
    query = query.where(Flag.state == "open", Flag.gravity != Gravity.PRACTICE).group_by(Flag.workshop_id)
    return {row[0]: row[1] for row in db.session.connection().execute(query)}


def decision(contribution_id: str) -> Any:
    """What somebody of the team decided last about these words, or None."""
    return _first(sa.select(*Decision.__table__.columns).where(Decision.contribution_id == contribution_id))


def objection(contribution_id: str) -> Any:
    """The newest wish for a second look at these words, or None."""
    query = _OBJECTION.where(Objection.contribution_id == contribution_id)
    return _first(query.order_by(Objection.made_at.desc(), Objection.id).limit(1))


def may_object(contribution_id: str) -> bool:
    """Is there a decision about which nobody has asked for a second person yet?"""
    decided, asked = decision(contribution_id), objection(contribution_id)
    return decided is not None and (asked is None or asked.made_at < decided.decided_at)


def open_objections(workshop_id: str) -> Sequence[Any]:
    """Words whose tellers wait for a second person, without the words; the oldest first."""
    query: Any = sa.select(Contribution.id, Contribution.side, Contribution.role, Contribution.activity_id)
    query = query.join(Objection, Objection.contribution_id == Contribution.id)
    query = query.where(Objection.workshop_id == workshop_id, Objection.state == "open")
    return _all(visible_to(query, Viewer.FACILITATOR).order_by(Objection.made_at, Objection.id))


def has_others(organisation_id: str, user_id: str | None) -> bool:
    """Is there somebody else in the team, who could look again?"""
    query = sa.select(User.id).join(Membership, Membership.user_id == User.id)
    query = query.where(Membership.organisation_id == organisation_id, User.active.is_(True))
    return _first(query.where(User.id != user_id) if user_id else query) is not None


def queue_turn(workshop_id: str) -> Any:
    """Who has the queue now, since when, and who handed it over; None where nobody has said."""
    query = sa.select(QueueTurn.since, User.name, _BEFORE.name.label("before"))
    query = query.outerjoin(User, User.id == QueueTurn.user_id).outerjoin(
        _BEFORE, _BEFORE.id == QueueTurn.before_user_id
    )
    return _first(query.where(QueueTurn.workshop_id == workshop_id))


def _first(query: sa.Select[*tuple[Any, ...]]) -> Any:
    return db.session.connection().execute(query).first()


def _all(query: sa.Select[*tuple[Any, ...]]) -> Sequence[Any]:
    return db.session.connection().execute(query).all()
