"""The reference behind the very server that serves the app: same processes, same threads, same connections."""

import asyncio
import sys
from pathlib import Path

from flask import Flask

from bench.load import HOST
from bench.reference import create_reference
from workshop.asgi.bodies import Fence, Receive, Scope, Send
from workshop.asgi.forking import Forked
from workshop.asgi.pages import Threads
from workshop.asgi.server import serve
from workshop.asgi.workers import FORKS
from workshop.cli.serving import listen

THREADS, MOST = 8, 1024 * 1024


class Nothing:
    """The reference has no live channel to stop."""

    def stop(self) -> None:
        pass


class Bare:
    """Body, thread, answer."""

    def __init__(self, app: Flask) -> None:
        self.fence, self.pages, self.live = Fence(MOST, 1), Threads(app, THREADS, "pages"), Nothing()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.pages.answer(scope, await self.fence.collect(scope, receive), send)
        else:
            for word in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{word}.complete"})
                await asyncio.sleep(0)


def main(folder: Path, port: int, workers: int) -> None:
    edge = Bare(create_reference(folder))
    listeners = listen(HOST, port, workers)
    if FORKS:
        Forked(edge, listeners, [sys.executable, "-c", ""]).run()  # type: ignore[arg-type] - it stands where the app does
    serve(edge, listeners[0])  # type: ignore[arg-type] - as above


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
