"""Two machines at one PostgreSQL, each with its own folder, port and processes; and what can happen to them."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from tests.browser.server import START, Server, environment, free_port, house, wait_until_it_answers
from workshop.extensions import db


@dataclass
class Node:
    """A machine of its own: its instance folder, its port, its processes."""

    server: Server
    process: "subprocess.Popen[bytes]"

    @property
    def port(self) -> int:
        return self.server.port

    def kill(self) -> None:
        """The plug is pulled: nobody says goodbye."""
        for pid in children(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait(20)


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(each) for each in listed.stdout.split()]


@dataclass
class City:
    """Both nodes, the database between them, and the installation in this process."""

    one: Node
    other: Node
    app: Flask
    admin: str
    database: str

    def sql(self, words: str, *values: str) -> list[tuple[object, ...]]:
        """Said to the server from outside, as its operator would."""
        with closing(psycopg.connect(self.admin, autocommit=True)) as connection:
            found = connection.execute(words, values or None)  # type: ignore[arg-type]
            return found.fetchall() if found.description else []


@contextmanager
def node(folder: Path, said: dict[str, str]) -> Iterator[Node]:
    port = free_port()
    server = Server(f"http://localhost:{port}", folder, port)
    given = {**os.environ, **environment(server, {**said, "WORKERS": "1"}), "PYTHONUNBUFFERED": "1"}
    with folder.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-c", START, "serve"], env=given, stdout=log, stderr=log)
    try:
        yield Node(server, process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def wait_with_patience(node: Node) -> None:
    """The second one waits for the first, and both for a machine that has other work."""
    for _ in range(4):
        with suppress(AssertionError):
            return wait_until_it_answers(node.server, node.process, node.server.instance.with_suffix(".log"))
    raise AssertionError(node.server.instance.with_suffix(".log").read_text("utf-8", "replace"))


@contextmanager
def two_nodes(postgres: str, folder: Path, grace: str) -> Iterator[City]:
    """Both start in the same second on a database without tables."""
    name = f"city_{secrets.token_hex(4)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = make_url(postgres).set(drivername="postgresql+psycopg", database=name)
    said = {
        "DATABASE_URL": url.render_as_string(hide_password=False),
        "SECRET_KEY": secrets.token_hex(32),
        "GRACE_SECONDS": grace,
        "WRITE_WAIT": "2",
        "BACKUP_MINUTES": "0",
    }
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patched:
        both = [stack.enter_context(node(folder / each, said)) for each in ("one", "other")]
        for each in both:
            wait_with_patience(each)
        for key, value in said.items():
            patched.setenv(f"WORKSHOP_{key}", value)
        app = stack.enter_context(house(both[0].server))
        yield City(both[0], both[1], app, postgres, name)


@contextmanager
def gone(city: City) -> Iterator[None]:
    """The database lets nobody in, and cuts everybody off who is in."""
    city.sql(f'ALTER DATABASE "{city.database}" ALLOW_CONNECTIONS false')
    city.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", city.database)
    try:
        yield
    finally:
        city.sql(f'ALTER DATABASE "{city.database}" ALLOW_CONNECTIONS true')


@contextmanager
def faulty(app: Flask, state: str, why: str) -> Iterator[None]:
    """The disk fails at the last thing that a command writes, after the words."""
    fault = f"BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = '{state}'; END"
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ {fault} $$")
        connection.exec_driver_sql("CREATE TRIGGER fault BEFORE INSERT ON event EXECUTE FUNCTION fault()")
    try:
        yield
    finally:
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION fault CASCADE")
