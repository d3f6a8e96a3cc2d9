"""What two server processes hold after they have served everything that phones ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import room as rooms
from bench import server
from bench.ballots import sendings
from bench.figures import Figure, at_most
from bench.load import press, request
from bench.processes import memory

AGENDA: dict[str, dict[str, Any]] = {
    "story": {},
    "cards": {"level": 2},
    "dots": {"items_from": "cards"},
    "statements": {"items_from": "cards"},
}


def figures(folder: Path) -> Iterator[Figure]:
    room = rooms.make(folder, AGENDA)
    phones = rooms.add_people(room, 200)
    items = rooms.add_cards(room, "cards", phones, 50)
    with server.app(folder / "instance", workers=2) as ours:
        where = [room.page(key) for key in AGENDA] + [f"{room.path}/{page}" for page in ("", "my-words", "look-up")]
        pages = [request(ours.port, path, {"Cookie": room.cookies(phone)}) for phone in phones[:20] for path in where]
        press(ours.port, pages, 16, 3)
        press(ours.port, list(sendings(room, phones, items, ours.port)), 16, 1)
        held = memory(ours.pid)
    yield at_most("two workers, memory in all", None if held is None else held / 1e6, "MB", 160)
