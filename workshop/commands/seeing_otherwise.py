"""The teller sees their own story otherwise than before: the answers that only they and the team read."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from workshop.commands import afterwards, command, moderating, scrubbing, worries
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Contribution


@command
def read_again(contribution: Any, answers: Mapping[str, str]) -> None:
    """Keep the new answers. A note that the room reads goes to the queue first."""
    more = {name: said for name, said in {**contribution.more, **answers}.items() if said}
    values: dict[str, Any] = {"more": more}
    if more.get("warning") != contribution.more.get("warning"):
        values |= {"state": "waiting", "public_yes_at": None}
        moderating.forget_decision(contribution.id)
    db.session.execute(sa.update(Contribution).where(Contribution.id == contribution.id).values(**values))
    worries.heed(contribution.id, contribution.workshop_id, list(answers.values()))
    announce(contribution.workshop_id, "corrected", activity=contribution.activity_id)
    afterwards(scrubbing.shorten_log)
