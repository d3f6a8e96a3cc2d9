"""Workshops, their agendas and who is in the room. The statements of the hot pages are built once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Activity, Device, Door, HelpRequest, Organisation, Participant, Workshop
from workshop.models.columns import now
from workshop.models.statements import STATEMENTS

STILL_SENDS = timedelta(days=2)  # as long as the longest workshop
Row = sa.Row[*tuple[Any, ...]]

WORKSHOP = sa.select(
    Workshop.id,
    Workshop.id.label("workshop_id"),
    Workshop.organisation_id,
    Workshop.title,
    Workshop.state,
    Workshop.doors_locked,
    Workshop.generation,
    Workshop.revision,
    Workshop.roles,
    Workshop.settings,
    Workshop.stage,
    Workshop.answer_by,
    Workshop.example,
    Workshop.opened_at,
    Workshop.closed_at,
).where(Workshop.id == sa.bindparam("id"))
_REVISION = (
    sa.select(Workshop.revision).where(Workshop.id == Activity.workshop_id).correlate(Activity).scalar_subquery()
)
_ACTIVITIES = sa.select(*Activity.__table__.columns, _REVISION.label("revision"))
ACTIVITY = _ACTIVITIES.where(Activity.id == sa.bindparam("id"), Activity.workshop_id == sa.bindparam("workshop"))
_AGENDA = _ACTIVITIES.where(Activity.workshop_id == sa.bindparam("workshop")).order_by(Activity.position)
SEAT = (
    sa.select(
        Participant.id,
        Participant.workshop_id,
        Participant.role,
        Participant.side,
        Participant.claims,
        Participant.door,
        Participant.channel,
        Participant.language,
        Participant.habits,
        Participant.rules_version,
    )
    .join(Device, Device.participant_id == Participant.id)
    .where(
        Device.token_hash == sa.bindparam("token"),
        Participant.workshop_id == sa.bindparam("workshop"),
        Participant.removed_at.is_(None),
    )
)
_WHO_LEFT = SEAT.where(Device.made_at > sa.bindparam("since"))
_PERSON = sa.select(*SEAT.selected_columns).where(
    Participant.id == sa.bindparam("id"),
    Participant.workshop_id == sa.bindparam("workshop"),
    Participant.removed_at.is_(None),
)
_PRESENT = (
    sa.select(Participant.side, sa.func.count().label("number"))
    .where(Participant.workshop_id == sa.bindparam("workshop"), Participant.removed_at.is_(None))
    .group_by(Participant.side)
)


def _first(query: sa.Select[*tuple[Any, ...]], **values: Any) -> Row | None:
    return db.session.connection().execute(query, values).first()


def _all(query: sa.Select[*tuple[Any, ...]], **values: Any) -> Sequence[Row]:
    return db.session.connection().execute(query, values).all()


def workshop(workshop_id: str) -> Row | None:
    """One workshop without its long texts, or None."""
    return _first(WORKSHOP, id=workshop_id)


def statements(workshop_id: str) -> Mapping[str, Any]:
    """What the workshop states, over what its organisation states."""
    query = (
        sa.select(Organisation.statements, Workshop.statements, Organisation.example)
        .join(Workshop, Workshop.organisation_id == Organisation.id)
        .where(Workshop.id == workshop_id)
    )
    row = _first(query)
    stated = dict.fromkeys((each.name for each in STATEMENTS), "")
    if row is not None:
        stated |= row[0] | {name: text for name, text in row[1].items() if text}
    return stated


def activity(activity_id: str | None, workshop_id: str) -> Row | None:
    """One activity of this workshop, or None."""
    return _first(ACTIVITY, id=activity_id, workshop=workshop_id)


def agenda(workshop_id: str) -> Sequence[Row]:
    """All activities in their order."""
    return _all(_AGENDA, workshop=workshop_id)


def open_now(workshop_id: str) -> list[Row]:
    """The activities that people can do now; several may be open together."""
    return [row for row in agenda(workshop_id) if row.state == "open"]


def seat(token_hash: str, workshop_id: str) -> Row | None:
    """The person whose phone shows this cookie, if they are in this room."""
    return _first(SEAT, token=token_hash, workshop=workshop_id)


def who_left(token_hash: str, workshop_id: str) -> Row | None:
    """Somebody who passed a shared tablet on not long ago, by the pass that still sends what waits in it."""
    return _first(_WHO_LEFT, token=token_hash, workshop=workshop_id, since=now() - STILL_SENDS)


def present(workshop_id: str) -> dict[str, int]:
    """How many people are in, by side: exact; whoever shows it asks counting.sides first."""
    counts = dict.fromkeys(("lived", "service", "other"), 0)
    return counts | {row.side: row.number for row in _all(_PRESENT, workshop=workshop_id)}


def arrivals(workshop_id: str) -> list[Any]:
    """The side of everybody who is in, in the order of joining: whoever shows it asks counting.sides first."""
    query = sa.select(Participant.side).where(Participant.workshop_id == workshop_id, Participant.removed_at.is_(None))
    return list(db.session.connection().execute(query.order_by(Participant.joined_at, Participant.id)).scalars())


def person(participant_id: str, workshop_id: str) -> Row | None:
    """Somebody in this room, with the columns of a seat."""
    return _first(_PERSON, id=participant_id, workshop=workshop_id)


def behind_door(token_hash: str) -> Row | None:
    """The door with this token: its workshop and purpose."""
    return _first(sa.select(*Door.__table__.columns).where(Door.token_hash == token_hash))


def behind_code(code: str) -> Row | None:
    """The door that this code opens now; a locked one looks like none, to a clock as well."""
    doors = sa.select(*Door.__table__.columns).join(Workshop, Workshop.id == Door.workshop_id)
    return _first(doors.where(Door.code == code, Workshop.doors_locked.is_(False)))


def doors(workshop_id: str) -> dict[str, Row]:
    """The doors of a workshop by purpose."""
    query = sa.select(*Door.__table__.columns).where(Door.workshop_id == workshop_id)
    return {row.purpose: row for row in _all(query)}


def waiting_for_confirmation(workshop_id: str) -> Sequence[Row]:
    """People who say that they are of the service and came through the other door."""
    query = sa.select(Participant.id, Participant.role, Participant.claims).where(
        Participant.workshop_id == workshop_id, Participant.claims.is_not(None), Participant.removed_at.is_(None)
    )
    return _all(query)


def help_requests(workshop_id: str) -> Sequence[Row]:
    """Who asked for help and has not been answered, oldest first."""
    query = (
        sa.select(HelpRequest.id, HelpRequest.asked_at, Participant.role, Participant.side)
        .join(Participant, Participant.id == HelpRequest.participant_id)
        .where(HelpRequest.workshop_id == workshop_id, HelpRequest.state == "asked")
        .order_by(HelpRequest.asked_at)
    )
    return _all(query)
