"""Answers to stories: which stories may be answered, what was answered, what a facilitator must check."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer, eyes, visible_to
from workshop.extensions import db
from workshop.models import Concern, Contribution, Response, Workshop

PAGE = 50
BY_THE_SERVICE = ("reply", "planned", "made", "cannot")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer for a template: who signs it, never which account wrote it."""

    id: str
    contribution_id: str
    kind: str
    text: str
    what: str
    by_date: str | None
    contact: str
    signed: str
    state: str
    note: str
    made_at: datetime
    shown_at: datetime | None
    helped: str | None
    helped_words: str

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.by_date) if self.by_date else None


@dataclass(frozen=True, slots=True)
class Story:
    """A story on a list of those that may be answered: where and when it was told, and how far its answer is."""

    id: str
    workshop_id: str
    title: str
    side: str
    role: str | None
    said_at: datetime
    answers: tuple[str, ...]
    tells_of_concern: bool

    @property
    def is_answered(self) -> bool:
        return "shown" in self.answers


_COLUMNS = tuple(getattr(Response, name) for name in Answer.__dataclass_fields__)
_STORIES = (
    sa.select(
        Contribution.id,
        Contribution.workshop_id,
        Workshop.title,
        Contribution.side,
        Contribution.role,
        Contribution.said_at,
        Contribution.more,
        Concern.tells,
    )
    .join(Workshop, Workshop.id == Contribution.workshop_id)
    .outerjoin(Concern, Concern.contribution_id == Contribution.id)
    .where(Contribution.kind == "story")
    .order_by(Contribution.number)
)


def to_answer(organisation_id: str, workshop_id: str | None = None) -> list[Story]:
    """The stories that the service may read, oldest first: of one workshop, or of all of an organisation."""
    query = _STORIES.where(Workshop.organisation_id == organisation_id)
    if workshop_id is not None:
        query = query.where(Contribution.workshop_id == workshop_id)
    rows = db.session.connection().execute(visible_to(query, Viewer.SERVICE)).all()
    states = _states([row.id for row in rows])
    return [_story(row, states.get(row.id, ())) for row in rows]


def _story(row: Any, states: tuple[str, ...]) -> Story:
    where = (row.id, row.workshop_id, row.title)
    return Story(*where, row.side, row.role, row.said_at, states, tells_of_concern(row.tells, row.more))


def tells_of_concern(marked: bool | None, more: Any) -> bool:
    """The team's word, where there is one; else the teller's: who said what would have helped missed something."""
    return bool(more.get("helped")) if marked is None else marked


def _states(contribution_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    query = sa.select(Response.contribution_id, Response.state).where(Response.contribution_id.in_(contribution_ids))
    found: dict[str, tuple[str, ...]] = {}
    for contribution_id, state in db.session.connection().execute(query):
        found[contribution_id] = (*found.get(contribution_id, ()), state)
    return found


def answers_to(contribution_id: str, *states: str) -> list[Answer]:
    """The answers to one story, oldest first; those that are shown, unless other states are named."""
    query = sa.select(*_COLUMNS).where(
        Response.contribution_id == contribution_id, Response.state.in_(states or ("shown",))
    )
    return _answers(query.order_by(Response.made_at, Response.id))


def written_by(user_id: str, contribution_id: str) -> list[Answer]:
    """What one account has answered to a story, whether it shows or not."""
    query = sa.select(*_COLUMNS).where(Response.contribution_id == contribution_id, Response.user_id == user_id)
    return _answers(query.order_by(Response.made_at, Response.id))


def told(workshop_id: str, viewer: Viewer) -> list[Answer]:
    """The answers that are shown, to stories that this viewer may read, in an order that says nothing."""
    mine = sa.select(Contribution.id).where(Contribution.workshop_id == workshop_id)
    query = sa.select(*_COLUMNS).where(
        Response.workshop_id == workshop_id,
        Response.state == "shown",
        Response.contribution_id.in_(visible_to(mine, eyes(viewer))),
    )
    return _answers(query.order_by(Response.id))


def waiting(workshop_id: str) -> list[Answer]:
    """What a facilitator has to check, oldest first, as far as facilitators may still read the story."""
    mine = sa.select(Contribution.id).where(Contribution.workshop_id == workshop_id)
    query = sa.select(*_COLUMNS).where(
        Response.workshop_id == workshop_id,
        Response.state == "waiting",
        Response.contribution_id.in_(visible_to(mine, Viewer.FACILITATOR)),
    )
    return _answers(query.order_by(Response.made_at, Response.id).limit(PAGE))


def with_answers_to_check(workshop_ids: Collection[str]) -> list[str]:
    """Which of these workshops have an answer that waits for a facilitator."""
    query = sa.select(Response.workshop_id).where(Response.workshop_id.in_(workshop_ids), Response.state == "waiting")
    return sorted(set(db.session.connection().execute(query).scalars()))


def how_many_wait(workshop_id: str) -> int:
    return len(waiting(workshop_id))


def one(response_id: str, workshop_id: str) -> Answer | None:
    query = sa.select(*_COLUMNS).where(Response.id == response_id, Response.workshop_id == workshop_id)
    return next(iter(_answers(query)), None)


def has_answered_before(user_id: str, workshop_id: str) -> bool:
    """Has an answer of this account been shown in this organisation? Then its next reply shows at once."""
    here = sa.select(Workshop.organisation_id).where(Workshop.id == workshop_id).scalar_subquery()
    theirs = sa.select(Workshop.id).where(Workshop.organisation_id == here)
    query = sa.select(Response.id).where(
        Response.user_id == user_id, Response.state == "shown", Response.workshop_id.in_(theirs)
    )
    return db.session.connection().execute(query.limit(1)).first() is not None


def unanswered(workshop_id: str, viewer: Viewer = Viewer.SERVICE) -> Sequence[Any]:
    """The stories that this viewer may read and nobody has answered: id, title of the activity, hour."""
    answered = sa.select(Response.contribution_id).where(Response.workshop_id == workshop_id, Response.state == "shown")
    query = sa.select(Contribution.id, Contribution.activity_id, Contribution.side, Contribution.said_at).where(
        Contribution.workshop_id == workshop_id, Contribution.kind == "story", Contribution.id.not_in(answered)
    )
    return db.session.connection().execute(visible_to(query, viewer).order_by(Contribution.number)).all()


def _answers(query: Any) -> list[Answer]:
    return [Answer(*row) for row in db.session.connection().execute(query)]
