"""Our own stylesheets, scripts and pictures, from memory and packed once: phones keep them for a year."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from workshop.asgi import answers, callers
from workshop.asgi.bodies import Scope, Send
from workshop.asgi.pages import PACKABLE, Headers, packed

PREFIX = "/static/"
NAME = re.compile(r"\w[\w-]*(?:[./][\w-]+)*")  # no way up, no hidden file
MOST = 512 * 1024  # larger files go through Flask, which can send a part of a file
FOR_EVER = b"public, max-age=31536000, immutable"
ASK_AGAIN = b"public, no-cache"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    changed: int
    version: str
    body: bytes
    packed: bytes
    kind: bytes


class Files:
    """What lies in the folder of static files; a changed file is read again."""

    def __init__(self, app: Flask) -> None:
        self.folder = Path(str(app.static_folder)).resolve()
        self.headers = answers.guarded(app)
        self.kept: dict[str, File] = {}

    async def send(self, scope: Scope, send: Send) -> int | None:
        """Answer for a file of ours; None for anything else, for which Flask has the words."""
        file = self.find(scope["path"].removeprefix(PREFIX))
        if file is None or callers.header(scope, b"range"):
            return None
        asked = scope["query_string"].decode("latin1")
        tag = f'"{file.version}"'
        lasting = FOR_EVER if asked == f"v={file.version}" else ASK_AGAIN
        headers: Headers = [*self.headers, (b"etag", tag.encode()), (b"cache-control", lasting)]
        if tag in callers.header(scope, b"if-none-match"):
            return await answers.send_whole(send, 304, headers)
        headers += [(b"content-type", file.kind), (b"vary", b"Accept-Encoding")]
        if file.packed and "gzip" in callers.header(scope, b"accept-encoding"):
            return await answers.send_whole(send, 200, [*headers, (b"content-encoding", b"gzip")], file.packed)
        return await answers.send_whole(send, 200, headers, file.body)

    def find(self, name: str) -> File | None:
        """The file of this name, from memory unless it changed."""
        path = self.folder / name
        if not NAME.fullmatch(name) or not path.is_file():
            return None
        about = path.stat()
        kept = self.kept.get(name)
        if kept is None or kept.changed != about.st_mtime_ns:
            if about.st_size > MOST:
                return None
            kept = self.kept[name] = read(path, about.st_mtime_ns)
        return kept


def read(path: Path, changed: int) -> File:
    body = path.read_bytes()
    kind = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").encode()
    if kind.startswith((b"text/", b"application/javascript")):
        kind += b"; charset=utf-8"
    small = packed(body, level=9) if kind.startswith(PACKABLE) else b""
    return File(changed, hashlib.sha256(body).hexdigest()[:10], body, small, kind)
