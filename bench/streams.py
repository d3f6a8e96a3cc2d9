"""Phones that listen: each keeps the last state of every part, and how old a state was when it came."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.load import HOST

END = b"\n\n"
RETRY = re.compile(rb"retry: (\d+)")
LONGEST_RETRY = 5.0


@dataclass(slots=True)
class Heard:
    """What all phones together heard: `said` is when each revision was durable, `ages` how old it came to a phone."""

    said: dict[int, float] = field(default_factory=dict)
    ages: list[float] = field(default_factory=list)


class Listener(asyncio.Protocol):
    """One phone's stream. When it is cut, the phone comes back after as many seconds as the server had named."""

    def __init__(self, port: int, request: bytes, heard: Heard) -> None:
        self.port, self.request, self.heard = port, request, heard
        self.retry = self.lost_at = self.back_at = 0.0
        self.stopped = False
        self.buffer = bytearray()
        self.states: dict[bytes, bytes] = {}
        self.revision = 0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self.transport.write(self.request)  # type: ignore[union-attr]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.lost_at and not self.back_at:
            self.back_at = time.monotonic()
        if not self.retry and (named := RETRY.search(self.buffer)):
            self.retry = int(named[1]) / 1000
        end = self.buffer.rfind(END)
        if end < 0:
            return
        events, self.buffer = bytes(self.buffer[:end]), self.buffer[end + 2 :]
        for event in events.split(END):
            self._take(event)

    def _take(self, event: bytes) -> None:
        """Keep the event's words as they came; they are read at the end."""
        start = event.find(b'{"part":"')
        if start < 0:
            return
        name = event[start + 9 : event.find(b'"', start + 9)]
        self.states[name] = event[start:]
        revision = int(event[event.rfind(b'"revision":') + 11 : event.rfind(b',"etag"')])
        if revision > self.revision:
            self._note(revision, time.monotonic())

    def _note(self, revision: int, now: float) -> None:
        said = self.heard.said
        for each in range(max(self.revision + 1, min(said, default=revision + 1)), revision + 1):
            if each in said:
                self.heard.ages.append(now - said[each])
        self.revision = revision

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.stopped:
            self.lost_at = self.lost_at or time.monotonic()
            asyncio.get_running_loop().call_later(self.retry, self._come_back)

    def _come_back(self) -> None:
        self.again = asyncio.ensure_future(self.connect())

    async def connect(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, HOST, self.port)

    def stop(self) -> None:
        self.stopped = True
        if self.transport:
            self.transport.close()

    def html(self) -> dict[str, str]:
        """The parts as this phone shows them now."""
        return {name.decode(): str(json.loads(state)["html"]) for name, state in self.states.items()}


async def listen(port: int, requests: Iterable[bytes], heard: Heard) -> list[Listener]:
    """All phones begin to listen, some hundreds a second."""
    phones = []
    for number, request in enumerate(requests):
        phone = Listener(port, request, heard)
        await phone.connect()
        phones.append(phone)
        if number % 20 == 19:
            await asyncio.sleep(0.02)
    return phones


async def until_all_hear(phones: list[Listener], revision: int, patience: float) -> None:
    """Wait until every phone knows this revision, or patience is over."""
    await until(lambda: all(phone.revision >= revision for phone in phones), patience)


async def until(is_so: Callable[[], bool], patience: float) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and not is_so():
        await asyncio.sleep(0.1)
