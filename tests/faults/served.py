"""The real server on an installation of its own, to be killed, starved, restarted and lied to."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from tests.browser.server import START, Server, environment, free_port, furnish, house, wait_until_it_answers
from tests.support.patience import until

Settings = Mapping[str, str]
NONE: Settings = {}
GONE_WITHIN = 12.0
# One phone of ours sends more than a person would. The storm keeps the limits as they are.
OPEN_HANDED = {"POSTS_PER_PERSON": "1000000", "JOINS_PER_ADDRESS": "1000000"}


@dataclass
class Served:
    """An installation, its server when it runs, and the same installation in this process."""

    server: Server
    app: Flask
    log: Path
    settings: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    starting: str = START
    before: Sequence[str] = field(default_factory=tuple)

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def instance(self) -> Path:
        return self.server.instance

    @property
    def database(self) -> Path:
        return self.instance / "workshop.sqlite"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> float:
        """Start it; returns the seconds until it answered."""
        began = time.monotonic()
        given = {**os.environ, **environment(self.server, self.settings), "PYTHONUNBUFFERED": "1"}
        command = [*self.before, sys.executable, "-W", "ignore", "-c", self.starting, "serve"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(command, env=given, stdout=output, stderr=subprocess.STDOUT)
        wait_until_it_answers(self.server, self.process, self.log)
        return time.monotonic() - began

    def workers(self) -> list[int]:
        """The process ids of the server processes."""
        return children(self.pid)

    def kill_worker(self, which: int) -> None:
        """kill -9 one server process; the other goes on."""
        if living := self.workers():
            strike(living[which % len(living)], signal.SIGKILL)

    def kill(self) -> None:
        """kill -9 everything at once, as when the power goes from the machine's point of view."""
        family = [self.pid, *self.workers()]
        for pid in family:
            strike(pid, signal.SIGKILL)
        self._wait(lambda: not any(lives(pid) for pid in family[1:]))
        assert self.process is not None
        self.process.wait(GONE_WITHIN)

    def stop(self) -> float:
        """SIGTERM; returns the seconds that it took to end."""
        began = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(GONE_WITHIN)
        return time.monotonic() - began

    def _wait(self, holds: Callable[[], bool]) -> None:
        until(holds, GONE_WITHIN)


def children(pid: int) -> list[int]:
    """The processes that this one started. Only Linux says it so simply."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def strike(pid: int, how: signal.Signals) -> None:
    """Send a signal to a process of ours that may be gone already."""
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Shelf:
    """An empty installation, made once and copied for every fault."""

    folder: Path
    pattern: Path

    def empty(self) -> Path:
        if not self.pattern.exists():
            furnish(Server("http://localhost:1", self.pattern, 1))
        return self.pattern

    @contextmanager
    def serving(self, name: str, place: Path | None = None, settings: Settings = NONE) -> Iterator[Served]:
        """A fresh installation that is served until the block ends. `place` is a folder on a disk of its own."""
        instance = (place or self.folder) / f"instance-{name}"
        shutil.copytree(self.empty(), instance)
        port = free_port()
        server = Server(f"http://localhost:{port}", instance, port)
        with house(server) as app:
            served = Served(server, app, self.folder / f"{name}.log", {**OPEN_HANDED, **settings})
            try:
                served.start()
                yield served
            finally:
                served.stop()
