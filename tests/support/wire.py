"""Somebody whose requests go over the wire to a server in its own processes, with cookies and checked pages."""

from collections.abc import Callable, Iterable
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote

from werkzeug.test import Client

Start = Callable[[str, list[tuple[str, str]]], object]


class FrontDoor:
    """Stands where a test's people expect the app: every request they make is made of the server at this port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def test_client(self) -> Client:
        return Client(self.ask)

    def ask(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        path = quote(environ["PATH_INFO"].encode("latin1"))
        query = environ.get("QUERY_STRING", "")
        with closing(environ["wsgi.input"]) as sent:  # of a large photo it is a file
            body = sent.read(int(environ.get("CONTENT_LENGTH") or 0))
        with closing(HTTPConnection("localhost", self.port, timeout=30)) as connection:
            where = f"{path}?{query}" if query else path
            connection.request(environ["REQUEST_METHOD"], where, body or None, _headers(environ))
            reply = connection.getresponse()
            start_response(f"{reply.status} {reply.reason}", reply.getheaders())
            return [reply.read()]


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    sent = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    sent.pop("TRANSFER-ENCODING", None)
    if environ.get("CONTENT_TYPE"):
        sent["Content-Type"] = environ["CONTENT_TYPE"]
    return sent
