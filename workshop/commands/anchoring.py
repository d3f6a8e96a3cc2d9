"""What becomes of highlights, and of names that repeat them, when their story is changed or taken back."""

from typing import Any

import sqlalchemy as sa

from workshop.commands.placing import source_of
from workshop.counting.pieces import Piece, again, found_in, quotes
from workshop.extensions import db
from workshop.models import Confirmation, Highlight, Move, Theme
from workshop.queries import contributions


def follow(contribution: Any, text: str, more: Any = None) -> None:
    """The words change: each highlight finds its own again, or is loose; names that repeat what is gone go."""
    fresh = contributions.one(contribution.id, contribution.workshop_id) or contribution
    after = {"text": text, "helped": str((fresh.more if more is None else more).get("helped", ""))}
    query = sa.select(Highlight).where(Highlight.contribution_id == contribution.id, Highlight.starts.is_not(None))
    for row in db.session.execute(query).scalars():
        before = source_of(fresh, row.place)
        piece = again(Piece(row.starts or 0, row.ends or 0), before, after[row.place])
        row.starts, row.ends = piece or (None, None)
    db.session.flush()
    _forget_names(contribution.id, said=" ".join(after.values()))


def forget(contribution_id: str) -> None:
    """The words are taken back: their highlights go, what the teller said to them, and names that repeat them."""
    for table in (Highlight, Confirmation):
        db.session.execute(sa.delete(table).where(table.contribution_id == contribution_id))
    _forget_names(contribution_id)


def _forget_names(contribution_id: str, said: str | None = None) -> None:
    """A name in this teller's words, where these words are not there any more; history forgets it as well."""
    for theme in db.session.execute(sa.select(Theme).where(Theme.quotes_id == contribution_id)).scalars():
        if said is None or not _repeats(theme.name, said):
            theme.name, theme.quotes_id = "", None
    for step in db.session.execute(sa.select(Move).where(Move.quotes_id == contribution_id)).scalars():
        if said is None or not _repeats(step.name_before, said):
            step.name_before, step.quotes_id = "", None
    db.session.flush()


def _repeats(name: str, text: str) -> bool:
    return quotes(name, text) or found_in(name.rstrip("…"), text) is not None
