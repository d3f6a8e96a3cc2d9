"""The separate yeses beside the ladder, to be quoted and to be asked again: the teller alone changes them."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Contribution
from workshop.models.columns import now


@command
def change(contribution: Any, *, quote: bool, contact: bool) -> None:
    """From now on; what was taken out of the house before keeps what it said then."""
    consent = {**contribution.consent, "quote": quote, "contact": contact}
    consent["changed_at"] = now().isoformat(timespec="hours")
    theirs = sa.update(Contribution).where(Contribution.id == contribution.id)
    db.session.execute(theirs.values(consent=consent))
    announce(contribution.workshop_id, "changed_consent", activity=contribution.activity_id)
