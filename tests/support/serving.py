"""The app in its own processes, and the wire to it: requests as bytes, streams as they come."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask import Flask

from tests.browser.server import START, Server, environment, free_port, furnish, house, wait_until_it_answers
from tests.support.people import Person


@dataclass
class Running:
    """A server that runs, the process that minds it, and the same installation in this process."""

    server: Server
    process: "subprocess.Popen[bytes]"
    app: Flask
    log: Path

    @property
    def port(self) -> int:
        return self.server.port

    def workers(self) -> list[int]:
        """The process ids of the server processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def stop(self, how: signal.Signals = signal.SIGINT) -> float:
        """Stop it as Ctrl-C does; returns the seconds that it took."""
        started = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(20)
        return time.monotonic() - started


@contextmanager
def running(instance: Path, starting: str = START, **settings: str) -> Iterator[Running]:
    """`workshop serve` on this installation until the block ends; `starting` is how Python begins."""
    server = Server("", instance, free_port())
    server = Server(f"http://localhost:{server.port}", instance, server.port)
    furnish(server)
    log = instance.with_suffix(".log")
    with house(server) as app, start(server, log, settings, starting) as process:
        yield Running(server, process, app, log)


@contextmanager
def start(
    server: Server, log: Path, settings: dict[str, str], starting: str = START
) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", starting, "serve"]
    given = {**os.environ, **environment(server, settings), "PYTHONUNBUFFERED": "1"}
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=given, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(server, process, log)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


@dataclass
class Answer:
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


def ask(port: int, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """One request over a connection of its own. `If_None_Match=…` is the header If-None-Match."""
    with closing(HTTPConnection("localhost", port, timeout=20)) as connection:
        connection.request(method, path, body or None, {name.replace("_", "-"): v for name, v in headers.items()})
        reply = connection.getresponse()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())


def cookies_of(person: Person) -> str:
    """The cookies that this person's browser would send."""
    jar = person.client._cookies or {}
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in jar.values())


@dataclass
class Listener:
    """A phone that follows a room: what it was answered, and every event since."""

    port: int
    path: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0
    head: str = ""
    ended: bool = False
    buffer: bytes = b""

    def __post_init__(self) -> None:
        self.socket = socket.create_connection(("localhost", self.port), timeout=10)
        lines = {"Host": f"localhost:{self.port}", "Cookie": self.cookie, **self.headers}
        text = f"GET {self.path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in lines.items() if v) + "\r\n"
        self.socket.sendall(text.encode())
        while b"\r\n\r\n" not in self.buffer and self._more(10):
            pass
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        self.head = head.decode().lower()
        self.status = int(self.head.split()[1]) if self.head else 0

    def _more(self, seconds: float) -> bool:
        self.socket.settimeout(max(seconds, 0.01))
        try:
            data = self.socket.recv(65536)
        except TimeoutError:
            return False
        except OSError:
            data = b""
        self.buffer += data
        self.ended = self.ended or not data
        return bool(data)

    def read(self, seconds: float) -> None:
        """Read whatever comes in this time."""
        until = time.monotonic() + seconds
        while not self.ended and time.monotonic() < until:
            self._more(until - time.monotonic())

    def states(self) -> list[dict[str, Any]]:
        """The states of parts that have come so far."""
        return [json.loads(data) for data in re.findall(rb"event: part\ndata: (.*)\n\n", self.buffer)]

    def wait_for(self, words: str, seconds: float = 8) -> dict[str, Any]:
        """The first state whose HTML holds these words."""
        until = time.monotonic() + seconds
        while True:
            for state in self.states():
                if words in state["html"]:
                    return state
            if self.ended or time.monotonic() > until:
                raise AssertionError(f"«{words}» did not come; ended: {self.ended}; {self.states()}")
            self._more(until - time.monotonic())

    def wait_for_end(self, seconds: float = 8) -> bool:
        self.read(seconds)
        return self.ended

    def close(self) -> None:
        self.socket.close()
