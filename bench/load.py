"""Phones by the dozen: plain connections that ask again as soon as they are answered, and remember how long it took."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

try:
    from uvloop import new_event_loop
except ImportError:  # on Windows
    from asyncio import new_event_loop  # type: ignore[assignment]

HOST = "127.0.0.1"
MOST_WAITING = 30.0


@dataclass(slots=True)
class Answered:
    """How long each request took, in seconds, and what came back, by status; 0 is a line that broke."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def failed(self, *good: int) -> int:
        return sum(number for status, number in self.statuses.items() if status not in good)

    def share(self, part: float) -> float:
        """The time within which this part of the answers came."""
        ordered = sorted(self.times)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else float("inf")


def request(port: int, path: str, headers: dict[str, str], form: dict[str, str] | None = None) -> bytes:
    """A request as it goes over the line."""
    body = urlencode(form).encode() if form is not None else b""
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: {HOST}:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Line(asyncio.Protocol):
    """One connection that is kept open: `ask` sends a request and calls back with the whole answer."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.needed = 0
        self.answered: Callable[[int, bytes], None] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def ask(self, data: bytes, answered: Callable[[int, bytes], None]) -> None:
        self.answered, self.needed = answered, 0
        self.buffer.clear()
        assert self.transport is not None
        self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.needed:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self.needed = end + 4 + _length(self.buffer, end)
        if len(self.buffer) >= self.needed:
            self._tell(int(self.buffer[9:12]), bytes(self.buffer))

    def connection_lost(self, _error: Exception | None) -> None:
        self._tell(0, b"")

    def _tell(self, status: int, answer: bytes) -> None:
        if self.answered is not None:
            tell, self.answered = self.answered, None
            tell(status, answer)


def _length(buffer: bytearray, end: int) -> int:
    head = buffer[:end].lower()
    place = head.find(b"content-length:")
    return int(head[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0


def press(port: int, requests: Sequence[bytes], at_once: int, seconds: float) -> Answered:
    """`at_once` phones ask one request after the other, around the list, for so many seconds."""
    return run(_press(port, requests, at_once, seconds))


async def _press(port: int, requests: Sequence[bytes], at_once: int, seconds: float) -> Answered:
    seen, turn = Answered(), iter(range(10**9))
    lines = [await connect(port) for _ in range(at_once)]
    began = time.perf_counter()
    async with asyncio.timeout(seconds + MOST_WAITING):
        await asyncio.gather(*(_go_on(line, requests, turn, began + seconds, seen) for line in lines))
    seen.seconds = time.perf_counter() - began
    for line in lines:
        if line.transport:
            line.transport.close()
    return seen


async def _go_on(line: Line, requests: Sequence[bytes], turn, until: float, seen: Answered) -> None:  # type: ignore[no-untyped-def]
    done = asyncio.get_running_loop().create_future()

    def ask() -> None:
        asked = time.perf_counter()

        def answered(status: int, _answer: bytes) -> None:
            now = time.perf_counter()
            seen.times.append(now - asked)
            seen.statuses[status] += 1
            if status and now < until:
                ask()
            elif not done.done():
                done.set_result(None)

        line.ask(requests[next(turn) % len(requests)], answered)

    ask()
    await done


async def connect(port: int) -> Line:
    _transport, line = await asyncio.get_running_loop().create_connection(Line, HOST, port)
    return line


def run(job):  # type: ignore[no-untyped-def]
    """Run a coroutine on the fastest loop there is."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(job)


def once(port: int, data: bytes) -> tuple[int, bytes]:
    """Ask a single request; the status and the whole answer."""

    async def ask() -> tuple[int, bytes]:
        line = await connect(port)
        told = asyncio.get_running_loop().create_future()
        line.ask(data, lambda status, answer: told.set_result((status, answer)))
        async with asyncio.timeout(MOST_WAITING):
            return await told

    answer: tuple[int, bytes] = run(ask())
    return answer
