"""Full halls: phones follow, things happen, ballots come in; then a server process dies, and phones come back."""

import asyncio
import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import room as rooms
from bench import server
from bench.ballots import sendings
from bench.figures import Figure, at_least, at_most, calibrated, speed
from bench.load import Answered, Line, connect, once, request, run
from bench.processes import family, memory
from bench.room import Phone, Room
from bench.streams import LONGEST_RETRY, Heard, Listener, listen, until, until_all_hear
from workshop.commands import moderating
from workshop.live import parts
from workshop.queries import contributions
from workshop.queries import rooms as room_queries

EVENTS_A_SECOND, SECONDS = 4, 12
AGENDA: dict[str, dict[str, Any]] = {"story": {}, "cards": {"level": 2}, "dots": {"items_from": "story"}}
LINES = 16  # connections on which ballots travel
PATIENCE = 10.0
LATE = 2.0  # seconds after the moment that the server named for coming back


@dataclass(frozen=True, slots=True)
class Hall:
    """How many follow, how many ballots a second come in, and how old a state may be when it arrives, in seconds."""

    phones: int
    ballots: int
    oldest: float


HALLS = (Hall(1000, 50, 1), Hall(2000, 200, 0.5))


@dataclass(slots=True)
class Evening:
    """What came of it. `back` are the seconds between the named moment of coming back and being there again."""

    heard: Heard = field(default_factory=Heard)
    ballots: Answered = field(default_factory=Answered)
    grown: float | None = None
    behind: int = 0
    lost: int = 0
    back: list[float] = field(default_factory=list)


def figures(folder: Path) -> Iterator[Figure]:
    for hall in HALLS:
        yield from _figures(hall, folder / str(hall.phones))


def _figures(hall: Hall, folder: Path) -> Iterator[Figure]:
    folder.mkdir(parents=True)
    _allow_many_files(hall.phones)
    room = rooms.make(folder, AGENDA)
    phones = rooms.add_people(room, hall.phones)
    items = rooms.add_cards(room, "story", phones, 10)
    waiting = rooms.add_cards(room, "cards", phones, EVENTS_A_SECOND * SECONDS, state="waiting")
    with server.app(folder / "instance") as ours:
        evening = run(_evening(hall, room, phones, items, waiting, ours))
    yield from _told(hall, evening)


def _told(hall: Hall, evening: Evening) -> Iterator[Figure]:
    ages, name = Answered(times=evening.heard.ages), f"{hall.phones} phones, {hall.ballots} ballots a second"
    yield at_most(f"{name}: without every final state", evening.behind, "phones", 0)
    yield at_most(f"{name}: age of a state on arrival, p95", ages.share(0.95), "s", hall.oldest)
    yield at_most(f"{name}: ballots that failed", evening.ballots.failed(303), "ballots", 0)
    way = evening.ballots.share(0.95)
    yield at_most(f"{name}: a ballot's way, p95, calibrated", calibrated(way, speed()), "s", 1)
    kilobytes = None if evening.grown is None else evening.grown / hall.phones / 1000
    yield at_most(f"{name}: memory of the server a phone", kilobytes, "kB", 30)
    if evening.lost:
        in_time = sum(seconds <= LATE for seconds in evening.back) / evening.lost
        says = f"of {evening.lost} phones"
        yield at_least(f"{name}: a process dies: back within {LATE:g} s of their moment", in_time, says, 1, 0.95)


async def _evening(
    hall: Hall, room: Room, people: list[Phone], items: list[str], waiting: list[str], ours: server.Running
) -> Evening:
    evening = Evening()
    asked = [request(ours.port, f"/live/{room.id}/phone", {"Cookie": room.cookies(each)}) for each in people]
    first = await listen(ours.port, asked[:LINES], evening.heard)
    await asyncio.sleep(2)  # both processes have rendered once
    before = memory(ours.pid)
    phones = first + await listen(ours.port, asked[LINES:], evening.heard)
    await asyncio.sleep(3)
    after = memory(ours.pid)
    evening.grown = after - before if after and before else None
    sent = itertools.islice(sendings(room, people * 2, items, ours.port), hall.ballots * SECONDS)
    cast = asyncio.create_task(_ballots(sent, hall.ballots, ours.port, evening.ballots))
    last = await _events(room, waiting, evening.heard)
    await cast
    await until_all_hear(phones, last, PATIENCE)
    evening.behind = _behind(phones, await asyncio.to_thread(_states, room, people[0], ours.port))
    await _death(ours, phones, evening)
    for phone in phones:
        phone.stop()
    return evening


async def _death(ours: server.Running, phones: list[Listener], evening: Evening) -> None:
    """One server process is killed; its phones wait as long as they were told to, and come back."""
    workers = family(ours.pid)[1:]
    if len(workers) < 2:
        return
    os.kill(workers[0], signal.SIGKILL)
    await asyncio.sleep(1)
    cut = [phone for phone in phones if phone.lost_at]
    evening.lost = len(cut)
    await until(lambda: all(phone.back_at for phone in cut), LONGEST_RETRY + PATIENCE)
    evening.back = [phone.back_at - phone.lost_at - phone.retry for phone in cut if phone.back_at]


async def _events(room: Room, waiting: list[str], heard: Heard) -> int:
    """The facilitator approves a card four times a second; returns the last revision."""
    loop, began, revision = asyncio.get_running_loop(), time.monotonic(), 0
    with ThreadPoolExecutor(1) as hand:
        for number, card_id in enumerate(waiting):
            await asyncio.sleep(max(0.0, began + number / EVENTS_A_SECOND - time.monotonic()))
            revision = await loop.run_in_executor(hand, _approve, room, card_id, heard)
    return revision


def _approve(room: Room, card_id: str, heard: Heard) -> int:
    with rooms.moment(room.app):
        moderating.approve(contributions.one(card_id, room.id), room.user_id)
        durable = time.monotonic()
        revision = int(room_queries.workshop(room.id).revision)  # type: ignore[union-attr]
    heard.said[revision] = durable
    return revision


async def _ballots(sendings: Iterable[bytes], a_second: int, port: int, seen: Answered) -> None:
    """Each at its moment, whether or not the one before has been answered."""
    lines: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(LINES):
        lines.put_nowait(await connect(port))
    began, under_way = time.monotonic(), []
    for number, sending in enumerate(sendings):
        await asyncio.sleep(max(0.0, began + number / a_second - time.monotonic()))
        under_way.append(asyncio.create_task(_cast(lines, sending, time.monotonic(), seen)))
    await asyncio.gather(*under_way)


async def _cast(lines: "asyncio.Queue[Line]", sending: bytes, due: float, seen: Answered) -> None:
    """Waiting for a free line counts: a person waits for it too."""
    line = await lines.get()
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    line.ask(sending, lambda status, _answer: told.set_result(status))
    status = await told
    seen.statuses[status] += 1
    seen.times.append(time.monotonic() - due)
    lines.put_nowait(line)


def _states(room: Room, phone: Phone, port: int) -> dict[str, str]:
    """The parts as the server has them now."""
    found = {}
    for name in parts.of("phone"):
        path = f"{room.path}/parts/phone/{name}"
        answer = once(port, request(port, path, {"Cookie": room.cookies(phone)}))[1]
        found[name] = str(json.loads(answer.split(b"\r\n\r\n", 1)[1])["html"])
    return found


def _behind(phones: list[Listener], states: dict[str, str]) -> int:
    return sum(phone.html() != states for phone in phones)


def _allow_many_files(phones: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 4 * phones), hard), hard))
