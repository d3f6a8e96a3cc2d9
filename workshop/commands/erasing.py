"""What happens to words that are taken back: every row that holds them goes, and a mark without words stays."""

import sqlalchemy as sa

from workshop.commands import afterwards, anchoring, files, lines, scrubbing, upkeep
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Contribution, Decision, Edit, Flag, Medium, Objection, Seen, Told, Tombstone
from workshop.models.columns import now


def stand_in_line(contribution_id: str) -> None:
    """The room's line first, as everybody; then that of the id, which may be on its way at this very moment."""
    query = sa.select(Contribution.workshop_id).where(Contribution.id == contribution_id)
    if room := db.session.execute(query).scalar():
        lines.one_at_a_time(room)
    lines.one_at_a_time(contribution_id)


def erase(row: Contribution) -> None:
    erase_what_hangs_on(row.id)
    workshop_id, activity_id, contribution_id = row.workshop_id, row.activity_id, row.id
    db.session.execute(sa.delete(Contribution).where(Contribution.id == contribution_id))
    bury(contribution_id, workshop_id)
    announce(workshop_id, "took_back", activity=activity_id)
    afterwards(scrubbing.shorten_log)


def erase_what_hangs_on(contribution_id: str) -> None:
    """Rows and files: each may hold some of the words, or say who read them."""
    anchoring.forget(contribution_id)
    files.forget(files.names(Medium.contribution_id == contribution_id))
    for table in (Edit, Flag, Told, Decision, Objection, Seen, Medium):
        db.session.execute(sa.delete(table).where(table.contribution_id == contribution_id))


def bury(contribution_id: str, workshop_id: str | None) -> None:
    """A tombstone in the database, and one line in a file that no restore can undo."""
    day = now().date().isoformat()
    if db.session.get(Tombstone, contribution_id) is None:
        db.session.add(Tombstone(id=contribution_id, workshop_id=workshop_id, taken_back_on=day))
        upkeep.note_tombstone(contribution_id, day)
