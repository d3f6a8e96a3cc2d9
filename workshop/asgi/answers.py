"""Answers that need no thread, with the same protection as every page."""

from flask import Flask

from workshop.asgi.bodies import Send
from workshop.asgi.pages import Headers
from workshop.web.security import HEADERS

TEXT = (b"content-type", b"text/plain; charset=utf-8")
HSTS = (b"strict-transport-security", b"max-age=31536000")


def guarded(app: Flask) -> Headers:
    """The headers that every answer of this installation bears."""
    secure = [] if app.config["PRACTICE"] else [HSTS]
    return [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()] + secure


async def send_whole(send: Send, status: int, headers: Headers, body: bytes = b"") -> int:
    """One answer in one piece; returns its status."""
    length = [] if status == 304 else [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers + length})
    await send({"type": "http.response.body", "body": body})
    return status


async def send_words(send: Send, status: int, headers: Headers, words: str, retry_after: int = 0) -> int:
    """A few plain words, for programs and broken browsers."""
    later = [(b"retry-after", b"%d" % retry_after)] if retry_after else []
    return await send_whole(send, status, [*headers, TEXT, (b"cache-control", b"no-store"), *later], words.encode())
