"""Secret ballots: cast, change while open, close, destroy who chose what. Built once: a hall votes at a time."""

import random
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from workshop.commands import afterwards, command, upkeep
from workshop.extensions import db
from workshop.models import Activity, Ballot, BallotLink, BallotResend, HasChosen
from workshop.models.columns import new_id, now
from workshop.queries import choices as chosen

_shuffle = random.SystemRandom().shuffle


class Closed(Exception):
    """The choice is closed (or not open yet): the ballot was not kept, and the phone says so."""


class ChangedTooLate(Closed):
    """The choice is closed: this change was not kept, and what this person sent in time counts."""


class WordsKept(Closed):
    """The choice came too late; the words that came with it are kept."""


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
_ADD_BALLOT = sa.insert(Ballot.__table__)  # type: ignore[arg-type]
_ADD_LINK = sa.insert(BallotLink.__table__)  # type: ignore[arg-type]
_ADD_RESEND = sa.insert(BallotResend.__table__)  # type: ignore[arg-type]
_MARK = {
    "sqlite": sqlite.insert(HasChosen).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(HasChosen).on_conflict_do_nothing(),
}


@command
def cast(
    activity: Any, seat: Any, sending: str, choices: Mapping[str, int], *, channel: str = "phone", merge: bool = False
) -> None:
    """Keep this person's ballot in place of any earlier one; `merge` adds to it, for one question at a time.

    The same sending again changes nothing. Raises Closed when the choice is over.
    """
    run = db.session.connection().execute
    before = run(_BEFORE, {"p": seat.id, "a": activity.id, "id": sending}).one()
    if before.resent:
        return
    if not _takes_ballots(before):
        raise too_late(activity, seat)
    if before.ballot:
        kept = {**before.choices, **choices} if merge else dict(choices)
        run(_REPLACE, {"b": before.ballot, "c": kept, "s": seat.side})
    else:
        _first_ballot(activity, seat, choices, channel)
    run(_ADD_RESEND, {"id": sending, "participant_id": seat.id, "activity_id": activity.id})


def _first_ballot(activity: Any, seat: Any, choices: Mapping[str, int], channel: str) -> None:
    connection = db.session.connection()
    ballot_id = new_id()
    mark = {"participant_id": seat.id, "activity_id": activity.id, "workshop_id": activity.workshop_id}
    ballot = {"id": ballot_id, "activity_id": activity.id, "side": seat.side, "channel": channel}
    connection.execute(_MARK[connection.dialect.name], mark)
    connection.execute(_ADD_BALLOT, {**ballot, "choices": dict(choices)})
    connection.execute(_ADD_LINK, {"participant_id": seat.id, "activity_id": activity.id, "ballot_id": ballot_id})


def _takes_ballots(state: Any) -> bool:
    return bool(state.state == "open" or (state.state == "grace" and state.closes_at > now()))


def too_late(activity: Any, seat: Any) -> Closed:
    """Why nothing was kept: after the close nobody knows whether this is a repeat of what was sent in time."""
    return ChangedTooLate() if chosen.has_chosen(activity.id, seat.id) else Closed()


@command
def seal(activity_id: str) -> None:
    """The close: ballots are written anew in shuffled order, and nothing says any more whose they were.

    Nor in which order somebody answered: each ballot lists its items by their ids.
    """
    for table in (BallotResend, BallotLink):
        db.session.execute(sa.delete(table).where(table.activity_id == activity_id))
    query = sa.select(Ballot.side, Ballot.channel, Ballot.choices).where(Ballot.activity_id == activity_id)
    rows = [
        {"side": side, "channel": channel, "choices": dict(sorted(chosen.items()))}
        | {"id": new_id(), "activity_id": activity_id}
        for side, channel, chosen in db.session.execute(query)
    ]
    _shuffle(rows)
    db.session.execute(sa.delete(Ballot).where(Ballot.activity_id == activity_id))
    if rows:
        db.session.connection().execute(_ADD_BALLOT, rows)
    afterwards(upkeep.shorten_log)
