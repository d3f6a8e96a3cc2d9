"""What left the house: every export is recorded, with whose words it held, for whom and by whom."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.consent import Viewer
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Export, Seen
from workshop.models.columns import new_id
from workshop.queries import contributions


@command
def record(
    workshop: Any,
    viewer: Viewer,
    sha256: str,
    contribution_ids: Sequence[str],
    user_id: str | None,
    expires_on: date | None,
) -> str:
    """Write down an export; `contribution_ids` are those whose words it holds. Returns the record's id."""
    export = Export(
        id=new_id(),
        workshop_id=workshop.id,
        by_user_id=user_id,
        audience=viewer.value,
        sha256=sha256,
        contributions=sorted(contribution_ids),
        expires_at=datetime.combine(expires_on, time.min, UTC) if expires_on else None,
    )
    db.session.add(export)
    db.session.flush()
    _note_seen(contribution_ids, user_id)
    announce(workshop.id, "exported", revise=False, audience=viewer.value)
    audit("export", user_id=user_id, organisation_id=workshop.organisation_id, thing=f"{viewer.value} {sha256}")
    return export.id


@command
def note_read(workshop: Any, contribution_ids: Sequence[str], user_id: str) -> None:
    """Somebody opened the report with these words: one line in the audit log, and every teller's receipt counts it."""
    _note_seen(contribution_ids, user_id)
    audit("read report", user_id=user_id, organisation_id=workshop.organisation_id, thing=workshop.id)


def _note_seen(contribution_ids: Sequence[str], user_id: str | None) -> None:
    """All at once, for there are many; but not those that were taken back meanwhile."""
    fresh = contributions.unseen_by(user_id, contributions.still_there(contribution_ids)) if user_id else []
    if fresh:
        rows = [{"contribution_id": each, "user_id": user_id} for each in fresh]
        db.session.execute(sa.insert(Seen), rows)
