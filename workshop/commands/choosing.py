"""Secret ballots: cast, change while open, close, destroy who chose what."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from workshop.commands import afterwards, command, scrubbing
from workshop.commands.ballot_sheet import ADD_BALLOTS, Cast, Sheet
from workshop.commands.together import Together
from workshop.extensions import db
from workshop.models import Ballot, BallotLink
from workshop.models.columns import new_id
from workshop.queries import choices as chosen

_shuffle = random.SystemRandom().shuffle


class Closed(Exception):
    """The choice is closed (or not open yet): the ballot was not kept, and the phone says so."""


class NotAsked(Closed):
    """The choice is for one side, and this person is not of it: nothing was kept."""


class ChangedTooLate(Closed):
    """The choice is closed: this change was not kept, and what this person sent in time counts."""


class WordsKept(Closed):
    """The choice came too late; the words that came with it are kept."""


def cast(
    activity: Any, seat: Any, sending: str, choices: Mapping[str, int], *, channel: str = "phone", merge: bool = False
) -> None:
    """Keep this person's ballot in place of any earlier one; `merge` adds to it, for one question at a time.

    The same sending again changes nothing. Raises Closed when the choice is over. Ballots that come at the same
    moment share a commit; nobody is answered before it is durable.
    """
    _together.do(Cast(activity, seat, sending, choices, channel, merge))


def _cast_all(casts: Sequence[Cast]) -> list[Closed | None]:
    sheet = Sheet(casts)
    refused = [_cast(each, sheet) for each in casts]
    sheet.write()
    return refused


def _cast(cast: Cast, sheet: Sheet) -> Closed | None:
    if sheet.has(cast):
        return None
    if not sheet.takes(cast):
        return _why_not(cast, sheet)
    sheet.keep(cast)
    return None


def _why_not(cast: Cast, sheet: Sheet) -> Closed:
    return NotAsked() if cast.activity.id in sheet.open else too_late(cast.activity, cast.seat)


_together = Together(_cast_all)


def too_late(activity: Any, seat: Any) -> Closed:
    """Why nothing was kept: after the close nobody knows whether this is a repeat of what was sent in time."""
    return ChangedTooLate() if chosen.has_chosen(activity.id, seat.id) else Closed()


@command
def seal(activity_id: str) -> None:
    """The close: ballots are written anew in shuffled order, and nothing says any more whose they were.

    Nor in which order somebody answered: each ballot lists its items by their ids.
    """
    db.session.execute(sa.delete(BallotLink).where(BallotLink.activity_id == activity_id))
    query = sa.select(Ballot.side, Ballot.channel, Ballot.choices).where(Ballot.activity_id == activity_id)
    rows = [
        {"side": side, "channel": channel, "choices": dict(sorted(chosen.items()))}
        | {"id": new_id(), "activity_id": activity_id}
        for side, channel, chosen in db.session.execute(query)
    ]
    _shuffle(rows)
    db.session.execute(sa.delete(Ballot).where(Ballot.activity_id == activity_id))
    if rows:
        db.session.connection().execute(ADD_BALLOTS, rows)
    afterwards(scrubbing.shorten_log)
