"""The reference behind the very server that serves the app: same processes, same threads, same connections."""

import asyncio
import multiprocessing
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from bench.load import HOST
from bench.reference import create_reference
from workshop.asgi.bodies import Fence, Receive, Scope, Send
from workshop.asgi.pages import Threads
from workshop.asgi.server import serve
from workshop.asgi.workers import FORKS, Workers
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


class BareWorkers(Workers):
    """The same processes with the reference in them."""

    def __init__(self, edge: Bare, listeners: Sequence[socket.socket]) -> None:
        self.instance, self.settings, self.free = "", {}, list(listeners)
        self.context = multiprocessing.get_context("fork")
        self.edge = edge  # type: ignore[assignment]
        self.started, self.stopping, self.deaths = {}, False, 0


def main(folder: Path, port: int, workers: int) -> int:
    edge = Bare(create_reference(folder))
    listeners = listen(HOST, port, workers)
    if not FORKS:
        serve(edge, listeners[0])  # type: ignore[arg-type] - the reference stands where the app does
        return 0
    return BareWorkers(edge, listeners).run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
