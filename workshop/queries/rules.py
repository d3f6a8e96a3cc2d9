"""Our rules: those that hold now, and all versions."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Rules

NOW = "rules"  # the workshop's setting that names the version; without it the group has no rules of its own


def version_of(workshop: Any) -> int:
    """Which version holds now; 0 where the group has no rules of its own."""
    return int(workshop.settings.get(NOW, 0))


def current(workshop_id: str) -> list[str]:
    """The rules that hold now, or nothing."""
    return next((lines(row.text) for row in versions(workshop_id)), [])


def versions(workshop_id: str) -> Sequence[Any]:
    """Every version with its day, the newest first."""
    query = sa.select(Rules.version, Rules.text, Rules.made_at).where(Rules.workshop_id == workshop_id)
    return db.session.connection().execute(query.order_by(Rules.version.desc())).all()


def lines(text: str) -> list[str]:
    """A rule on each line; empty lines say nothing."""
    return [line.strip() for line in text.splitlines() if line.strip()]
