"""The app in one server process: pages by Flask in threads, live streams and files of ours without any thread."""

import asyncio
import logging
import re
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import TemplateError

from workshop import create_app, jobs
from workshop.asgi import answers
from workshop.asgi.bodies import Body, Fault, Fence, Receive, Scope, Send
from workshop.asgi.files import PREFIX, Files
from workshop.asgi.log import AccessLog
from workshop.asgi.pages import Threads
from workshop.asgi.streams import LIVE, PART, Live
from workshop.live import parts
from workshop.web import large

log = logging.getLogger(__name__)
MEDIA = ("/export", "/media", "/download")  # beginnings of a path's segments that have their own threads
LARGE = 64 * 1024  # a body of this size is an upload
FILE = re.compile(rb'\bfilename="[^"]')  # a file in a form, named by the browser
GONE = 499


class Edge:
    """What stands between the network and the app."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        most, slowest = app.config["MAX_CONTENT_LENGTH"], app.config["SLOWEST_UPLOAD"]
        self.fence = Fence(most, slowest, most_at=lambda path: large.most(path, app.config))
        self.pages = Threads(app, app.config["THREADS"], "pages")
        self.media = Threads(app, app.config["MEDIA_THREADS"], "media")
        self.files = Files(app)
        self.live = Live(app)
        self.log = AccessLog(Path(app.config["INSTANCE"]), app.config["PROXIES"])
        self.stopped = threading.Event()
        self.headers = answers.guarded(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "http":
            started = time.monotonic()
            status = await self._answer(scope, receive, send)
            self.log.note(scope, status, time.monotonic() - started)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> int:
        if scope["method"] in ("GET", "HEAD"):
            status = await self._without_thread(scope, receive, send)
            if status is not None:
                return status
        body = await self.fence.collect(scope, receive)
        if body.fault in (Fault.GONE, Fault.SLOW, Fault.FULL, Fault.CROWD):
            return await self._refuse(body, send)
        threads = self.media if _is_media(scope["path"], body) else self.pages
        return await threads.answer(scope, body, send)

    async def _without_thread(self, scope: Scope, receive: Receive, send: Send) -> int | None:
        path = scope["path"]
        if path.startswith(PREFIX):
            return await self.files.send(scope, send)
        if found := PART.fullmatch(path):
            return await self.live.part(scope, send, *found.groups())
        if scope["method"] == "GET" and (found := LIVE.fullmatch(path)):
            return await self.live.follow(scope, receive, send, *found.groups())
        return None

    async def _refuse(self, body: Body, send: Send) -> int:
        """Nobody is there any more, or nothing more can be taken: words without a page are enough."""
        body.file.close()
        if body.fault is Fault.FULL:
            words = "The disk is full. Nothing was saved. Your words are still on your phone."
            return await answers.send_words(send, 503, self.headers, words, retry_after=60)
        if body.fault is Fault.CROWD:
            words = "Many films are being sent just now. Please wait a minute, then send yours again."
            return await answers.send_words(send, 503, self.headers, words, retry_after=60)
        if body.fault is Fault.SLOW:
            words = "Sending took too long. Your words are still on your phone. Please send them again."
            close = (b"connection", b"close")
            return await answers.send_words(send, 408, [*self.headers, close], words)
        return GONE

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        self.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.stop()
        await send({"type": "lifespan.shutdown.complete"})

    def warm_up(self) -> None:
        """Read every template once, before the processes part: what is read now is shared by all of them."""
        parts.build()
        for name in self.app.jinja_env.list_templates(["html"]):
            with suppress(TemplateError):  # a page that is broken is broken alone
                self.app.jinja_env.get_template(name)

    def start(self) -> None:
        """Begin to watch, and to do what is due."""
        self.live.start()
        self.log.start(asyncio.get_running_loop())
        for work in (jobs.keep_running, jobs.keep_rebuilding):
            threading.Thread(target=work, args=(self.app, self.stopped), name=work.__name__, daemon=True).start()

    def stop(self) -> None:
        """End streams, jobs and watching; may be called twice."""
        self.live.stop()
        self.stopped.set()
        self.log.stop()


def _is_media(path: str, body: Body) -> bool:
    return body.size > LARGE or any(mark in path for mark in MEDIA) or _holds_file(body)


def _holds_file(body: Body) -> bool:
    """A small photo too is rebuilt and put away, which may take long: no page waits for it."""
    if not body.size:
        return False
    start = body.file.read(LARGE)
    body.file.seek(0)
    return FILE.search(start) is not None


def create(instance: str | Path | None = None, **settings: Any) -> Edge:
    """The whole installation as an ASGI app: `uvicorn --factory workshop.asgi:create`."""
    return Edge(create_app(instance, **settings))
