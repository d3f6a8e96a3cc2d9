"""Server processes on macOS and Windows, where forking is not safe: each loads the app itself."""

import logging
import multiprocessing
import signal
import socket
import time
from collections.abc import Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

from workshop.asgi import create
from workshop.asgi.minder import MOST_DEATHS, STOP_WITHIN, TOO_SOON
from workshop.asgi.worker import work

log = logging.getLogger(__name__)
GLANCE = 0.2


class Spawned:
    """A process for each listener, and this one that minds them.

    Who waits at the listener of one that died is served by the next one there.
    """

    def __init__(self, instance: str, settings: dict[str, Any], listeners: Sequence[socket.socket]) -> None:
        self.instance, self.settings = instance, settings
        self.context = multiprocessing.get_context("spawn")
        self.free = list(listeners)
        self.started: dict[BaseProcess, tuple[float, socket.socket]] = {}
        self.stopping = False
        self.deaths = 0

    def run(self) -> int:
        """Mind the processes until Ctrl-C or SIGTERM; returns the exit code."""
        signal.signal(signal.SIGINT, self._stop_soon)
        signal.signal(signal.SIGTERM, self._stop_soon)
        while not self.stopping and self.deaths < MOST_DEATHS:
            self._keep_up()
            wait([process.sentinel for process in self.started], timeout=GLANCE)
        self._stop()
        return 1 if self.deaths >= MOST_DEATHS else 0

    def _stop_soon(self, _signal: int, _frame: Any) -> None:
        self.stopping = True

    def _keep_up(self) -> None:
        for process in [p for p in self.started if not p.is_alive()]:
            self._bury(process)
        while self.free:
            listener = self.free.pop()
            process = self.context.Process(target=_work, args=(self.instance, self.settings, listener))
            process.start()
            self.started[process] = time.monotonic(), listener

    def _bury(self, process: BaseProcess) -> None:
        born, listener = self.started.pop(process)
        self.free.append(listener)
        self.deaths = self.deaths + 1 if time.monotonic() - born < TOO_SOON else 0
        if not self.stopping:
            log.warning("A server process ended (%s). A new one takes its place.", process.exitcode)

    def _stop(self) -> None:
        deadline = time.monotonic() + STOP_WITHIN
        for process in self.started:
            process.terminate()
        for process in self.started:
            process.join(max(0.0, deadline - time.monotonic()))
        for process in self.started:
            if process.is_alive():
                process.kill()


def _work(instance: str, settings: dict[str, Any], listener: socket.socket) -> None:
    work(lambda: create(instance, **settings), listener, _minder_ended)


def _minder_ended() -> None:
    if minder := multiprocessing.parent_process():
        minder.join()
