"""Somebody between the phones and the server, who passes everything on, and not always the answer back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from tests.faults.wire import HOST, Answer, Line, NoAnswer

Loses = Callable[[bytes], bool]


@asynccontextmanager
async def between(port: int, loses: Loses) -> AsyncIterator[int]:
    """A port that leads to the server. When `loses` says so of a request, its answer never comes back."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        beyond = Line(port)
        with suppress(OSError, EOFError, NoAnswer):
            while request := await _request(reader):
                answer = await beyond.tell(request)
                if loses(request):
                    break
                writer.write(_written(answer))
                await writer.drain()
        beyond.close()
        writer.close()

    server = await asyncio.start_server(pass_on, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0])) if lengths else head


def _written(answer: Answer) -> bytes:
    kept = [(name, value) for name, value in answer.headers if name not in ("transfer-encoding", "content-length")]
    lines = [f"HTTP/1.1 {answer.status} ok", *(f"{name}: {value}" for name, value in kept)]
    return "\r\n".join([*lines, f"content-length: {len(answer.body)}", "", ""]).encode("latin-1") + answer.body
