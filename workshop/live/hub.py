"""Who follows which room, and sending them its new state: the part that lives in the server's event loop.

Every phone of a room gets the same bytes. A phone that does not read misses states, and later gets the newest:
each state replaces the one before it. One that never reads is hung up on.
"""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from workshop.live.parts import Rendered

MOST_UNREAD = 64 * 1024  # bytes waiting in a phone's line before it misses a state
MOST_MISSED = 20
AT_ONCE = 200  # phones served before other work of the loop has its turn
POLLED_FOR = 60.0  # seconds a room is kept after somebody asked for it without a stream
HEARTBEAT = b":\n\n"


class Line(Protocol):
    """What the hub needs of a connection; asyncio's transports have it."""

    def write(self, data: bytes) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def is_closing(self) -> bool: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class Key(NamedTuple):
    """Those who see the same: one workshop, one audience, one language, the same parts on their page."""

    workshop_id: str
    audience: str
    language: str
    parts: tuple[str, ...]


@dataclass(slots=True, eq=False)
class State:
    """A part as it is now, ready to send: as an event, as an answer to who asks, and that answer packed."""

    name: str
    revision: int
    etag: str
    html: str
    frame: bytes
    body: bytes
    packed: bytes = b""


@dataclass(slots=True, eq=False)
class Stream:
    """One phone that listens. `missed` counts the states it did not take since it last took one."""

    line: Line
    missed: int = 0
    behind: bool = False

    def send(self, frame: bytes) -> None:
        if self.line.is_closing():
            return
        if self.line.get_write_buffer_size() > MOST_UNREAD:
            self._miss()
            return
        self.line.write(frame)
        self.missed = 0

    def _miss(self) -> None:
        self.missed, self.behind = self.missed + 1, True
        if self.missed > MOST_MISSED:
            self.line.abort()

    def end(self) -> None:
        """The last chunk, then goodbye; what waits unread for long is not waited for."""
        if not self.line.is_closing():
            self.line.write(b"0\r\n\r\n")
            self.line.close()


@dataclass(slots=True, eq=False)
class Room:
    """Those who see the same, and what they see. `shown` is the revision that was rendered last."""

    streams: set[Stream] = field(default_factory=set)
    states: dict[str, State] = field(default_factory=dict)
    asked_at: float = 0.0
    shown: int = 0

    def take(self, state: State) -> bool:
        """Keep a part's state; True when people would see a difference."""
        known = self.states.get(state.name)
        if known is not None and (known.etag == state.etag or known.revision > state.revision):
            return False
        self.states[state.name] = state
        return known is None or known.html != state.html


class Hub:
    """All rooms of this server process. Only the event loop changes it.

    `stamps` has a new number for a workshop whenever the rights to follow it may have changed.
    """

    def __init__(self) -> None:
        self.rooms: dict[Key, Room] = {}
        self.stamps: dict[str, int] = {}
        self.numbers = itertools.count(1)

    def room(self, key: Key) -> Room:
        """The room, watched from now on."""
        room = self.rooms.get(key)
        if room is None:
            room = self.rooms[key] = Room()
            self.stamps.setdefault(key.workshop_id, next(self.numbers))
        room.asked_at = time.monotonic()
        return room

    def join(self, key: Key, stream: Stream) -> None:
        """Listen: the present state comes at once, or as soon as it is known."""
        room = self.room(key)
        room.streams.add(stream)
        stream.send(chunk(f"retry: {random.randint(1000, 5000)}\n\n".encode()))  # noqa: S311 - spreads a crowd
        for state in room.states.values():
            stream.send(state.frame)

    def leave(self, key: Key, stream: Stream) -> None:
        room = self.rooms.get(key)
        if room is not None:
            room.streams.discard(stream)

    async def publish(self, key: Key, states: Iterable[State]) -> None:
        """Send what has really changed."""
        room = self.rooms.get(key)
        if room is None:
            return
        changed = [state for state in states if room.take(state)]
        for streams in _batches(room.streams):
            for stream in streams:
                _bring_up_to_date(stream, changed, room)
            await asyncio.sleep(0)

    async def heartbeat(self) -> None:
        """A sign of life, so that nobody on the way thinks the line is dead."""
        for room in list(self.rooms.values()):
            for streams in _batches(room.streams):
                for stream in streams:
                    stream.send(chunk(HEARTBEAT))
                await asyncio.sleep(0)

    def change_rights(self, workshop_id: str) -> None:
        """Whoever follows this workshop must be asked again."""
        if workshop_id in self.stamps:
            self.stamps[workshop_id] = next(self.numbers)

    def tidy(self) -> None:
        """Forget rooms that nobody follows."""
        latest = time.monotonic() - POLLED_FOR
        for key in [k for k, room in self.rooms.items() if not room.streams and room.asked_at < latest]:
            del self.rooms[key]
        for workshop_id in self.stamps.keys() - {key.workshop_id for key in self.rooms}:
            del self.stamps[workshop_id]

    def end_all(self) -> None:
        """The server stops: every stream ends, and phones come back when it is up again."""
        for room in self.rooms.values():
            for stream in room.streams:
                stream.end()

    def count(self) -> int:
        return sum(len(room.streams) for room in self.rooms.values())


def chunk(data: bytes) -> bytes:
    """A piece of an HTTP answer whose length nobody knows yet."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def state_of(part: Rendered) -> State:
    """What is sent of a part; made in a thread, before the loop has it."""
    facts = {"part": part.name, "html": part.html, "revision": part.revision}
    event = json.dumps({**facts, "etag": part.etag}, ensure_ascii=False, separators=(",", ":"))
    frame = chunk(f"id: {part.revision}\nevent: part\ndata: {event}\n\n".encode())
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return State(part.name, part.revision, part.etag, part.html, frame, body)


def _bring_up_to_date(stream: Stream, changed: list[State], room: Room) -> None:
    """One that missed states gets all of the present ones."""
    states: Iterable[State] = changed
    if stream.behind:
        stream.behind, states = False, list(room.states.values())
    for state in states:
        stream.send(state.frame)


def _batches(streams: set[Stream]) -> Iterator[tuple[Stream, ...]]:
    everybody = tuple(streams)  # people come and go while we send
    return (everybody[start : start + AT_ONCE] for start in range(0, len(everybody), AT_ONCE))
