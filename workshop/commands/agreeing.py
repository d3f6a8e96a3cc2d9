"""Agreeing on our rules: a group publishes a version of its own, and each person says yes to it."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import command, lines
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Participant, Rules, Workshop
from workshop.queries import rules


@command
def publish(workshop: Any, text: str, user_id: str) -> int:
    """A new version holds from now on, and people are asked once more. The same text again is no new version."""
    known = rules.versions(workshop.id)
    if known and known[0].text == text:
        return int(known[0].version)
    version = known[0].version + 1 if known else 1
    db.session.add(Rules(workshop_id=workshop.id, version=version, text=text))
    this = Workshop.id == workshop.id
    settings = db.session.execute(sa.select(Workshop.settings).where(this)).scalar_one()
    db.session.execute(sa.update(Workshop).where(this).values(settings={**settings, rules.NOW: version}))
    announce(workshop.id, "changed_rules", version=version)
    audit("publish rules", user_id=user_id, organisation_id=workshop.organisation_id, thing=f"version {version}")
    return version


@command
@lines.beside_others
def accept(seat: Any, version: int) -> None:
    """Somebody says yes to this version of our rules."""
    mine = sa.update(Participant).where(Participant.id == seat.id, Participant.rules_version < version)
    db.session.execute(mine.values(rules_version=version))
