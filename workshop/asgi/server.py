"""One server process: uvicorn with small buffers, limits on what a stranger may hold open, and a quick end."""

import logging
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from workshop.asgi import Edge
from workshop.asgi.streams import LINE

MOST_HEADERS = 64 * 1024
PATIENCE = 20.0  # seconds for a request's headers to arrive
STOP_WITHIN = 2  # seconds for what is under way when the server stops
SMALL = 64 * 1024


class Connection(HttpToolsProtocol):
    """A connection that can be handed to the live channel, and that a silent stranger cannot keep."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=SMALL)
        self.head = 0
        self.waiting = self.loop.call_later(PATIENCE, self._lose_patience)

    def _lose_patience(self) -> None:
        self.transport.abort()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.head = 0
        self.scope["extensions"] = {LINE: self.transport}  # type: ignore[dict-item]

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._weigh(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._weigh(len(name) + len(value))

    def on_headers_complete(self) -> None:
        self.waiting.cancel()
        super().on_headers_complete()

    def _weigh(self, size: int) -> None:
        self.head += size
        if self.head > MOST_HEADERS:
            self.transport.abort()


class Server(uvicorn.Server):
    """Streams end first when the server stops, so that it need not wait for them."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        super().__init__(settings(edge))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.edge.live.stop()
        await super().shutdown(sockets)


def settings(edge: Edge) -> uvicorn.Config:
    """Ours are the access log and the proxies' headers; uvicorn's own stay off."""
    return uvicorn.Config(
        edge,
        http=Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=4096,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=STOP_WITHIN,
    )


def serve(edge: Edge, listener: socket.socket) -> None:
    """Serve until told to stop."""
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # scanners send rubbish all day
    Server(edge).run([listener])
