"""The live channel at the door: streams for phones that can listen, the same parts from memory for those that ask."""

import asyncio
import re
import socket
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from flask import Flask

from workshop.asgi import answers, callers
from workshop.asgi.bodies import Receive, Scope, Send
from workshop.asgi.pages import WORTH_PACKING, Headers, packed
from workshop.asgi.rights import LASTS, TELLING, UNKNOWN, Rights, name_of
from workshop.live import parts
from workshop.live.hub import Hub, Key, State, Stream
from workshop.live.watch import Watcher

LIVE = re.compile(r"/live/([0-9a-f]{32})/(phone|screen|console)")
PART = re.compile(r"/w/([0-9a-f]{32})/parts/(phone|screen|console)/([a-z-]{1,40})")
LINE = "workshop.line"  # the server's own extension: the connection itself
KEPT = ("method", "path", "query_string", "http_version", "scheme", "server", "client")
UNSENT = 32 * 1024
EVERY = 0.5  # seconds between two looks at who must be asked again
BEAT = 20.0
BATCH = 50
BUSY = "Too many live pages just now. This page asks again by itself."
JSON = (b"content-type", b"application/json")
GZIP = (b"content-encoding", b"gzip")
VARY = (b"vary", b"Accept-Encoding")
STREAM = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]


@dataclass(slots=True, eq=False)
class Follower:
    """A phone that listens, and what its right to do so rests on."""

    key: Key
    stream: Stream
    scope: Scope
    asked_at: float
    stamp: int


class Live:
    """Everything live in this server process."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.hub = Hub()
        self.rights = Rights(app)
        self.followers: set[Follower] = set()
        self.addresses: Counter[str] = Counter()
        self.headers = answers.guarded(app)
        self.threads = ThreadPoolExecutor(2, thread_name_prefix="rights")
        self.tasks: list[asyncio.Task[None]] = []
        self.watcher: Watcher | None = None

    def start(self) -> None:
        self.watcher = Watcher(self.app, self.hub, asyncio.get_running_loop())
        self.watcher.start()
        self.tasks = [asyncio.create_task(self._keep_asking()), asyncio.create_task(self._keep_beating())]

    def stop(self) -> None:
        """End every stream; may be called twice."""
        self.hub.end_all()
        for task in self.tasks:
            task.cancel()
        if self.watcher:
            self.watcher.stop()

    async def follow(self, scope: Scope, receive: Receive, send: Send, workshop_id: str, audience: str) -> int:
        """Send a room's states to this phone until it goes, or may not listen any more."""
        address = callers.address(scope, self.rights.proxies)
        line = (scope.get("extensions") or {}).get(LINE)
        if line is None or self._is_full(address):
            return await answers.send_words(send, 503, self.headers, BUSY, retry_after=30)
        self.addresses[address] += 1
        stamp = self.hub.stamps.get(workshop_id, 0)
        try:
            status, language = await self._ask(scope, workshop_id, audience)
            if status != 200:
                return await answers.send_words(send, status, self.headers, "You cannot follow this page.")
            _narrow(line)
            await send({"type": "http.response.start", "status": 200, "headers": [*self.headers, *STREAM]})
            key = Key(workshop_id, audience, language, _parts(scope, audience))
            await self._listen(Follower(key, Stream(line), _small(scope), time.monotonic(), stamp), receive)
        finally:
            self.addresses -= Counter([address])
        return status

    async def _listen(self, follower: Follower, receive: Receive) -> None:
        self.hub.join(follower.key, follower.stream)
        self.followers.add(follower)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            follower.stream.end()
        finally:
            self._part_with(follower)

    def _part_with(self, follower: Follower) -> None:
        self.followers.discard(follower)
        self.hub.leave(follower.key, follower.stream)

    def _is_full(self, address: str) -> bool:
        most, most_here = self.app.config["STREAMS_PER_ADDRESS"], self.app.config["STREAMS_PER_WORKER"]
        return bool(self.addresses[address] >= most or len(self.followers) >= most_here)

    async def _ask(self, scope: Scope, workshop_id: str, audience: str) -> tuple[int, str]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self.rights.ask, scope, workshop_id, audience)

    async def _keep_asking(self) -> None:
        """Ask again about everybody whose half minute is over, or whose room has new rights."""
        while True:
            await asyncio.sleep(EVERY)
            self.hub.tidy()
            latest = time.monotonic() - LASTS
            due = [f for f in self.followers if f.asked_at < latest or f.stamp != self._stamp(f.key.workshop_id)]
            for start in range(0, len(due), BATCH):
                await self._ask_again(due[start : start + BATCH])

    async def _ask_again(self, followers: list[Follower]) -> None:
        stamps = [self._stamp(f.key.workshop_id) for f in followers]
        loop = asyncio.get_running_loop()
        answered = await loop.run_in_executor(self.threads, self._ask_all, followers)
        for follower, stamp, status in zip(followers, stamps, answered, strict=True):
            if status == UNKNOWN:
                continue  # nothing new reaches anybody now, and it is asked again in a moment
            follower.asked_at, follower.stamp = time.monotonic(), stamp
            if status != 200:
                self._part_with(follower)
                follower.stream.end()

    def _ask_all(self, followers: Iterable[Follower]) -> list[int]:
        return [self.rights.ask(f.scope, f.key.workshop_id, f.key.audience)[0] for f in followers]

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await self.hub.heartbeat()

    async def part(self, scope: Scope, send: Send, workshop_id: str, audience: str, name: str) -> int | None:
        """A part from memory; None when memory does not have it, and Flask must answer."""
        key = await self._key(scope, workshop_id, audience, name)
        state = self.hub.room(key).states.get(name) if key else None
        if key is None or state is None or self.watcher is None or not self.watcher.is_fresh():
            return None
        tag = f'"{state.etag}"'
        headers = [*self.headers, (b"etag", tag.encode()), (b"cache-control", b"private, no-cache")]
        if tag in callers.header(scope, b"if-none-match"):
            return await answers.send_whole(send, 304, headers)
        return await self._send_state(scope, send, state, headers)

    async def _key(self, scope: Scope, workshop_id: str, audience: str, part: str) -> Key | None:
        """Which room this browser may look into, by what it was told lately or by asking now."""
        if part not in parts.of(audience):
            return None
        name = name_of(scope, workshop_id, audience)
        stamp = self._stamp(workshop_id)
        right = self.rights.recall(name, stamp)
        if right is None:
            status, language = await self._ask(scope, workshop_id, audience)
            if status == UNKNOWN:
                return None
            right = self.rights.keep(name, status, language, stamp)
        return Key(workshop_id, audience, right.language, (part,)) if right.status == 200 else None

    def _stamp(self, workshop_id: str) -> int:
        return self.hub.stamps.get(workshop_id, 0)

    async def _send_state(self, scope: Scope, send: Send, state: State, headers: Headers) -> int:
        headers += [JSON, VARY]
        if "gzip" not in callers.header(scope, b"accept-encoding") or len(state.body) < WORTH_PACKING:
            return await answers.send_whole(send, 200, headers, state.body)
        state.packed = state.packed or packed(state.body, level=6)
        return await answers.send_whole(send, 200, [*headers, GZIP], state.packed)


def _parts(scope: Scope, audience: str) -> tuple[str, ...]:
    """The parts on the phone's page; all of the audience when it names none."""
    wanted = parse_qs(scope["query_string"].decode("latin1")).get("part", [])
    return tuple(name for name in parts.of(audience) if name in wanted or not wanted)


def _narrow(line: Any) -> None:
    """Little room in the system for a phone that does not read: thousands of them must not fill it."""
    connection = line.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNSENT)


def _small(scope: Scope) -> Scope:
    """What of a request must be kept to ask again; thousands of these wait in memory."""
    kept = {name: scope[name] for name in KEPT}
    kept["headers"] = [pair for pair in scope["headers"] if pair[0] in TELLING]
    scope["headers"].clear()
    return kept
