"""Promises: who does what by when, one for each idea."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from workshop.commands import command, taking_part
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Commitment
from workshop.queries import rooms
from workshop.queries.promises import promise_id


@command
def promise(
    activity: Any, item_id: str, what: str, who: str, by_date: date, *, contribution_id: str | None, user_id: str | None
) -> None:
    """Keep the one promise for this idea, in place of an earlier one. It goes when its idea is taken back."""
    words = {"what": what, "who": who, "by_date": by_date.isoformat()}
    known = db.session.get(Commitment, promise_id(activity.id, item_id))
    if known is None:
        about = {"workshop_id": activity.workshop_id, "activity_id": activity.id, "contribution_id": contribution_id}
        db.session.add(Commitment(id=promise_id(activity.id, item_id), **about, **words))
        db.session.flush()
    else:
        db.session.execute(sa.update(Commitment).where(Commitment.id == known.id).values(**words))
    announce(activity.workshop_id, "promised", activity=activity.id)
    workshop = rooms.workshop(activity.workshop_id)
    audit("promise", user_id=user_id, organisation_id=workshop.organisation_id if workshop else None, thing=activity.id)


@command
def pledge(activity: Any, seat: Any, words: Mapping[str, Any], promised: Mapping[str, Any], gift: Any) -> None:
    """Keep somebody's own promise: their words as a card, and beside it who, by when and how it stands.

    It bears the card's name, holds no words of its own, and goes with the card. The same id again changes nothing.
    """
    given = taking_part.give(activity, seat, "card", words, gift)
    if db.session.get(Commitment, given) is None:
        where = {"workshop_id": activity.workshop_id, "activity_id": activity.id, "contribution_id": given}
        db.session.add(Commitment(id=given, what="", **where, **promised))
        db.session.flush()
