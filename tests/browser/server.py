"""The app as people start it: `workshop serve` on a scratch installation, in processes of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from workshop import create_app
from workshop.cli import tables
from workshop.commands import accounts, upkeep
from workshop.extensions import db

START = "from workshop.cli import main; main()"
SOON = 120.0  # seconds that a cold start may take on a busy machine


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, and where its data lies."""

    address: str
    instance: Path
    port: int


@contextmanager
def serving(instance: Path, address: str = "", port: int = 0, **settings: str) -> Iterator[Server]:
    """Serve until the block ends. `address` is what people type, if that is not http://localhost:PORT."""
    port = port or free_port()
    server = Server(address or f"http://localhost:{port}", instance, port)
    furnish(server)
    log = instance.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", START, "serve"],
            env={**os.environ, **environment(server, settings)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_it_answers(server, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(10)


def furnish(server: Server) -> None:
    """The tables, and one account: an installation that is in use makes no example of its own."""
    with house(server) as app, app.app_context():
        tables.upgrade()
        upkeep.ensure_installation()
        accounts.add_user("first@example.org", "First", None)


def environment(server: Server, settings: dict[str, str]) -> dict[str, str]:
    given = {"BASE_URL": server.address, "HOST": "127.0.0.1", "PORT": str(server.port), "WORKERS": "2"}
    given |= {"BACKUP_MINUTES": "0", **settings}
    return {"WORKSHOP_INSTANCE": str(server.instance)} | {f"WORKSHOP_{name}": value for name, value in given.items()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SOON
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")


@contextmanager
def house(server: Server) -> Iterator[Flask]:
    """The same installation inside this process, to make rooms with the app's own commands."""
    app = create_app(server.instance, HOST="127.0.0.1", PORT=server.port, BASE_URL=server.address, TESTING=True)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
