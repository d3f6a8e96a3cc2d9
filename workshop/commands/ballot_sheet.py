"""Ballots that came at the same moment: read in one go, settled in memory, written in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from workshop.extensions import db
from workshop.models import Activity, Ballot, BallotLink, HasChosen
from workshop.models.columns import new_id, now

Key = tuple[str, str]  # a person and a choice

_STATES = (
    sa.select(Activity.id, Activity.state, Activity.closes_at)
    .where(Activity.id.in_(sa.bindparam("activities", expanding=True)))
    .with_for_update(read=True)  # where there is more than one writer, the close waits for us
)
_KEPT = (
    sa.select(BallotLink.participant_id, BallotLink.activity_id, BallotLink.arrived, Ballot.id, Ballot.choices)
    .join(Ballot, Ballot.id == BallotLink.ballot_id)
    .where(
        BallotLink.participant_id.in_(sa.bindparam("people", expanding=True)),
        BallotLink.activity_id.in_(sa.bindparam("activities", expanding=True)),
    )
)
ADD_BALLOTS = sa.insert(Ballot.__table__)  # type: ignore[arg-type]
_ADD_LINKS = sa.insert(BallotLink.__table__)  # type: ignore[arg-type]
_CHANGE_BALLOTS = (
    sa.update(Ballot)
    .where(Ballot.id == sa.bindparam("ballot"))
    .values(choices=sa.bindparam("chosen", type_=sa.JSON), side=sa.bindparam("of"))
)
_CHANGE_LINKS = (
    sa.update(BallotLink)
    .where(BallotLink.participant_id == sa.bindparam("person"), BallotLink.activity_id == sa.bindparam("choice"))
    .values(arrived=sa.bindparam("sendings"))
)
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

    @property
    def key(self) -> Key:
        return self.seat.id, self.activity.id


@dataclass(slots=True)
class Kept:
    """A person's ballot in a choice, as it was before, or as it will be written."""

    choices: Mapping[str, int]
    arrived: str
    id: str = field(default_factory=new_id)
    is_new: bool = True
    cast: Cast | None = None  # the last one that changed it


class Sheet:
    """What these casts find, and what they leave. Nobody's earlier ballot is lost by a later one beside it."""

    def __init__(self, casts: Sequence[Cast]) -> None:
        self.connection = db.session.connection()
        ids = sorted({cast.activity.id for cast in casts})
        states = {row.id: row for row in self.connection.execute(_STATES, {"activities": ids})}
        self.open = {id for id, row in states.items() if _takes_ballots(row)}
        self._mark(cast for cast in casts if self.takes(cast))
        people = sorted({cast.seat.id for cast in casts})
        rows = self.connection.execute(_KEPT, {"people": people, "activities": ids})
        self.kept = {(row[0], row[1]): Kept(row.choices, row.arrived, row.id, is_new=False) for row in rows}

    def takes(self, cast: Cast) -> bool:
        """Is the choice still open, and this person among those it asks?"""
        return cast.activity.id in self.open and cast.activity.who in ("all", cast.seat.side)

    def has(self, cast: Cast) -> bool:
        """Has this very sending come before?"""
        kept = self.kept.get(cast.key)
        return kept is not None and cast.sending in kept.arrived.split()

    def keep(self, cast: Cast) -> None:
        """In place of the earlier ballot, or as the first one."""
        kept = self.kept.setdefault(cast.key, Kept({}, ""))
        kept.choices = {**kept.choices, **cast.choices} if cast.merge else dict(cast.choices)
        kept.arrived = f"{kept.arrived} {cast.sending}".lstrip()
        kept.cast = cast

    def write(self) -> None:
        settled = [(kept, kept.cast) for kept in self.kept.values() if kept.cast]
        first = [pair for pair in settled if pair[0].is_new]
        changed = [pair for pair in settled if not pair[0].is_new]
        if first:
            self.connection.execute(ADD_BALLOTS, [_ballot(*pair) for pair in first])
            self.connection.execute(_ADD_LINKS, [_link(*pair) for pair in first])
        if changed:
            self.connection.execute(_CHANGE_BALLOTS, [_changed_ballot(*pair) for pair in changed])
            self.connection.execute(_CHANGE_LINKS, [_changed_link(*pair) for pair in changed])

    def _mark(self, casts: Iterable[Cast]) -> None:
        """First of all: where there is more than one writer, the same person's other phone waits here."""
        rows = [{"participant_id": person, "activity_id": choice} for person, choice in {cast.key for cast in casts}]
        if rows:
            self.connection.execute(
                _MARK[self.connection.dialect.name], sorted(rows, key=lambda row: row["participant_id"])
            )


def _takes_ballots(state: Any) -> bool:
    late = state.state == "grace" and state.closes_at is not None and state.closes_at > now()
    return bool(state.state == "open" or late)


def _ballot(kept: Kept, cast: Cast) -> dict[str, Any]:
    given = {"side": cast.seat.side, "channel": cast.channel, "choices": kept.choices}
    return {"id": kept.id, "activity_id": cast.activity.id, **given}


def _link(kept: Kept, cast: Cast) -> dict[str, Any]:
    whose = {"participant_id": cast.seat.id, "activity_id": cast.activity.id}
    return {**whose, "ballot_id": kept.id, "arrived": kept.arrived}


def _changed_ballot(kept: Kept, cast: Cast) -> dict[str, Any]:
    return {"ballot": kept.id, "chosen": kept.choices, "of": cast.seat.side}


def _changed_link(kept: Kept, cast: Cast) -> dict[str, Any]:
    return {"person": cast.seat.id, "choice": cast.activity.id, "sendings": kept.arrived}
