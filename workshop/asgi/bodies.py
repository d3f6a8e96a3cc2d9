"""A request's body is collected before it takes a thread: slow phones wait here, and no page waits for them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

IN_MEMORY = 256 * 1024
GRACE = 10.0  # seconds in which an upload must find its speed, and the longest silence
LONGEST = 600.0
FILMS = 3  # bodies above the usual size at the same time: each lies on the disk until it is read


class Fault(Enum):
    """Why a body was not taken."""

    GONE = "the phone hung up"
    SLOW = "the upload was too slow"
    LARGE = "the upload is too large"
    FULL = "the disk has no room"
    CROWD = "too many send films at once"


@dataclass(slots=True)
class Body:
    """What arrived: a file to read from its start, how long it is, and what is wrong with it, if anything."""

    file: IO[bytes]
    size: int
    fault: Fault | None = None


class Fence:
    """How large a body may be, and how slow."""

    def __init__(
        self, most: int, slowest: int, grace: float = GRACE, most_at: Callable[[str], int] | None = None
    ) -> None:
        self.most, self.slowest, self.grace = most, slowest, grace
        self.most_at = most_at or (lambda _path: most)
        self.films = 0

    async def collect(self, scope: Scope, receive: Receive) -> Body:
        """The whole body; or its beginning, with the fault that ended it."""
        headers = dict(scope["headers"])
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            return Body(BytesIO(), 0)
        body = Body(SpooledTemporaryFile(max_size=IN_MEMORY), 0)  # noqa: SIM115 - closed with the request
        is_film = self.most < _announced(headers) <= self.most_at(scope["path"])
        if is_film and self.films >= FILMS:
            body.fault = Fault.CROWD
            return body
        self.films += is_film
        try:
            body.fault = await self._fill(body, receive, self.most_at(scope["path"]) if is_film else self.most)
        except OSError:
            body.fault = Fault.FULL
        finally:
            self.films -= is_film
        body.file.seek(0)
        return body

    async def _fill(self, body: Body, receive: Receive, most: int) -> Fault | None:
        """One that is too large is read to its end without being kept: to close now would reset the connection,
        and the phone would show its own error instead of our words."""
        started, more = time.monotonic(), True
        while more:
            message = await self._next(receive)
            if message is None or self._crawls(body.size, started):
                return Fault.SLOW
            if message["type"] == "http.disconnect":
                return Fault.GONE
            more = message.get("more_body", False)
            body.size += len(message.get("body", b""))
            if body.size <= most:
                body.file.write(message.get("body", b""))
            elif body.size > 8 * self.most:
                break
        return Fault.LARGE if body.size > most else None

    def _crawls(self, size: int, started: float) -> bool:
        spent = time.monotonic() - started
        return spent > LONGEST or (spent > self.grace and size < self.slowest * spent)

    async def _next(self, receive: Receive) -> Message | None:
        try:
            async with asyncio.timeout(self.grace):
                return await receive()
        except TimeoutError:
            return None


def _announced(headers: dict[bytes, bytes]) -> int:
    """How large the phone says it is; one that does not say it may not be larger than usual."""
    said = headers.get(b"content-length", b"")
    return int(said) if said.isdigit() else 0
