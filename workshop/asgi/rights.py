"""May this browser follow this room? Asked of the same guards as a page, remembered for half a minute at most."""

import time
from hashlib import blake2b
from io import BytesIO
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop.asgi.bodies import Body, Scope
from workshop.asgi.pages import environ_of
from workshop.extensions import UNREACHABLE
from workshop.permissions import may
from workshop.web import guards, language, parts

LASTS = 30.0
MOST = 50_000
UNKNOWN = 503  # the database does not answer: who listens goes on, who comes comes again
TELLING = (b"host", b"cookie", b"accept-language", b"x-forwarded-for", b"x-forwarded-proto")


class Right(NamedTuple):
    """What a browser was told, when, and under which stamp of the room."""

    status: int
    language: str
    asked_at: float
    stamp: int


class Rights:
    """The app's own answer to «may I follow?»."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.proxies = int(app.config["PROXIES"])
        self.behind_proxies = ProxyFix(lambda _environ, _start: [], self.proxies, self.proxies, x_host=0)
        self.kept: dict[bytes, Right] = {}

    def ask(self, scope: Scope, workshop_id: str, audience: str) -> tuple[int, str]:
        """The status a page would have, and the language this browser reads. Runs in a thread."""
        environ = environ_of(scope, Body(BytesIO(), 0))
        self.behind_proxies(environ, _start)
        with self.app.request_context(environ):
            try:
                return self._judge(workshop_id, audience), language.code()
            except HTTPException as error:
                return error.code or 500, ""
            except UNREACHABLE:
                return UNKNOWN, ""

    def _judge(self, workshop_id: str, audience: str) -> int:
        if self.app.preprocess_request() is not None:
            return 403
        found = guards.load({"workshop_id": workshop_id})
        permission = getattr(parts, audience).needs
        return 200 if may(guards.who(found), permission, guards.about(found)) else 403

    def recall(self, name: bytes, stamp: int) -> Right | None:
        """What was answered lately, if the room has been watched since and nothing changed."""
        right = self.kept.get(name)
        if not stamp or right is None or right.stamp != stamp or time.monotonic() - right.asked_at > LASTS:
            return None
        return right

    def keep(self, name: bytes, status: int, language: str, stamp: int) -> Right:
        if len(self.kept) >= MOST:
            self.kept.clear()
        right = self.kept[name] = Right(status, language, time.monotonic(), stamp)
        return right


def _start(*_said: Any) -> Any:
    """Nothing is answered here."""


def name_of(scope: Scope, workshop_id: str, audience: str) -> bytes:
    """Stands for everything in a request that the answer rests on; the cookie itself is not kept."""
    facts = b"\n".join(b"%b:%b" % pair for pair in scope["headers"] if pair[0] in TELLING)
    text = b"\n".join((workshop_id.encode(), audience.encode(), scope["scheme"].encode(), scope["query_string"], facts))
    return blake2b(text, digest_size=16).digest()
