"""The export pack of a large workshop: how long all formats take together, and whether memory grows with the rows."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import room as rooms
from bench.figures import Figure, at_most, at_most_times
from bench.server import ROOT

CARDS, BALLOTS, FEW, MANY, TEXT_LENGTH = 1000, 5000, 500, 5000, 200
AGENDA: dict[str, dict[str, Any]] = {"cards": {"level": 4}, "dots": {"items_from": "cards"}}
IDEAS = 20  # on the ballot; the other cards come after the count


def figures(folder: Path) -> Iterator[Figure]:
    room_id = prepare(folder / "usual", CARDS, BALLOTS)
    seconds, _peak = _export(folder / "usual", room_id)
    name = f"CSV, JSON and XLSX of {CARDS} contributions and {BALLOTS} ballots, calibrated"
    yield at_most(name, seconds, "s", 1)
    peaks = []
    for size in (FEW, MANY):
        _seconds, peak = _export(folder / str(size), prepare(folder / str(size), size, size))
        peaks.append(peak / 1e6)
    if all(peaks):
        yield at_most_times(f"peak memory of an export with {MANY} rows, beside {FEW}", peaks[1], "MB", peaks[0], 1.1)


def prepare(folder: Path, cards: int, ballots: int) -> str:
    """A workshop in which so much was said, and so many have chosen; returns its id."""
    folder.mkdir(parents=True)
    room = rooms.make(folder, AGENDA)
    people = rooms.add_people(room, ballots)
    items = rooms.add_cards(room, "cards", people, IDEAS, length=TEXT_LENGTH)
    rooms.add_ballots(room, "dots", people, dict.fromkeys(items[:3], 1))
    rooms.count(room, "dots")
    rooms.add_cards(room, "cards", people, cards - IDEAS, length=TEXT_LENGTH)
    return room.id


def _export(folder: Path, room_id: str) -> tuple[float, float]:
    """In a process of its own: calibrated seconds of the processor, and the most memory it ever held, in bytes."""
    words = [sys.executable, "-m", "bench.make_export", str(folder / "instance"), room_id]
    said = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1])
