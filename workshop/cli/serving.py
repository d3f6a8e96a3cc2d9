"""`workshop serve`: make everything ready, say in plain words where people come in, serve until Ctrl-C."""

import errno
import importlib
import multiprocessing
import os
import socket
import sys
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import click

from workshop.asgi.workers import FORKS, prepare
from workshop.cli import greeting
from workshop.cli.starting import fail, instance
from workshop.config import Refused, load

BACKLOG = 4096
MOST_FILES = 65536
DEALS = sys.platform == "linux"  # new connections of one port among its sockets


@click.command()
@click.option("--host", help="The network address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many server processes.")
def serve(**given: Any) -> None:
    """Start the app. Ctrl-C stops it."""
    overrides = {name.upper(): value for name, value in given.items() if value is not None}
    settings = load(instance(), overrides)
    with ExitStack() as ports:
        listeners = listen(settings["HOST"], settings["PORT"], settings["WORKERS"])
        for listener in listeners:
            ports.enter_context(listener)
        overrides["PORT"] = listeners[0].getsockname()[1]
        ready = in_a_process_of_its_own(instance(), overrides)
        allow_many_connections()
        workers = prepare(str(instance()), overrides, listeners)
        click.echo(greeting.words(ready))
        sys.exit(workers.run())


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """A socket for each process; a port in use is said in plain words.

    Linux deals new connections out among sockets of one port. Sharing a single one, the process that wakes first
    takes a whole crowd, and the other stands idle.
    """
    try:
        alone = bind(host, port)  # while nobody else uses the port: sockets that share one would not notice
        if not DEALS or count == 1:
            return [_listening(alone)] * count
        with alone:
            port = alone.getsockname()[1]
        return [_listening(bind(host, port, shared=True)) for _ in range(count)]
    except OSError as error:
        fail(_why_not(error, host, port))


def bind(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A socket that has the port, `shared` with others of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _listening(listener: socket.socket) -> socket.socket:
    listener.listen(BACKLOG)
    return listener


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Another program uses port {port}. Stop it, or take another port: PORT={port + 1} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} needs the rights of an administrator. Take one above 1023."
    return f"This machine cannot listen on {host}, port {port}: {error.strerror}."


def in_a_process_of_its_own(place: Path, overrides: dict[str, Any]) -> greeting.Ready:
    """Make the database ready where it costs the server no memory and leaves it no open file."""
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_make_ready, args=(place, overrides, theirs))  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    try:
        said: greeting.Ready | str = ours.recv()
    except EOFError:
        said = "The database could not be made ready. The lines above say why."
    process.join()
    return said if isinstance(said, greeting.Ready) else fail(said)


def _make_ready(place: Path, overrides: dict[str, Any], theirs: Connection) -> None:
    readying = importlib.import_module("workshop.cli.readying")  # what it needs, the server does not
    try:
        theirs.send(readying.make_ready(place, overrides))
    except Refused as refusal:
        theirs.send(str(refusal))


def allow_many_connections() -> None:
    """Each phone that listens is an open file; many systems allow 1,024 unless asked."""
    if os.name == "posix":
        resource = importlib.import_module("resource")  # Windows has none
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
