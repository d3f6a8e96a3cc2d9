"""Pages by Flask: a request takes a thread only while Python works on it, never while a phone is slow."""

import asyncio
import contextvars
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from workshop.asgi.bodies import Body, Scope, Send
from workshop.asgi.kept import words_in

Headers = list[tuple[bytes, bytes]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

BLOCK = 256 * 1024  # an answer up to this size leaves in one piece
WORTH_PACKING = 1024
PACKABLE = (b"text/", b"application/json", b"application/javascript", b"image/svg+xml", b"application/manifest+json")


@dataclass(slots=True)
class Answer:
    """What the application said. `rest` is what of a long answer has not been read yet."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    rest: "Rest | None" = None


class Rest:
    """The remaining pieces of a long answer, read block by block whenever the phone has taken the last one."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces: Iterator[bytes] = iter(pieces)
        self.close = getattr(pieces, "close", lambda: None)

    def block(self) -> bytes:
        """About BLOCK bytes, or nothing at the end."""
        taken: list[bytes] = []
        size = 0
        for piece in self.pieces:
            taken.append(piece)
            size += len(piece)
            if size >= BLOCK:
                break
        return b"".join(taken)


class Threads:
    """Threads that run the application. Each request has one context, carried from thread to thread."""

    def __init__(self, app: Wsgi, count: int, name: str) -> None:
        self.app = app
        self.pool = ThreadPoolExecutor(count, thread_name_prefix=name)

    async def answer(self, scope: Scope, body: Body, send: Send) -> int:
        """Answer one request; returns the status that was sent."""
        context = contextvars.copy_context()
        environ = environ_of(scope, body)
        if body.fault:  # the application will refuse it by its length, and can give the words back
            environ["workshop.words"] = words_in(body.file, environ.get("CONTENT_TYPE", ""))
        answer: Answer = await self._run(context.run, self._ask, environ)
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            await send({"type": "http.response.body", "body": answer.body, "more_body": answer.rest is not None})
            if answer.rest:
                await self._send_rest(context, answer.rest, send)
        finally:
            body.file.close()
            if answer.rest:
                await self._run(context.run, answer.rest.close)
        return answer.status

    async def _send_rest(self, context: contextvars.Context, rest: Rest, send: Send) -> None:
        while block := await self._run(context.run, rest.block):
            await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _ask(self, environ: dict[str, Any]) -> Answer:
        answer = Answer()

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[..., None]:
            answer.status = int(status[:3])
            answer.headers = [(n.lower().encode("latin1"), v.encode("latin1")) for n, v in headers]
            return _no_write

        rest = Rest(self.app(environ, start_response))
        try:
            answer.body = rest.block()
        except BaseException:
            rest.close()
            raise
        if len(answer.body) >= BLOCK:
            answer.rest = rest
        else:
            rest.close()
            pack(answer, environ)
        return answer

    async def _run(self, function: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.pool, function, *args)


def pack(answer: Answer, environ: dict[str, Any]) -> None:
    """Compress text that is worth it, quickly: a hall's phones share one radio."""
    kind = next((value for name, value in answer.headers if name == b"content-type"), b"")
    if len(answer.body) < WORTH_PACKING or not kind.startswith(PACKABLE):
        return
    answer.headers.append((b"vary", b"Accept-Encoding"))
    is_packed = any(name == b"content-encoding" for name, _ in answer.headers)
    if is_packed or "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
        return
    answer.body = packed(answer.body, level=1)
    answer.headers = [(n, v) for n, v in answer.headers if n != b"content-length"]
    answer.headers += [(b"content-encoding", b"gzip"), (b"content-length", b"%d" % len(answer.body))]


def packed(data: bytes, level: int) -> bytes:
    """gzip without a clock, so that the same bytes give the same bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def environ_of(scope: Scope, body: Body) -> dict[str, Any]:
    """The request as WSGI says it."""
    host, port = scope.get("server") or ("localhost", 80)
    address, from_port = scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": address,
        "REMOTE_PORT": str(from_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body.file,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin1"), value.decode("latin1"))
    if body.size:
        environ["CONTENT_LENGTH"] = str(body.size)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    if "_" in name:  # «x_forwarded_for» must not pass for «x-forwarded-for»
        return
    environ[key] = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in environ else value


def _no_write(_data: bytes) -> None:
    raise NotImplementedError("answers are returned, not written")
