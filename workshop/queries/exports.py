"""What leaves the house: names made for exports, and words in an order that says nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer, a_photo, eyes, visible_to
from workshop.extensions import db, keys
from workshop.models import Ballot, Commitment, Contribution, Edit
from workshop.queries.promises import WHAT, may_be_told

AT_ONCE = 200  # contributions in memory together

_IN = Contribution.workshop_id == sa.bindparam("workshop")
_ALL = sa.bindparam("activity", type_=sa.String) == ""
_ANYWHERE = sa.or_(_ALL, Contribution.activity_id == sa.bindparam("activity"))
_IDS = {v: visible_to(sa.select(Contribution.id).where(_IN, _ANYWHERE), v) for v in Viewer}
_STANDS = sa.and_(Edit.contribution_id == Contribution.id, Edit.answer.is_distinct_from("refused"))
_EDITED = sa.exists().where(_STANDS).correlate(Contribution).label("edited")
_THESE = Contribution.id.in_(sa.bindparam("ids", expanding=True))
BARE = ("kind", "side", "level", "consent")  # what the organiser's list says of words that are not theirs to read


@cache
def _these(viewer: Viewer, columns: tuple[str, ...]) -> sa.Select[Any]:
    """These columns of some contributions, the identifier first, as far as this viewer may read them."""
    known = {**Contribution.__table__.c, "photo": a_photo(viewer).label("photo"), "edited": _EDITED}
    query = sa.select(Contribution.id, *(known[name] for name in columns)).where(_THESE)
    return visible_to(query, viewer)


def export_id(workshop_id: str, thing_id: str) -> str:
    """The name of a thing in exports: always the same, it opens nothing and leads to no phone.

    The letter in front keeps spreadsheets from taking it for a number.
    """
    return next(export_ids(workshop_id, [thing_id]))


def export_ids(workshop_id: str, thing_ids: Iterable[str]) -> Iterator[str]:
    """The same for many things of one workshop."""
    return ("x" + name[:15] for name in keys.names(workshop_id, thing_ids))


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside is all of one moment, while people go on writing and taking back."""
    session = db.session()
    session.rollback()
    if session.get_bind().dialect.name != "sqlite":  # there, a transaction that reads is of one moment anyway
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        session.rollback()


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words that a viewer may read, read anew each time and few at a time: memory stays flat."""

    workshop_id: str
    viewer: Viewer
    columns: tuple[str, ...]
    activity_id: str = ""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Each contribution with its name in exports, sorted by that name."""
        return chain.from_iterable(self.few_at_a_time())

    def few_at_a_time(self) -> Iterator[list[tuple[str, Any]]]:
        """The same in lists, for whoever asks for more about them: one question for many."""
        ids = spoken_ids(self.workshop_id, self.viewer, self.activity_id)
        for some in _by_name(self.workshop_id, ids):
            rows = _rows(eyes(self.viewer), self.columns, [given for _, given in some])
            yield [(name, rows[given]) for name, given in some if given in rows]


@dataclass(frozen=True, slots=True)
class Listed:
    """Every contribution as the organiser's list has it: kind, side and consent; its words if they may be read."""

    workshop_id: str
    viewer: Viewer
    columns: tuple[str, ...]

    def __iter__(self) -> Iterator[tuple[str, Any, Any]]:
        """The name in exports, the bare row, and the row with the words or None."""
        for some in _by_name(self.workshop_id, spoken_ids(self.workshop_id, Viewer.FACILITATOR)):
            words = _rows(eyes(self.viewer), self.columns, [given for _, given in some])
            known = bare([given for _, given in some if given not in words]) | words
            yield from ((name, known[given], words.get(given)) for name, given in some if given in known)


def spoken_ids(workshop_id: str, viewer: Viewer, activity_id: str = "") -> list[str]:
    """The contributions whose words this viewer may read."""
    values = {"workshop": workshop_id, "activity": activity_id}
    query = _IDS[viewer if viewer is Viewer.FACILITATOR else eyes(viewer)]
    return list(db.session.connection().execute(query, values).scalars())


def bare(contribution_ids: Sequence[str]) -> dict[str, Any]:
    """Kind, side and consent of these contributions, by identifier, as far as facilitators may know of them."""
    found: dict[str, Any] = {}
    for start in range(0, len(contribution_ids), AT_ONCE):
        found |= _rows(Viewer.FACILITATOR, BARE, contribution_ids[start : start + AT_ONCE])
    return found


def _by_name(workshop_id: str, ids: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    named = sorted(zip(export_ids(workshop_id, ids), ids, strict=True))
    return (named[start : start + AT_ONCE] for start in range(0, len(named), AT_ONCE))


def _rows(viewer: Viewer, columns: tuple[str, ...], ids: Sequence[str]) -> dict[str, Any]:
    found = db.session.connection().execute(_these(viewer, columns), {"ids": ids})
    return {row[0]: row for row in found.all()}


def how_many(workshop_id: str, viewer: Viewer) -> int:
    """How many contributions this viewer may read."""
    query = visible_to(sa.select(sa.func.count()).select_from(Contribution).where(_IN), viewer)
    return int(db.session.connection().execute(query, {"workshop": workshop_id}).scalar_one())


def tellers(workshop_id: str) -> dict[str, dict[str, int]]:
    """For each activity how many people of each side gave something: exact, as with `voters`."""
    columns: tuple[Any, ...] = (Contribution.activity_id, Contribution.participant_id, Contribution.side)
    query = sa.select(*columns).where(_IN, Contribution.participant_id.is_not(None)).distinct()
    query = visible_to(query, Viewer.FACILITATOR)
    people: dict[str, dict[str, str]] = {}
    for activity_id, participant_id, side in db.session.connection().execute(query, {"workshop": workshop_id}):
        people.setdefault(activity_id, {})[participant_id] = side
    return {activity_id: Counter(sides.values()) for activity_id, sides in people.items()}


def voters(activity_id: str) -> dict[str, int]:
    """How many of each side have chosen: exact; whoever shows it asks counting.sides first."""
    query = sa.select(Ballot.side, sa.func.count()).where(Ballot.activity_id == activity_id).group_by(Ballot.side)
    return {side: number for side, number in db.session.connection().execute(query)}  # noqa: C416 - rows are no pairs


def each_ballot(activity_id: str) -> Iterator[Any]:
    """The ballots of a counted choice, few at a time, in the random order that the close gave them."""
    query = sa.select(Ballot.side, Ballot.choices).where(Ballot.activity_id == activity_id).order_by(Ballot.id)
    yield from db.session.connection().execute(query, execution_options={"yield_per": 500})


def commitments(workshop_id: str) -> Sequence[Any]:
    """The promises of a workshop, the next due first, as far as whoever reads them may know of them."""
    columns = [WHAT if column.name == "what" else column for column in Commitment.__table__.columns]
    query = sa.select(*columns).where(Commitment.workshop_id == workshop_id)
    query = query.where(may_be_told(workshop_id, Viewer.ROOM))
    return db.session.connection().execute(query.order_by(Commitment.by_date, Commitment.id)).all()
