"""Running a discussion: say for whom one works, go from question to question, note what a seat said."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from workshop.commands import command
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Contribution, Discussion
from workshop.models.columns import now
from workshop.queries import contributions, rooms

DECLARED = ("neutral", "service")


class NotDeclared(Exception):
    """The facilitator has not said yet whether they are neutral or work for the service."""


@command
def declare(activity: Any, declared: str) -> None:
    """The room reads for whom its facilitator works, before the first question."""
    _standing(activity).declared = declared
    db.session.flush()
    announce(activity.workshop_id, "declared", activity=activity.id)


@command
def go_to(activity: Any, number: int, minutes: int | None) -> None:
    """The group is at this question now, with its time. Raises NotDeclared."""
    known = _standing(activity)
    if known.declared is None:
        raise NotDeclared
    known.at = number
    known.ends_at = now() + timedelta(minutes=minutes) if minutes else None
    db.session.flush()
    announce(activity.workshop_id, "asked_question", activity=activity.id)


@command
def note(activity: Any, note_id: str, words: Mapping[str, Any], seat_code: str, side: str, user_id: str) -> None:
    """What somebody said, written down by the note-taker under a seat code. The same id again changes nothing.

    It is a card as the others: it carries the level that was announced, and waits for nobody, for the team wrote it.
    """
    if contributions.one(note_id, activity.workshop_id) is not None:
        return
    card = Contribution(
        **words,
        id=note_id,
        workshop_id=activity.workshop_id,
        activity_id=activity.id,
        kind="card",
        side=side,
        role=seat_code,
        state="shown",
        channel="host",
        consent={"how": "host"},
        digest="",
    )
    db.session.add(card)
    db.session.flush()
    announce(activity.workshop_id, "gave", activity=activity.id, kind="card")
    workshop = rooms.workshop(activity.workshop_id)
    audit("note", user_id=user_id, organisation_id=workshop.organisation_id if workshop else None, thing=note_id)


def _standing(activity: Any) -> Discussion:
    known = db.session.get(Discussion, activity.id)
    if known is None:
        known = Discussion(activity_id=activity.id, at=1)
        db.session.add(known)
    return known
