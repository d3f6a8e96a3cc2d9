"""F14: whoever makes a recording anew is killed in the middle of it, again and again."""

import asyncio
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faults.lab import Hall, Lab
from tests.faults.pace import Pace
from tests.faults.phones import Phone
from tests.faults.recordings import record, send
from tests.faults.served import lives, strike
from tests.faults.verdict import CannotInject, Tally
from tests.media.recordings import sound
from workshop.commands import files, rebuilding
from workshop.media import boxes, ffmpeg

LASTS = 150  # seconds of each recording
AT_ONCE = 4  # recordings that wait together
DONE_WITHIN = 300.0  # a job whose process died is free again after a minute, and may come a third time
MEDIA = "SELECT id, state, file, tries FROM medium WHERE kind = 'sound'"
PIECES = "SELECT file FROM piece WHERE medium_id = ? ORDER BY at"
GLANCE = 0.05


@pytest.mark.shows("R16")
def killed_at_work(lab: Lab) -> Tally:
    """F14: kill -9 in the middle of rebuilding; everything is done or flagged, and can be done after it."""
    if sys.platform == "win32":
        raise CannotInject("Windows has no kill -9.")
    if ffmpeg.program() is None:
        raise CannotInject("The extra `media` is not installed.")
    kills = lab.of(6, 50)
    with lab.hall("transcoding", "cards", ("story", {"helped": False})) as hall:
        return lab.run(_killed_at_work(hall, kills))


async def _killed_at_work(hall: Hall, kills: int) -> Tally:
    whole, pace, chance = sound(LASTS), Pace(), random.Random(14)  # noqa: S311 - the same in every run
    (phone,) = await hall.crowd.come(1)
    meant: list[str] = []
    killed = 0
    while killed < kills:
        if not _waiting(hall):
            meant += [await _tell(phone, whole) for _ in range(AT_ONCE)]
        killed += await _kill(hall, chance, pace.limit(DONE_WITHIN))
    await _until(lambda: not _waiting(hall), pace.limit(DONE_WITHIN))
    flagged = [row[0] for row in _rows(hall) if row[1] == "refused"]
    tally = await hall.ledger.tally()
    tally.acknowledged += len(meant)
    tally.lost += sum(not _is_kept(hall, row, whole) for row in _rows(hall)) + len(set(meant) - _ids(hall))
    await _again(hall, flagged, pace)
    _count(hall, tally, meant, whole)
    tally.says = f"{kills} kills while {len(meant)} recordings were made anew, {len(flagged)} flagged and done after it"
    hall.crowd.hang_up()
    return tally


async def _tell(phone: Phone, whole: bytes) -> str:
    """A story that is a recording; the id of the recording once it is all there."""
    recorded = await record(phone, whole)
    await send(phone, recorded)
    return recorded.medium


async def _kill(hall: Hall, chance: random.Random, seconds: float) -> bool:
    """The process that is making one anew, at any moment of it. False when nothing is made any more."""
    await _until(lambda: _at_work(hall) or not _waiting(hall), seconds)
    await asyncio.sleep(chance.random() * 0.8)
    for pid in _at_work(hall)[:1]:
        strike(pid, signal.SIGKILL)
        return True
    return False


def _at_work(hall: Hall) -> list[int]:
    """The server processes that have a recording before them."""
    folders = (hall.served.instance / rebuilding.FOLDER).glob("*-*")
    named = {int(folder.name.partition("-")[0]) for folder in folders}
    return [pid for pid in hall.served.workers() if pid in named and lives(pid)]


async def _again(hall: Hall, flagged: list[str], pace: Pace) -> None:
    """A facilitator asks once more for those that were given up."""
    with hall.served.app.app_context():
        for medium in flagged:
            rebuilding.try_again(medium)
    await _until(lambda: all(row[1] == "ready" for row in _rows(hall)), pace.limit(DONE_WITHIN))


def _is_kept(hall: Hall, row: tuple[Any, ...], whole: bytes) -> bool:
    """Done and playable, or flagged with every byte of its original."""
    if row[1] == "ready":
        return _plays(_store(hall) / row[2])
    pieces = [_store(hall) / name for (name,) in hall.ledger.rows(PIECES, row[0])]
    return row[1] == "refused" and b"".join(piece.read_bytes() for piece in pieces) == whole


def _plays(path: Path) -> bool:
    with suppress(boxes.Damaged, boxes.Told, OSError):
        return abs(boxes.read(path).seconds - LASTS) < 1
    return False


def _count(hall: Hall, tally: Tally, meant: list[str], whole: bytes) -> None:
    """One row and one file of each; nothing half made lies about when what was left is swept."""
    rows = _rows(hall)
    tally.lost += sum(row[1] != "ready" or not _is_kept(hall, row, whole) for row in rows)
    tally.duplicated += max(len(rows) - len(meant), 0)
    with hall.served.app.app_context():
        files.sweep(timedelta(0))
        rebuilding.sweep()
    there = {path.name for path in _store(hall).iterdir()}
    tally.duplicated += len(there - {row[2] for row in rows})
    tally.promise(sum(row[3] for row in rows) > len(rows), "no kill hit anything: this proves nothing")
    left = list((hall.served.instance / rebuilding.FOLDER).glob("*"))
    tally.promise(not left, f"{len(left)} folders half made")


def _rows(hall: Hall) -> list[tuple[Any, ...]]:
    return hall.ledger.rows(MEDIA)


def _ids(hall: Hall) -> set[str]:
    return {row[0] for row in _rows(hall)}


def _waiting(hall: Hall) -> bool:
    return any(row[1] == "waiting" for row in _rows(hall))


def _store(hall: Hall) -> Path:
    return hall.served.instance / "media"


async def _until(holds: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not await asyncio.to_thread(holds):
        assert time.monotonic() < deadline, "it did not come to an end"
        await asyncio.sleep(GLANCE)
