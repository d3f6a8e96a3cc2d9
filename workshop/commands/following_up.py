"""Following up: what became of a promise, in one word and a sentence."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Commitment
from workshop.models.columns import now

STATES = ("open", "kept", "late", "cannot")


@command
def give_word(workshop: Any, promise_id: str, state: str, word: str, user_id: str) -> None:
    """Kept, not yet, cannot, or open again; whoever asked reads the sentence and the day it was said."""
    values = {"state": state, "word": word, "word_on": now().date().isoformat()}
    where = (Commitment.id == promise_id, Commitment.workshop_id == workshop.id)
    db.session.execute(sa.update(Commitment).where(*where).values(**values))
    announce(workshop.id, "followed_up", state=state)
    audit(f"promise {state}", user_id=user_id, organisation_id=workshop.organisation_id, thing=promise_id)
