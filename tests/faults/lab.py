"""Where a fault is brought about: a served installation with a room in it, its people, and its books."""

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.faults.ledger import Ledger
from tests.faults.phones import Crowd
from tests.faults.served import NONE, Served, Settings, Shelf
from tests.support import build, loops
from tests.support.people import People

T = TypeVar("T")
SHORT, LONG = 600.0, 6 * 3600.0  # seconds after which nobody waits any longer
AGENDA: tuple[Any, ...] = ("cards", ("dots", {"items": "A bench\nA bus\nA roof", "per_person": 3, "per_item": 3}))


@dataclass
class Hall:
    """A room on a server, with the facilitator ada."""

    served: Served
    people: People
    room: build.Room
    crowd: Crowd

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.served, self.people, self.crowd)


@dataclass
class Lab:
    """The bench of the faults: how long they may be, and where they happen."""

    folder: Path
    long: bool = False
    pattern: Path | None = None  # where the empty installation is, or will be, that all faults copy

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.folder, self.pattern or self.folder / "pattern")

    def run(self, job: Coroutine[Any, Any, T]) -> T:
        """Run what people and faults do to its end."""
        return run(job, LONG if self.long else SHORT)

    def of(self, short: int, long: int) -> int:
        """A number of the short form, and the table's own."""
        return long if self.long else short

    @contextmanager
    def hall(self, name: str, *agenda: Any, place: Path | None = None, settings: Settings = NONE) -> Iterator[Hall]:
        """A fresh server with an open room. Without an agenda: cards, and dots on three lines."""
        with self.shelf.serving(name, place, settings) as served:
            people = People(served.app)
            room = build.workshop(served.app, people.organisation_id, *(agenda or AGENDA))
            room.open(*room.activities)
            yield Hall(served, people, room, Crowd(room, served.port))


def run(job: Coroutine[Any, Any, T], limit: float = SHORT) -> T:
    """Run it to its end, and no longer than it may."""

    async def bounded() -> T:
        async with asyncio.timeout(limit):
            return await job

    return loops.run(bounded())


def allow_many_files() -> None:
    """Thousands of phones are thousands of open files."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 16384), hard), hard))
