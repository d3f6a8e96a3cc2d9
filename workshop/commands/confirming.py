"""The teller says whether their story was understood."""

import hashlib
from collections.abc import Iterable
from typing import Any

from workshop.commands import command
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Confirmation
from workshop.models.columns import now

ANSWERS = ("yes", "partly", "no")


@command
def answer(contribution: Any, said: str, words: str, about: str) -> None:
    """Yes, partly or no, with words if they like; a new answer takes the place of the one before."""
    row = db.session.get(Confirmation, contribution.id) or Confirmation(contribution_id=contribution.id)
    row.answer, row.words, row.about, row.made_at = said, words, about, now()
    db.session.add(row)
    db.session.flush()
    announce(contribution.workshop_id, "confirmed", activity=contribution.activity_id)


def fingerprint(understood: Iterable[tuple[str, str]]) -> str:
    """Names what a teller was shown, as pairs of words and theme: when it changes, they are asked again."""
    facts = "|".join(sorted(f"{words}>{theme}" for words, theme in understood))
    return hashlib.sha256(facts.encode()).hexdigest()
