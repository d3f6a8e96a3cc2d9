"""The one door for what happened: a row in the same transaction as the change, and a seal on every act."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Audit, Event, Playlist, Workshop
from workshop.models.columns import now

_RAISE = (
    sa.update(Workshop)
    .where(Workshop.id == sa.bindparam("workshop"))
    .values(revision=Workshop.revision + 1)
    .returning(Workshop.revision)
)
# Other rooms of the house may be hearing a story of this one: what takes words away is new there, too.
TAKES_AWAY = {"took_back", "changed_consent", "moderated", "held", "edited", "corrected", "refused_edit"} | {
    "medium_removed",
    "transcribed",
    "transcript_accepted",
}
_HOUSE = sa.select(Workshop.organisation_id).where(Workshop.id == sa.bindparam("workshop")).scalar_subquery()
_RAISE_OTHERS = (
    sa.update(Workshop)
    .where(Workshop.organisation_id == _HOUSE, Workshop.id != sa.bindparam("workshop"), Workshop.state == "open")
    .where(Workshop.id.in_(sa.select(Playlist.workshop_id)))
    .values(revision=Workshop.revision + 1)
)
_REVISION = sa.select(Workshop.revision).where(Workshop.id == sa.bindparam("workshop"))
_TELL = sa.insert(Event.__table__)  # type: ignore[arg-type]
CHANNEL = "workshop_changed"  # PostgreSQL calls the live channel on it; SQLite counts its commits by itself
_CALL = sa.select(sa.func.pg_notify(CHANNEL, ""))


def announce(workshop_id: str, name: str, *, revise: bool = True, **facts: Any) -> int:
    """Write that something happened; returns the workshop's revision, raised unless nobody can see the change.

    Facts are ids and kinds. Never a person's words, never who they are, never anything about a ballot.
    """
    connection = db.session.connection()
    revision = connection.execute(_RAISE if revise else _REVISION, {"workshop": workshop_id}).scalar_one()
    if name in TAKES_AWAY:
        connection.execute(_RAISE_OTHERS, {"workshop": workshop_id})
    row = {"workshop_id": workshop_id, "name": name, "facts": facts, "revision": revision, "happened_at": now()}
    connection.execute(_TELL, row)
    if connection.dialect.name == "postgresql":
        connection.execute(_CALL)
    return int(revision)


def latest(workshop_id: str) -> int:
    """The workshop's revision now."""
    return int(db.session.connection().execute(_REVISION, {"workshop": workshop_id}).scalar_one())


def audit(
    act: str, *, user_id: str | None, organisation_id: str | None = None, thing: str = "", outcome: str = "done"
) -> None:
    """Seal one act of an account into the chain: sign-ins, refusals, moderation, consent, exports, deletions."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(7202024)"))
    before = connection.execute(sa.select(Audit.seal).order_by(Audit.id.desc()).limit(1)).scalar() or ""
    row = {
        "organisation_id": organisation_id,
        "user_id": user_id,
        "act": act,
        "thing": _one_line(thing),
        "outcome": outcome,
        "at": now().isoformat(timespec="seconds"),
    }
    connection.execute(sa.insert(Audit).values(**row, seal=seal_of(before, row)))


def seal_of(before: str, row: dict[str, Any]) -> str:
    """The hash that ties a row to the whole history before it."""
    return hashlib.sha256((before + json.dumps(row, sort_keys=True)).encode()).hexdigest()


def first_broken_seal() -> int | None:
    """The id of the first audit row that was changed, or whose predecessor went missing; None if all hold."""
    before = ""
    for row in db.session.execute(sa.select(Audit).order_by(Audit.id)).scalars():
        facts = {name: getattr(row, name) for name in _SEALED}
        if row.seal != seal_of(before, facts):
            return row.id
        before = row.seal
    return None


_SEALED = ("organisation_id", "user_id", "act", "thing", "outcome", "at")


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:120]
