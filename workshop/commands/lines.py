"""Where a database has several writers (PostgreSQL): those who write about one room go one after the other.

Look-then-write is safe on SQLite, which has one writer. Here the room's line makes it so, and a line for one id does
where the room is not known. Ballots stand in no line: they share their choice, and its close waits for all of them.
The database lets go of a line with the transaction, also when a node dies in the middle of it.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from workshop.extensions import db

# Another writer was between our look and our writing: the same again finds what it wrote.
# A unique key, a key that points at something, a serialization failure, a deadlock.
OVERTAKEN = {"23505", "23503", "40001", "40P01"}
WAITED = {"55P03"}  # our turn did not come in time
FROZEN = "15s"  # a node that stops in the middle of a write gives way after this

Function = TypeVar("Function", bound=Callable[..., Any])
Room = Callable[[Sequence[Any], Mapping[str, Any]], str | None]


def room_of(function: Callable[..., Any]) -> Room:
    """How to find, among what a command is called with, the workshop that it is about."""
    names = list(inspect.signature(function).parameters)
    at = names.index("workshop_id") if "workshop_id" in names else None

    def find(args: Sequence[Any], named: Mapping[str, Any]) -> str | None:
        if at is not None:
            return str(args[at] if at < len(args) else named["workshop_id"])
        found = (getattr(thing, "workshop_id", None) for thing in (*args, *named.values()))
        return next((str(room) for room in found if room), None)

    return find


def beside_others(function: Function) -> Function:
    """What a whole hall does in one minute: beside others of its kind, and never while somebody runs the room."""
    function.beside_others = True  # type: ignore[attr-defined]
    return function


def stand_in_line(connection: sa.Connection, room: str | None, *, shared: bool = False) -> None:
    """The first word of every write: wait until nobody else writes about this room."""
    if connection.dialect.name == "postgresql":
        first = [sa.func.set_config("idle_in_transaction_session_timeout", FROZEN, True)]
        connection.execute(sa.select(*first, *_lock(room, shared=shared)))


def one_at_a_time(*names: str) -> None:
    """From here to the end of this command nobody else writes about these. Whoever asks for several, asks at once."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        for name in sorted(names):
            connection.execute(sa.select(*_lock(name)))


def _lock(name: str | None, *, shared: bool = False) -> list[Any]:
    lock = sa.func.pg_advisory_xact_lock_shared if shared else sa.func.pg_advisory_xact_lock
    return [lock(sa.func.hashtextextended(name, 0))] if name else []


def was_overtaken(error: sa.exc.DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in OVERTAKEN


def has_waited(error: sa.exc.DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in WAITED
