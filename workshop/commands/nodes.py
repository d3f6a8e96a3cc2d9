"""What several nodes at one database owe one another: the same key, one backup at a time, one list of what is gone."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from workshop.commands import command
from workshop.commands.burying import listed
from workshop.commands.upkeep import TOMBSTONES, add_lines, insert_unless_there, window
from workshop.extensions import db, keys, setting
from workshop.models import Audit, Failure, Tombstone

KEY = "installation key"
_BURIED = sa.select(Tombstone.taken_back_on, Tombstone.id)
_DELETED = sa.select(Audit.at, Audit.thing).where(Audit.act == "delete workshop", Audit.outcome == "done")


def may_be_several() -> bool:
    return db.engine.dialect.name == "postgresql"


@command
def has_our_key() -> bool:
    """Was this database made with a key that we know? The first node leaves a seal, which no other key makes.

    After a change of keys it is made anew under the present one.
    """
    kept = set(db.session.execute(sa.select(Failure.key).where(Failure.key.like(f"{KEY}:%"))).scalars())
    known = [f"{KEY}:{seal}" for seal in keys.seals("installation", KEY)]
    if kept and not kept & set(known):
        return False
    db.session.execute(sa.delete(Failure).where(Failure.key.in_(kept - {known[0]})))
    insert_unless_there(Failure, key=known[0], window=0, count=0)
    return True


@command
def claim(what: str, stretch: timedelta) -> bool:
    """Is it ours to do this, once in a stretch of time, of all processes at all nodes?"""
    return insert_unless_there(Failure, key=f"claim:{what}", window=window(stretch), count=1) == 1


def gather_tombstones() -> None:
    """What was taken back at other nodes stands on this node's list, too: whichever burns, another has it all."""
    path = Path(setting("INSTANCE")) / TOMBSTONES
    known = listed(path)
    rows = [*db.session.execute(_BURIED), *db.session.execute(_DELETED)]
    if lines := [f"{day[:10]} {gone}\n" for day, gone in rows if gone not in known]:
        add_lines(path, "".join(lines))
