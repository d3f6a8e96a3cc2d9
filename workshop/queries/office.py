"""What the office shows: what needs somebody today, and the workshops of an organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer, visible_to
from workshop.extensions import db
from workshop.models import Commitment, Contribution, Organisation, Participant, Workshop
from workshop.models.columns import now
from workshop.models.statements import missing
from workshop.queries import responses

SOON = timedelta(days=14)
LONG_AGO = timedelta(days=60)
RECENT = 20  # closed workshops that are looked through for stories without an answer


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that needs somebody: `what` is missing, open, answer, promise, waiting, check or unanswered."""

    what: str
    workshop_id: str
    title: str
    count: int = 0
    due: date | None = None
    late: bool = False


def demo_workshop() -> str | None:
    """The workshop of the demo organisation, if there is one."""
    query = sa.select(Workshop.id).join(Organisation, Organisation.id == Workshop.organisation_id)
    query = query.where(Organisation.example.is_(True), Workshop.example.is_(True)).order_by(Workshop.made_at)
    return db.session.connection().execute(query.limit(1)).scalar()


def workshops(organisation_id: str) -> Sequence[Any]:
    """The workshops of an organisation, the newest first."""
    query = sa.select(
        Workshop.id,
        Workshop.title,
        Workshop.state,
        Workshop.recipe,
        Workshop.example,
        Workshop.made_at,
        Workshop.closed_at,
        Workshop.answer_by,
        Workshop.statements,
    ).where(Workshop.organisation_id == organisation_id)
    return db.session.connection().execute(query.order_by(Workshop.made_at.desc(), Workshop.id)).all()


def duties(organisation: Any, listed: Sequence[Any]) -> list[Duty]:
    """What needs somebody today: open workshops and waiting words first, then dates, then drafts."""
    titles = {row.id: row.title for row in listed}
    return [
        *(Duty("open", row.id, row.title) for row in listed if row.state == "open"),
        *_waiting(titles),
        *_answers_to_check(titles),
        *_unanswered(listed),
        *sorted((*_answers(listed), *_promises(titles)), key=lambda duty: (duty.due or date.max, duty.title)),
        *_drafts(organisation, listed),
    ]


def _waiting(titles: Mapping[str, str]) -> list[Duty]:
    """Words that no facilitator has dealt with yet."""
    query: Any = sa.select(Contribution.workshop_id, sa.func.count()).where(
        Contribution.workshop_id.in_(titles), Contribution.state.in_(("waiting", "held"))
    )
    query = visible_to(query, Viewer.FACILITATOR).group_by(Contribution.workshop_id)
    rows = db.session.connection().execute(query)
    return sorted((Duty("waiting", id_, titles[id_], number) for id_, number in rows), key=lambda duty: duty.title)


def _answers_to_check(titles: Mapping[str, str]) -> list[Duty]:
    """Answers to stories that a facilitator reads before their tellers do."""
    counted = [(id_, responses.how_many_wait(id_)) for id_ in responses.with_answers_to_check(titles)]
    return [Duty("check", id_, titles[id_], number) for id_, number in counted if number]


def _unanswered(listed: Sequence[Any]) -> list[Duty]:
    """Stories of closed workshops that the service may read and nobody has answered."""
    closed = [row for row in listed if row.state == "closed"]
    counted = ((row, len(responses.unanswered(row.id))) for row in closed[:RECENT])
    return [Duty("unanswered", row.id, row.title, number) for row, number in counted if number]


def _answers(listed: Sequence[Any]) -> list[Duty]:
    """Closed workshops whose people wait for an answer soon, or wait already."""
    dated = [(row, date.fromisoformat(row.answer_by)) for row in listed if row.state == "closed" and row.answer_by]
    today = now().date()
    near = [(row, due) for row, due in dated if today - LONG_AGO <= due <= today + SOON]
    return [Duty("answer", row.id, row.title, due=due, late=due < today) for row, due in near]


def _promises(titles: Mapping[str, str]) -> list[Duty]:
    """Promises that nobody has kept or answered yet, with a date that is near or past."""
    query = sa.select(Commitment.workshop_id, Commitment.by_date, sa.func.count()).where(
        Commitment.workshop_id.in_(titles),
        Commitment.state == "open",
        Commitment.by_date <= (now().date() + SOON).isoformat(),
    )
    rows = db.session.connection().execute(query.group_by(Commitment.workshop_id, Commitment.by_date))
    today = now().date()
    dated = [(id_, date.fromisoformat(day), number) for id_, day, number in rows]
    return [Duty("promise", id_, titles[id_], number, day, day < today) for id_, day, number in dated]


def _drafts(organisation: Any, listed: Sequence[Any]) -> list[Duty]:
    """Workshops in preparation that may not open yet, each with the number of statements it lacks."""
    lacking = ((row, missing(_stated(organisation, row))) for row in listed if row.state == "draft" and not row.example)
    return [Duty("missing", row.id, row.title, len(gaps)) for row, gaps in lacking if gaps]


def _stated(organisation: Any, row: Any) -> dict[str, Any]:
    return {**organisation.statements, **{name: text for name, text in row.statements.items() if text}}


def own_statements(workshop_id: str) -> Mapping[str, str]:
    """What a workshop states itself, without what it inherits."""
    query = sa.select(Workshop.statements).where(Workshop.id == workshop_id)
    return db.session.connection().execute(query).scalar() or {}


def holdings(workshop_id: str) -> tuple[int, int]:
    """How many people were in a workshop, and how many things they gave: what goes when it is deleted."""
    people = sa.select(sa.func.count()).select_from(Participant).where(Participant.workshop_id == workshop_id)
    given: Any = sa.select(sa.func.count()).select_from(Contribution).where(Contribution.workshop_id == workshop_id)
    run = db.session.connection().execute
    return run(people).scalar_one(), run(visible_to(given, Viewer.FACILITATOR)).scalar_one()
