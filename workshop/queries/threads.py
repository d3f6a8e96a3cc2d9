"""What became of somebody's words: every step from the telling to the answer, with its day, for the teller's eyes.

Each source looks for one sort of step. A new sort is one more function in SOURCES and its words in
templates/phone/thread_part.html.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from workshop.consent import APPROVED, Viewer, visible_to
from workshop.extensions import db
from workshop.models import Activity, Audit, Commitment, Contribution, Link, Seen
from workshop.queries import responses, themes
from workshop.queries.promises import WHAT


@dataclass(frozen=True, slots=True)
class Moment:
    """One step. `what` names it; `facts` are what its sentence needs. Without a day it stands where it belongs."""

    what: str
    on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thread:
    """The steps in their order, and whether the words have an answer yet."""

    moments: Sequence[Moment]
    is_answered: bool


Source = Callable[[Any], Iterator[Moment]]


def thread(contribution: Any) -> Thread:
    """What became of one contribution; for its teller alone."""
    moments = [moment for source in SOURCES for moment in source(contribution)]
    return Thread(moments, any(moment.what == "answer" for moment in moments))


def _told(contribution: Any) -> Iterator[Moment]:
    yield Moment("told", contribution.said_at.date())


def _read(contribution: Any) -> Iterator[Moment]:
    query = sa.select(sa.func.min(Seen.seen_at)).where(Seen.contribution_id == contribution.id)
    if first := db.session.connection().execute(query).scalar():
        yield Moment("read", first.date())


def _shown(contribution: Any) -> Iterator[Moment]:
    """Approved, as long as it is; the day is that of the last approval."""
    if contribution.state == APPROVED:
        query = sa.select(sa.func.max(Audit.at)).where(Audit.thing == contribution.id, Audit.act == "approve")
        at = db.session.connection().execute(query).scalar()
        yield Moment("shown", datetime.fromisoformat(at).date() if at else None, {"level": contribution.level})


def _themed(contribution: Any) -> Iterator[Moment]:
    """The themes that hold a piece of it, by the names that the room may read."""
    marked = themes.of_story(contribution.id, contribution.workshop_id, Viewer.FACILITATOR)
    ids = {piece.theme_id for piece in marked if piece.theme_id}
    if ids:
        for theme in themes.named(contribution.workshop_id, Viewer.ROOM):
            if theme.id in ids:
                yield Moment("theme", None, {"words": theme.name})


def _became(contribution: Any) -> Iterator[Moment]:
    """The ideas that it led to, as far as the room may read them."""
    for row in tied_to(contribution.id):
        yield Moment("idea", row.made_at.date(), {"words": row.text})


def _chosen(contribution: Any) -> Iterator[Moment]:
    """Choices in which it, or what it led to, was on the ballot: counted ones only, and never a number."""
    items = {contribution.id, *(row.item for row in _links(contribution.id))}
    query = sa.select(Activity.title, Activity.counted).where(
        Activity.workshop_id == contribution.workshop_id, Activity.gives == "ballot", Activity.state == "closed"
    )
    for row in db.session.connection().execute(query.order_by(Activity.position)):
        if items & set((row.counted or {}).get("items", ())):
            yield Moment("chosen", None, {"title": row.title})


def _promised(contribution: Any) -> Iterator[Moment]:
    others = [row.other_id for row in _links(contribution.id) if row.other_id]
    query = sa.select(WHAT, Commitment.by_date, Commitment.state, Commitment.made_at, Commitment.word)
    query = query.where(Commitment.contribution_id.in_([contribution.id, *others]))
    for row in db.session.connection().execute(query.order_by(Commitment.made_at)):
        facts = {"what": row.what, "by": row.by_date, "state": row.state, "word": row.word}
        yield Moment("promise", row.made_at.date(), facts)


def _answered(contribution: Any) -> Iterator[Moment]:
    for answer in responses.answers_to(contribution.id):
        yield Moment("answer", answer.shown_at.date() if answer.shown_at else None, {"answer": answer})


SOURCES: list[Source] = [_told, _read, _shown, _themed, _became, _chosen, _promised, _answered]


def _links(contribution_id: str) -> Sequence[Any]:
    query = sa.select(Link.activity_id, Link.item, Link.other_id).where(Link.contribution_id == contribution_id)
    return db.session.connection().execute(query.order_by(Link.made_at)).all()


def tied_to(contribution_id: str) -> Sequence[Any]:
    """The ideas that a contribution led to and that the room may read: activity_id, item, text, made_at."""
    query: Any = sa.select(Link.activity_id, Link.item, Contribution.text, Link.made_at).join(
        Contribution, Contribution.id == Link.other_id
    )
    query = visible_to(query.where(Link.contribution_id == contribution_id), Viewer.ROOM)
    return db.session.connection().execute(query.order_by(Link.made_at)).all()


def behind(activity: Any, item: str, viewer: Viewer) -> Sequence[Any]:
    """The stories behind an idea, as far as this viewer may read them: id, text, side, role, language.

    A card keeps its name from the wall to the ballot; a line of an activity's own belongs to that activity alone.
    """
    tied: Any = sa.select(Link.contribution_id).where(
        Link.workshop_id == activity.workshop_id,
        Link.item == item,
        sa.or_(Link.other_id.is_not(None), Link.activity_id == activity.id),
    )
    query: Any = sa.select(
        Contribution.id, Contribution.text, Contribution.side, Contribution.role, Contribution.language
    ).where(
        Contribution.workshop_id == activity.workshop_id,
        sa.or_(Contribution.id.in_(tied), sa.and_(Contribution.id == item, Contribution.kind == "story")),
    )
    return db.session.connection().execute(visible_to(query, viewer).order_by(Contribution.number)).all()
