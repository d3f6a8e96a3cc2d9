"""Paper ballots and raised hands: two people read every one of a box, and only what both read alike counts."""

import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from workshop.commands import afterwards, choosing, command, scrubbing
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Ballot, Box, HasChosen, Participant, Reading, Slip
from workshop.models.columns import new_id
from workshop.queries import boxes, rooms

SIDES = ("lived", "service")
DOOR = "box"


class NotAlike(Exception):
    """Two people have not read the whole box yet, or not alike: nothing of it counts."""


class TwoReadIt(Exception):
    """Two others read this box already."""


@command
def begin(activity: Any, side: str, channel: str, user_id: str) -> str:
    """A box of one side, of paper or of raised hands. Raises Closed when the choice takes no ballots any more."""
    if _state(activity) != "open":
        raise choosing.Closed
    box = Box(id=new_id(), activity_id=activity.id, side=side, channel=channel)
    db.session.add(box)
    _note("begin a box of paper ballots", activity, user_id)
    return box.id


@command
def say_how_many(box: Any, user_id: str, slips: int, void: int) -> None:
    """What one reader counted by hand, before and independently of the other. Raises TwoReadIt for a third."""
    reads = _unread(box)
    mine = reads.by(user_id)
    if mine is None and len(reads.readings) == boxes.READERS:
        raise TwoReadIt
    if mine is None:
        db.session.add(Reading(id=new_id(), box_id=box.id, user_id=user_id, slips=slips, void=void))
        return
    db.session.execute(sa.update(Reading).where(Reading.id == mine.id).values(slips=slips, void=void))
    db.session.execute(sa.delete(Slip).where(Slip.reading_id == mine.id, Slip.number > slips - void))


@command
def read(box: Any, user_id: str, number: int, choices: Mapping[str, int]) -> None:
    """What this reader reads on the slip of this number; typed again, the later holds."""
    mine = _unread(box).by(user_id)
    if mine is None or not 1 <= number <= mine.valid:
        raise NotAlike
    db.session.execute(sa.delete(Slip).where(Slip.reading_id == mine.id, Slip.number == number))
    db.session.add(Slip(reading_id=mine.id, number=number, choices=dict(choices)))


@command
def put_in(activity: Any, box: Any, user_id: str) -> None:
    """Both read all of it alike: each slip is a ballot, and what was typed goes.

    Raises NotAlike as long as it is not so, and Closed when the choice takes no ballots any more.
    """
    reads = _unread(box)
    if not reads.is_alike or reads.by(user_id) is None:
        raise NotAlike
    if _state(activity) not in ("open", "grace"):
        raise choosing.Closed
    slips, void = reads.readings[0].slips, reads.readings[0].void
    people = _people(activity, reads, reads.readings[0].valid)
    about = {"activity_id": activity.id, "side": reads.side, "channel": reads.channel}
    for person, choices in zip(people, reads.readings[0].typed.values(), strict=True):
        db.session.add(Ballot(id=new_id(), choices=dict(choices), **about))
        db.session.add(HasChosen(participant_id=person, activity_id=activity.id))
    db.session.execute(sa.delete(Reading).where(Reading.box_id == box.id))
    db.session.execute(sa.update(Box).where(Box.id == box.id).values(slips=slips, void=void))
    _note("count paper ballots in", activity, user_id)
    afterwards(scrubbing.shorten_log)


@command
def put_away(activity: Any, box: Any, user_id: str) -> None:
    """Nothing of this box counts, and all that was typed goes. One that is in stays in."""
    db.session.execute(sa.delete(Box).where(Box.id == _unread(box).id))
    _note("put a box of paper ballots away", activity, user_id)
    afterwards(scrubbing.shorten_log)


def _unread(box: Any) -> boxes.Reads:
    fresh = boxes.one(box.id, box.activity_id)
    if fresh is None or fresh.is_in:
        raise NotAlike
    return fresh


def _state(activity: Any) -> str:
    fresh = rooms.activity(activity.id, activity.workshop_id)
    return str(fresh.state) if fresh is not None else "closed"


def _people(activity: Any, box: boxes.Reads, many: int) -> list[str]:
    """As many people without a phone as there are ballots: those of earlier boxes, counted once, come first."""
    has_chosen = sa.select(HasChosen.participant_id).where(HasChosen.activity_id == activity.id)
    here = sa.select(Participant.id).where(
        Participant.workshop_id == activity.workshop_id,
        Participant.side == box.side,
        Participant.door == DOOR,
        Participant.removed_at.is_(None),
        Participant.id.not_in(has_chosen),
    )
    known = list(db.session.execute(here.order_by(Participant.id).limit(many)).scalars())
    return [*known, *(_person(activity.workshop_id, box) for _ in range(many - len(known)))]


def _person(workshop_id: str, box: boxes.Reads) -> str:
    """Somebody of whom nothing is known but that they chose on paper or by hand: no receipt opens anything."""
    sealed = {name: secrets.token_hex(32) for name in ("receipt_hash", "spoken_hash")}
    person = Participant(id=new_id(), workshop_id=workshop_id, side=box.side, door=DOOR, channel=box.channel, **sealed)
    db.session.add(person)
    db.session.flush()
    return person.id


def _note(act: str, activity: Any, user_id: str) -> None:
    workshop = rooms.workshop(activity.workshop_id)
    announce(activity.workshop_id, "read_a_box", activity=activity.id)
    audit(act, user_id=user_id, organisation_id=workshop.organisation_id if workshop else None, thing=activity.id)
