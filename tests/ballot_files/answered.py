"""A pack of a choice about three statements, that a room has answered and counted."""

from pathlib import Path

from flask import Flask

from tests.exports import house
from tests.kinds import hall
from tests.support.people import People

MOST = {"own1": 1, "own2": -1, "own3": 0}
FEW = {"own1": 1, "own2": 0}


def pack_of(app: Flask, people: People, folder: Path, service: int, lines: str = hall.LINES) -> Path:
    """Twelve with lived experience and so many of the service; all want one line, most refuse one, most pass one."""
    room = hall.asked(app, people, "statements", items=lines)
    for side, many in (("lived", 12), ("service", service)):
        hall.fill(room, "statements", side, FEW, *[MOST] * (many - 1))
    room.count("statements")
    path = folder / "pack.zip"
    path.write_bytes(house.pack(room))
    return path
