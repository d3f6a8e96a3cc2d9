"""What was said, as plain values. Every read but the teller's own goes through consent.visible_to."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.consent import ENDED, Viewer, a_photo, eyes, visible_to
from workshop.extensions import db
from workshop.models import Contribution, Edit, Seen, Tombstone
from workshop.queries.media import ready_of

PAGE = 50
PLACES = ("text", "helped", "warning", "hear")  # where a teller writes freely: the text, and further answers


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution for a template: its words, who said it (a side and a role, never a person), its photo."""

    id: str
    kind: str
    activity_id: str
    text: str
    more: Mapping[str, Any]
    topic: str | None
    side: str
    role: str | None
    language: str
    level: int
    state: str
    note: str | None
    late: bool
    helped: Mapping[str, Any]
    photo: str | None


@dataclass(frozen=True, slots=True)
class Wall:
    """The newest page of what may be shown, and how many there are in all."""

    cards: Sequence[Said]
    total: int


_COLUMNS = (
    Contribution.id,
    Contribution.kind,
    Contribution.activity_id,
    Contribution.text,
    Contribution.more,
    Contribution.topic,
    Contribution.side,
    Contribution.role,
    Contribution.language,
    Contribution.level,
    Contribution.state,
    Contribution.note,
    Contribution.late,
    Contribution.helped,
)


def _all(viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*_COLUMNS, a_photo(viewer).label("photo"))


_IN = Contribution.workshop_id == sa.bindparam("workshop")
_AT = Contribution.activity_id == sa.bindparam("activity")
_SHOWN = {
    viewer: visible_to(_all(viewer).where(_IN, _AT), viewer)
    .order_by(Contribution.number.desc())
    .limit(sa.bindparam("most"))
    for viewer in Viewer
}
_EVERYWHERE = {viewer: visible_to(_all(viewer).where(_IN), viewer).order_by(Contribution.number) for viewer in Viewer}
_TOTAL = {
    viewer: visible_to(sa.select(sa.func.count()).select_from(Contribution).where(_IN, _AT), viewer)
    for viewer in Viewer
}
_QUEUE = (
    visible_to(_all(Viewer.FACILITATOR).where(_IN), Viewer.FACILITATOR)
    .where(Contribution.state.in_(("waiting", "held", "asked")))
    .order_by(Contribution.number)
    .limit(PAGE)
)


def _rows(query: sa.Select[*tuple[Any, ...]], **values: Any) -> list[Said]:
    return [Said(*row) for row in db.session.connection().execute(query, values)]


def said(workshop_id: str, viewer: Viewer, activity_id: str | None = None) -> list[Said]:
    """Everything that this viewer may see, oldest first; of one activity, or of the whole workshop."""
    if activity_id is None:
        return _rows(_EVERYWHERE[eyes(viewer)], workshop=workshop_id)
    return _rows(_SHOWN[eyes(viewer)], workshop=workshop_id, activity=activity_id, most=100_000)[::-1]


def wall(workshop_id: str, activity_id: str, most: int = PAGE) -> Wall:
    """What the room sees of an activity, newest first."""
    values = {"workshop": workshop_id, "activity": activity_id}
    viewer = eyes(Viewer.ROOM)
    cards = _rows(_SHOWN[viewer], **values, most=most)
    total = len(cards) if len(cards) < most else db.session.connection().execute(_TOTAL[viewer], values).scalar_one()
    return Wall(cards, total)


def page_of(workshop_id: str, viewer: Viewer, number: int, activity_id: str = "") -> Wall:
    """One page of everything this viewer may see, oldest first; of one activity, or of the whole workshop."""
    where = (_IN, _AT) if activity_id else (_IN,)
    values = {"workshop": workshop_id, **({"activity": activity_id} if activity_id else {})}
    query = visible_to(_all(viewer).where(*where), viewer).order_by(Contribution.number)
    count = visible_to(sa.select(sa.func.count()).select_from(Contribution).where(*where), viewer)
    total = db.session.connection().execute(count, values).scalar_one()
    return Wall(_rows(query.limit(PAGE).offset((number - 1) * PAGE), **values), total)


def queue(workshop_id: str) -> list[Said]:
    """What waits for a facilitator, oldest first."""
    return _rows(_QUEUE, workshop=workshop_id)


def how_many_wait(workshop_id: str) -> int:
    """How many contributions nobody has approved, asked about or hidden yet."""
    query = visible_to(sa.select(sa.func.count()).where(_IN, Contribution.state == "waiting"), Viewer.FACILITATOR)
    return int(db.session.connection().execute(query, {"workshop": workshop_id}).scalar_one())


def how_many(workshop_id: str, activity_id: str) -> dict[str, int]:
    """Of one activity: how many wait, are shown, are hidden."""
    states = sa.select(Contribution.state, sa.func.count().label("number")).where(_IN, _AT)
    query = visible_to(states, Viewer.FACILITATOR).group_by(Contribution.state)
    rows = db.session.connection().execute(query, {"workshop": workshop_id, "activity": activity_id})
    return {row.state: row.number for row in rows}


def one(contribution_id: str, workshop_id: str) -> Any:
    """The row of one contribution for the guard and for commands, or None; who may see it is the guard's question.

    None also when its words were deleted on their date: there is nothing left to read or to change.
    """
    query = sa.select(*Contribution.__table__.columns).where(
        Contribution.id == contribution_id, Contribution.workshop_id == workshop_id, Contribution.state != ENDED
    )
    return db.session.connection().execute(query).first()


def seen_through(viewer: Viewer, contribution_id: str | None, workshop_id: str) -> Said | None:
    """One contribution as this viewer sees it, or None if they may not."""
    query = visible_to(_all(viewer).where(_IN, Contribution.id == contribution_id), viewer)
    return next(iter(_rows(query, workshop=workshop_id)), None)


def these(contribution_ids: Collection[str], workshop_id: str, viewer: Viewer) -> list[Said]:
    """Those of these contributions that this viewer may see."""
    return _rows(
        visible_to(_all(viewer).where(_IN, Contribution.id.in_(contribution_ids)), viewer), workshop=workshop_id
    )


def in_state(workshop_id: str, *states: str) -> list[Said]:
    """What a facilitator finds in these states, the newest first."""
    query = visible_to(_all(Viewer.FACILITATOR).where(_IN, Contribution.state.in_(states)), Viewer.FACILITATOR)
    return _rows(query.order_by(Contribution.number.desc()).limit(PAGE), workshop=workshop_id)


def written(said: Any) -> dict[str, str]:
    """Everything that the teller wrote freely, by its place."""
    return {place: str(said.text if place == "text" else said.more.get(place) or "") for place in PLACES}


def fingerprint(said: Any) -> str:
    """Names these words, their recordings and who may see them, so that what is approved is what was read."""
    facts = f"{said.level}|{said.text}|{sorted(said.more.items())}|{ready_of(said.id)}"
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def still_there(contribution_ids: Collection[str]) -> list[str]:
    """Those of these ids that nobody has taken back, oldest first; ids alone, for whoever writes about them."""
    query = sa.select(Contribution.id).where(Contribution.id.in_(contribution_ids)).order_by(Contribution.number)
    return list(db.session.connection().execute(query).scalars())


def unseen_by(user_id: str, contribution_ids: Collection[str]) -> list[str]:
    """Which of these raw words this account has not opened yet."""
    query = sa.select(Seen.contribution_id).where(Seen.user_id == user_id, Seen.contribution_id.in_(contribution_ids))
    known = set(db.session.connection().execute(query).scalars())
    return [each for each in contribution_ids if each not in known]


def given_by(participant_id: str) -> list[Said]:
    """The teller's own: everything they gave, newest first."""
    query = _all(Viewer.TELLER).where(Contribution.participant_id == participant_id)
    return _rows(query.order_by(Contribution.number.desc()))


def as_seen_by_teller(contribution_id: str, participant_id: str) -> Said | None:
    """One of the teller's own."""
    query = _all(Viewer.TELLER).where(Contribution.id == contribution_id, Contribution.participant_id == participant_id)
    return next(iter(_rows(query)), None)


def edits(contribution_id: str) -> Sequence[Any]:
    """What facilitators changed in it, oldest first."""
    query = sa.select(Edit.id, Edit.place, Edit.before, Edit.after, Edit.reason, Edit.answer).where(
        Edit.contribution_id == contribution_id
    )
    return db.session.connection().execute(query.order_by(Edit.made_at)).all()


def seen_by(contribution_id: str) -> int:
    """How many accounts have opened it."""
    query = sa.select(sa.func.count()).select_from(Seen).where(Seen.contribution_id == contribution_id)
    return int(db.session.connection().execute(query).scalar_one())


def taken_back(workshop_id: str) -> Sequence[Any]:
    """The tombstones of a workshop: identifier and day."""
    query = sa.select(Tombstone.id, Tombstone.taken_back_on).where(Tombstone.workshop_id == workshop_id)
    return db.session.connection().execute(query.order_by(Tombstone.id)).all()
