"""Who has the queue now: any colleague takes it, and whoever has it hands it over."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from workshop.commands import handing_over
from workshop.permissions import Actor, May
from workshop.web.guards import needs
from workshop.web.moderation import to_queue

bp = Blueprint("queue_turn", __name__)


@bp.post("/w/<workshop_id>/console/queue/take")
@needs(May.FACILITATE)
def take(workshop: Any, actor: Actor) -> ResponseReturnValue:
    handing_over.take_queue(workshop, str(actor.user_id))
    return to_queue(workshop)


@bp.post("/w/<workshop_id>/console/queue/hand-over")
@needs(May.FACILITATE)
def hand_over(workshop: Any, actor: Actor) -> ResponseReturnValue:
    handing_over.hand_over_queue(workshop, str(actor.user_id))
    return to_queue(workshop)
