"""What was to be kept until a date goes on that date, without anybody's hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from workshop.commands import afterwards, command, erasing, files, scrubbing
from workshop.consent import ENDED
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Contribution, Medium, Workshop
from workshop.queries.expiry import Due, due

NO_WORDS: dict[str, Any] = {
    "text": "",
    "more": {},
    "topic": None,
    "display_name": None,
    "note": None,
    "helped": {},
    "digest": "",
}
AT_ONCE = 200  # rows of one commit: people who write meanwhile wait no longer than for one another


def expire(at: datetime) -> list[Due]:
    """Delete everything that is due at this moment; returns what it was. Doing it again finds nothing."""
    found = due(at)
    for each in found:
        for part in _parts(each.media):
            _delete_media(each.workshop_id, part)
        for part in _parts(each.words):
            _empty(each.workshop_id, part)
        for part in _parts(each.proofs):
            _delete(each.workshop_id, part)
    return found


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


@command
def _delete_media(workshop_id: str, ids: Sequence[str]) -> None:
    files.forget(files.names(Medium.id.in_(ids)))
    db.session.execute(sa.delete(Medium).where(Medium.id.in_(ids)))
    _note(workshop_id, "recordings", len(ids))


@command
def _empty(workshop_id: str, ids: Sequence[str]) -> None:
    """The words go with everything that hangs on them. Who agreed to what, and how, stays a while longer."""
    for contribution_id in ids:
        erasing.erase_what_hangs_on(contribution_id)
    db.session.execute(sa.update(Contribution).where(Contribution.id.in_(ids)).values(**NO_WORDS, state=ENDED))
    _note(workshop_id, "words", len(ids))


@command
def _delete(workshop_id: str, ids: Sequence[str]) -> None:
    db.session.execute(sa.delete(Contribution).where(Contribution.id.in_(ids)))
    _note(workshop_id, "proofs", len(ids))


def _note(workshop_id: str, what: str, number: int) -> None:
    organisation = db.session.execute(sa.select(Workshop.organisation_id).where(Workshop.id == workshop_id)).scalar()
    audit("delete by date", user_id=None, organisation_id=organisation, thing=f"{workshop_id}: {number} {what}")
    announce(workshop_id, "expired")
    afterwards(scrubbing.shorten_log)
