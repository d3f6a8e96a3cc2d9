"""A phone's side of the wire: one connection, a request, its whole answer; every way in which it can break."""

import asyncio
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"
PATIENCE = 30.0


class NoAnswer(Exception):
    """The line broke, or nothing came: nobody knows whether the other side has acted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return self.header("location")

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def data(self) -> Any:
        """The answer as data, or nothing when it is none of ours."""
        ours = self.header("content-type").startswith("application/json")
        with suppress(ValueError):
            return json.loads(self.body) if ours else None


class Line:
    """One connection that is kept open, and opened again when it broke."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """One request. A connection that the server closed while it was idle is opened again, as browsers do."""
        return await self.tell(written(method, path, self.port, headers, body))

    async def tell(self, data: bytes) -> Answer:
        """Exactly these bytes."""
        was_open = self.ends is not None
        try:
            return await self._once(data)
        except (OSError, EOFError, asyncio.LimitOverrunError, ValueError, TimeoutError) as error:
            self.close()
            if was_open and isinstance(error, ConnectionResetError | asyncio.IncompleteReadError) and _nothing(error):
                return await self._again(data)
            raise NoAnswer(repr(error)) from error

    async def _again(self, data: bytes) -> Answer:
        try:
            return await self._once(data)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            self.close()
            raise NoAnswer(repr(error)) from error

    async def _once(self, data: bytes) -> Answer:
        async with asyncio.timeout(PATIENCE):
            if self.ends is None:
                self.ends = await asyncio.open_connection(HOST, self.port, limit=4 * 1024 * 1024)
            reader, writer = self.ends
            writer.write(data)
            await writer.drain()
            return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.split(":", 1) for line in head[1:] if ":" in line)
        headers = tuple((name.strip().lower(), value.strip()) for name, value in pairs)
        answer = Answer(int(head[0].split()[1]), headers, b"")
        body = await _body(reader, answer)
        if answer.header("connection") == "close":
            self.close()
        return Answer(answer.status, headers, body)

    def close(self) -> None:
        if self.ends is not None:
            self.ends[1].close()
        self.ends = None


async def _body(reader: asyncio.StreamReader, answer: Answer) -> bytes:
    if answer.status in (204, 304):
        return b""
    if answer.header("transfer-encoding") == "chunked":
        return await _chunks(reader)
    length = answer.header("content-length")
    body = await reader.readexactly(int(length)) if length else await reader.read()
    return zlib.decompress(body, 31) if answer.header("content-encoding") == "gzip" else body


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return body


def _nothing(error: Exception) -> bool:
    return not getattr(error, "partial", b"")


def written(method: str, path: str, port: int, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items() if value]
    if method != "GET" and "Content-Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
