"""What the team does for one person in the room: confirms their side, goes to help."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Ballot, BallotLink, Contribution, HelpRequest, Participant


@command
def confirm_side(workshop: Any, participant_id: str, *, yes: bool) -> None:
    """The facilitator confirms, or does not, that somebody is of the service; what they gave so far follows them."""
    person = db.session.get(Participant, participant_id)
    if person and person.workshop_id == workshop.id and person.claims:
        person.side = person.claims if yes else "other"
        person.claims = None
        db.session.flush()
        _carry_over(person)
        announce(workshop.id, "confirmed_side")


@command
def answer_help(workshop: Any, request_id: str) -> None:
    """Somebody went to help."""
    request = db.session.get(HelpRequest, request_id)
    if request and request.workshop_id == workshop.id:
        request.state = "answered"
        db.session.flush()
        announce(workshop.id, "answered_help")


def _carry_over(person: Participant) -> None:
    """Their words, and ballots in choices that are still open, count with the side they were confirmed for."""
    words = sa.update(Contribution).where(Contribution.participant_id == person.id)
    db.session.execute(words.values(side=person.side))
    theirs = sa.select(BallotLink.ballot_id).where(BallotLink.participant_id == person.id)
    db.session.execute(sa.update(Ballot).where(Ballot.id.in_(theirs)).values(side=person.side))
