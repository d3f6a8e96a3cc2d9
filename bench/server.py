"""Starts the app by `workshop serve`, and the reference behind the same server, each on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import HOST, once, request

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
# Openly raised for the bench: all phones come from one address, and one person sends more than a person would.
LIMITS = {"JOINS_PER_ADDRESS": 10**6, "POSTS_PER_PERSON": 10**6, "STREAMS_PER_ADDRESS": 10**5}
OURS = "from workshop.cli import main; main()"
WORKERS = 2 if sys.platform == "linux" else 1  # elsewhere the reference cannot be forked, so neither has more


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    port: int
    pid: int


@contextmanager
def app(instance: Path, workers: int = WORKERS) -> Iterator[Running]:
    """The real app on this installation."""
    port = free_port()
    words = ["--instance", str(instance), "serve", "--host", HOST, "--port", str(port), "--workers", str(workers)]
    with _started([sys.executable, "-c", OURS, *words], port, "/join", instance) as server:
        yield server


@contextmanager
def reference(folder: Path, workers: int = WORKERS) -> Iterator[Running]:
    """The bare app."""
    port = free_port()
    words = [sys.executable, "-m", "bench.serve_reference", str(folder), str(port), str(workers)]
    with _started(words, port, "/hello", folder) as server:
        yield server


@contextmanager
def _started(words: list[str], port: int, probe: str, folder: Path) -> Iterator[Running]:
    limits = {f"WORKSHOP_{name}": str(value) for name, value in LIMITS.items()}
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **limits}, stdout=log, stderr=log)
    try:
        _wait(process, port, probe, folder)
        yield Running(port, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int, probe: str, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if once(port, request(port, probe, {}))[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError((folder / "server.log").read_text("utf-8", "replace")[-2000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
