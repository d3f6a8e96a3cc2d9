"""The ways by which the ballots of a choice came: phones, cards, paper, and who typed for somebody."""

from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Ballot
from workshop.queries import boxes, cards


def of(activity: Any) -> dict[str, Any]:
    """What the count keeps of them: `channels` with their ballots, paper counted by hand, one-time cards."""
    return {"channels": _channels(activity.id), **boxes.counted(activity.id), **_cards(activity)}


def _channels(activity_id: str) -> dict[str, int]:
    query = sa.select(Ballot.channel, sa.func.count()).where(Ballot.activity_id == activity_id)
    found = db.session.connection().execute(query.group_by(Ballot.channel).order_by(Ballot.channel))
    return {channel: number for channel, number in found}  # noqa: C416 - rows are no pairs


def _cards(activity: Any) -> dict[str, int]:
    """How many one-time cards were printed and used; nothing where somebody chose who had come in without one."""
    tally = cards.tally(activity.workshop_id)
    if not tally.used or not cards.everybody_had_one(activity.id):
        return {}
    return {"cards": tally.printed, "cards_used": tally.used}
