"""The queue of a workshop lies with one person of the team at a time; anybody may take it, and hand it over."""

from typing import Any

from workshop.commands import command
from workshop.events import announce
from workshop.extensions import db
from workshop.models import QueueTurn
from workshop.models.columns import now


@command
def take_queue(workshop: Any, user_id: str) -> None:
    """I have the queue now, whoever had it."""
    db.session.merge(QueueTurn(workshop_id=workshop.id, user_id=user_id, before_user_id=None, since=now()))
    announce(workshop.id, "took_queue")


@command
def hand_over_queue(workshop: Any, user_id: str) -> None:
    """I cannot go on: somebody else is asked to take it. Nothing is lost, and nothing is let out meanwhile."""
    db.session.merge(QueueTurn(workshop_id=workshop.id, user_id=None, before_user_id=user_id, since=now()))
    announce(workshop.id, "handed_over_queue")
