"""Pages: how fast they come beside the bare reference, what a list costs beside a hello, how many queries they ask."""

import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from bench import room as rooms
from bench import server
from bench.figures import Figure, at_least, at_most, at_most_times, same
from bench.load import once, press, request
from bench.processes import processor_seconds
from bench.reference import CARDS, create_reference, fill
from bench.room import Phone, Room
from workshop.extensions import db

AT_ONCE, SECONDS, ROUNDS = 16, 1.5, 5
AGENDA: dict[str, dict[str, Any]] = {"cards": {"level": 2}}
IDEAS: dict[str, dict[str, Any]] = {"cards": {"level": 2}, "dots": {"items_from": "cards"}}
MANY, FEW = 300, 3


def figures(folder: Path) -> Iterator[Figure]:
    yield from speeds(folder)
    yield from list_of_ideas(folder)
    yield from queries(folder)


def speeds(folder: Path) -> Iterator[Figure]:
    """The question's page with 50 cards on the wall, the wall alone, and «nothing new»."""
    room, phones = _room(folder / "page", AGENDA, people=64, cards=CARDS)
    fill(create_reference(folder / "page"))
    with server.app(folder / "page" / "instance") as ours, server.reference(folder / "page") as bare:
        seen = {"Cookie": cookie(ours.port, room, phones[0])}
        wall = f"{room.path}/parts/phone/wall"
        tag = header(once(ours.port, request(ours.port, wall, seen))[1], "etag")
        asked = {
            "reference": (bare.port, request(bare.port, "/cards", {}), 200),
            "page": (ours.port, request(ours.port, room.page("cards"), seen), 200),
            "part": (ours.port, request(ours.port, wall, seen), 200),
            "nothing new": (ours.port, request(ours.port, wall, {**seen, "If-None-Match": tag}), 304),
        }
        rates = _rates(asked)
    reference = rates["reference"]
    yield at_least("phone page with 50 cards, 16 at once", rates["page"], "pages/s", reference, 0.6)
    yield at_least("unchanged shared part, 16 at once", rates["part"], "answers/s", reference, 3)
    yield at_least("304, 16 at once", rates["nothing new"], "answers/s", reference, 6)


def _rates(asked: dict[str, tuple[int, bytes, int]]) -> dict[str, float]:
    """The median of several rounds; in each, everything has its turn, so that a busy moment hits all alike."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, (port, data, good) in asked.items():
            seen = press(port, [data], AT_ONCE, SECONDS)
            if seen.failed(good):
                raise RuntimeError(f"{name}: {dict(seen.statuses)}")
            found[name].append(seen.rate)
    return {name: median(rates) for name, rates in found.items()}


def list_of_ideas(folder: Path) -> Iterator[Figure]:
    """All hundred ideas to choose from on one page, beside a hello: seconds of the processor, one after the other."""
    room, phones = _room(folder / "list", IDEAS, people=8, cards=100)
    create_reference(folder / "list")
    with server.app(folder / "list" / "instance") as ours, server.reference(folder / "list") as bare:
        page = request(ours.port, room.page("dots"), {"Cookie": cookie(ours.port, room, phones[0])})
        hello = request(bare.port, "/hello", {})
        pairs = [(_cost(ours, page), _cost(bare, hello)) for _ in range(ROUNDS)]
    if all(cost for pair in pairs for cost in pair):
        cost, reference = (1000 * median(costs) for costs in zip(*pairs, strict=True))
        yield at_most_times("list of 100 ideas, processor time beside a hello", cost, "ms", reference, 20)
    yield at_most("list of 100 ideas, queries", _queries(room, phones[0], room.page("dots")), "queries", 10)


def _cost(running: server.Running, data: bytes) -> float:
    """Seconds of the server's processors for one answer."""
    before = processor_seconds(running.pid)
    seen = press(running.port, [data], 4, 1.0)
    return (processor_seconds(running.pid) - before) / len(seen.times)


def queries(folder: Path) -> Iterator[Figure]:
    """Every page of a phone and of the console, with few and with many contributions, ballots and people."""
    small, large = (_counts(folder / str(size), size) for size in (FEW, MANY))
    for name in small:
        yield same(f"queries of {name} with {MANY}, beside {FEW}", large[name], "queries", small[name])


def _counts(folder: Path, size: int) -> dict[str, int]:
    agenda = {"cards": {"level": 2}, "dots": {"items_from": "cards"}, "statements": {"items_from": "cards"}}
    room, phones = _room(folder, agenda, people=size, cards=size)
    rooms.add_ballots(room, "dots", phones, {})
    where = {
        "the phone's now": f"{room.path}/",
        "cards": room.page("cards"),
        "dots": room.page("dots"),
        "statements": room.page("statements"),
        "my words": f"{room.path}/my-words",
        "look up": f"{room.path}/look-up",
    }
    return {name: _queries(room, phones[0], path) for name, path in where.items()}


def _queries(room: Room, phone: Phone, path: str) -> int:
    """How many statements reach the database for this page, once its shared parts are known."""
    asked: list[str] = []
    with room.app.app_context():  # at the driver, so that nothing goes past the count
        sa.event.listen(db.engine, "checkout", lambda connection, *_: connection.set_trace_callback(asked.append))
    for _ in range(2):
        asked.clear()
        status = inside(room.app, path, room.cookies(phone))
    if not status.startswith("200"):
        raise RuntimeError(f"{path}: {status}")
    return len([statement for statement in asked if statement.startswith("SELECT")])


def inside(app: Callable[..., Any], path: str, cookies: str) -> str:
    """Ask the app in this process; returns the status."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookies,
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    answer = app(environ, lambda status, _headers, _error=None: said.append(status))
    b"".join(answer)
    answer.close()
    return said[0]


def cookie(port: int, room: Room, phone: Phone) -> str:
    """The cookies of a phone that has opened a page before."""
    answer = once(port, request(port, room.page("cards"), {"Cookie": room.cookies(phone)}))[1]
    newer = header(answer, "set-cookie").split(";")[0]
    return f"{room.cookies(phone).split(';')[0]}; {newer}" if newer else room.cookies(phone)


def header(answer: bytes, name: str) -> str:
    for line in answer.split(b"\r\n\r\n")[0].decode("latin1").split("\r\n"):
        if line.lower().startswith(f"{name}: "):
            return line.partition(": ")[2]
    return ""


def _room(folder: Path, agenda: dict[str, dict[str, Any]], people: int, cards: int) -> tuple[Room, list[Phone]]:
    folder.mkdir(parents=True, exist_ok=True)
    room = rooms.make(folder, agenda)
    phones = rooms.add_people(room, people)
    rooms.add_cards(room, "cards", phones, cards)
    return room, phones
