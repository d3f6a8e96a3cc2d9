"""The access log is ours: one line a request, no secret of a path, no query, half an address, two weeks."""

import asyncio
import os
import re
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from workshop.asgi import callers
from workshop.asgi.bodies import Scope

SECRET = re.compile(r"^/(j|s|r)/.+")  # doors, screens and receipts
TOKEN = re.compile(r"(?<=/)[^/]{16,}")  # anything long enough to be one; of a workshop the beginning stays
DAYS = 14
EVERY = 1.0  # seconds that lines wait, so that writing costs next to nothing


class AccessLog:
    """A file a day in the instance folder, shared by the server's processes."""

    def __init__(self, instance: Path, proxies: int) -> None:
        self.folder = instance / "logs"
        self.proxies = proxies
        self.lines: list[str] = []
        self.loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.loop = loop
        loop.call_later(EVERY, self._write_on)

    def stop(self) -> None:
        self.loop = None
        with suppress(OSError):
            self._write()

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Remember one request."""
        address = callers.cut(callers.address(scope, self.proxies))
        path = redacted(scope["path"])
        moment = _moment(int(time.time()))
        self.lines.append(f"{moment} {address} {scope['method']} {path} {status} {seconds * 1000:.0f}ms\n")

    def _write_on(self) -> None:
        if self.loop:
            with suppress(OSError):  # a full disk must not stop the app from answering
                self._write()
            self.loop.call_later(EVERY, self._write_on)

    def _write(self) -> None:
        if not self.lines:
            return
        text, self.lines = "".join(self.lines), []
        path = self.folder / f"access-{datetime.now(UTC):%Y-%m-%d}.log"
        if not path.exists():
            self._forget()
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, text.encode())
        finally:
            os.close(handle)

    def _forget(self) -> None:
        oldest = f"access-{datetime.now(UTC) - timedelta(days=DAYS):%Y-%m-%d}.log"
        for path in self.folder.glob("access-*.log"):
            if path.name < oldest:
                path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _moment(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()


def redacted(path: str) -> str:
    """A path without the secret that some carry, and without anything that could forge a line."""
    plain = path
    if not path.isprintable() or " " in path:
        plain = "".join(c if c.isprintable() and c != " " else "?" for c in path)
    return TOKEN.sub(_shorten, SECRET.sub(r"/\1/…", plain))[:200]


def _shorten(found: re.Match[str]) -> str:
    after_room = found.string[: found.start()].endswith("/w/")
    return f"{found[0][:8]}…" if after_room else "…"
