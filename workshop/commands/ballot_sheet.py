"""The rows that ballots leave, gathered to be written at once. Built once: a hall votes at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from workshop.extensions import db
from workshop.models import Activity, Ballot, BallotLink, BallotResend, HasChosen
from workshop.models.columns import new_id

Row = dict[str, Any]

_BEFORE = (
    sa.select(Activity.state, Activity.closes_at, Ballot.id.label("ballot"), Ballot.choices)
    .add_columns(BallotResend.id.label("resent"))
    .select_from(Activity)
    .outerjoin(
        BallotLink,
        sa.and_(BallotLink.activity_id == Activity.id, BallotLink.participant_id == sa.bindparam("p")),
    )
    .outerjoin(Ballot, Ballot.id == BallotLink.ballot_id)
    .outerjoin(
        BallotResend, sa.and_(BallotResend.id == sa.bindparam("id"), BallotResend.participant_id == sa.bindparam("p"))
    )
    .where(Activity.id == sa.bindparam("a"))
)
_REPLACE = (
    sa.update(Ballot)
    .where(Ballot.id == sa.bindparam("b"))
    .values(choices=sa.bindparam("c", type_=sa.JSON), side=sa.bindparam("s"))
)
ADD_BALLOTS = sa.insert(Ballot.__table__)  # type: ignore[arg-type]
_ADD_LINKS = sa.insert(BallotLink.__table__)  # type: ignore[arg-type]
_ADD_RESENDS = sa.insert(BallotResend.__table__)  # type: ignore[arg-type]
_MARK = {
    "sqlite": sqlite.insert(HasChosen).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(HasChosen).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """One person's ballot as it comes in; `merge` adds to an earlier one, for one question at a time."""

    activity: Any
    seat: Any
    sending: str
    choices: Mapping[str, int]
    channel: str
    merge: bool


@dataclass(slots=True)
class Sheet:
    """What is to be written. Nobody stands on it twice: it is written first."""

    people: set[tuple[str, str]] = field(default_factory=set)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def before(self, cast: Cast) -> Any:
        """The choice's state, this person's earlier ballot in it, and whether this very sending has come before."""
        if (cast.seat.id, cast.activity.id) in self.people:
            self.write()
        values = {"p": cast.seat.id, "a": cast.activity.id, "id": cast.sending}
        return db.session.connection().execute(_BEFORE, values).one()

    def keep(self, cast: Cast, before: Any) -> None:
        """In place of the earlier ballot, or as the first one, with its mark and its link."""
        person = {"participant_id": cast.seat.id, "activity_id": cast.activity.id}
        self.people.add((cast.seat.id, cast.activity.id))
        if before.ballot:
            kept = {**before.choices, **cast.choices} if cast.merge else dict(cast.choices)
            self._add("replace", {"b": before.ballot, "c": kept, "s": cast.seat.side})
        else:
            self._add_first(cast, person, new_id())
        self._add("resend", {"id": cast.sending, **person})

    def _add_first(self, cast: Cast, person: Row, ballot_id: str) -> None:
        self._add("mark", {**person, "workshop_id": cast.activity.workshop_id})
        ballot = {"id": ballot_id, "activity_id": cast.activity.id, "side": cast.seat.side, "channel": cast.channel}
        self._add("ballot", {**ballot, "choices": dict(cast.choices)})
        self._add("link", {**person, "ballot_id": ballot_id})

    def _add(self, what: str, row: Row) -> None:
        self.rows.setdefault(what, []).append(row)

    def write(self) -> None:
        connection = db.session.connection()
        known = {"replace": _REPLACE, "ballot": ADD_BALLOTS, "link": _ADD_LINKS, "resend": _ADD_RESENDS}
        for what, rows in self.rows.items():
            connection.execute(known.get(what, _MARK[connection.dialect.name]), rows)
        self.rows.clear()
        self.people.clear()
