"""Server processes on one port: one that dies is replaced, and all of them stop within three seconds."""

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

from workshop.asgi import Edge, create
from workshop.asgi.server import serve

log = logging.getLogger(__name__)
FORKS = sys.platform == "linux"  # elsewhere forking is not safe, and each process loads the app itself
GLANCE = 0.2
STOP_WITHIN = 2.6
TOO_SOON = 5.0  # a process that dies sooner than this has a fault that starting again will not mend
MOST_DEATHS = 5


class Workers:
    """The processes, and the one that minds them. The minder opens no database and answers no request.

    There is a process for each listener. Who waits at the listener of one that died is served by the next one there.
    """

    def __init__(self, instance: str, settings: dict[str, Any], listeners: Sequence[socket.socket]) -> None:
        self.instance, self.settings = instance, settings
        self.context = multiprocessing.get_context("fork" if FORKS else "spawn")
        self.edge = create(instance, **settings) if FORKS else None
        if self.edge:
            self.edge.warm_up()
        self.free = list(listeners)
        self.started: dict[BaseProcess, tuple[float, socket.socket]] = {}
        self.stopping = False
        self.deaths = 0

    def run(self) -> int:
        """Mind the processes until Ctrl-C or SIGTERM; returns the exit code."""
        signal.signal(signal.SIGINT, self._stop_soon)
        signal.signal(signal.SIGTERM, self._stop_soon)
        gc.freeze()  # what is loaded now stays shared by all processes
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
            process = self.context.Process(target=_work, args=(*self._inheritance(), listener))  # type: ignore[attr-defined]
            process.start()
            self.started[process] = time.monotonic(), listener

    def _inheritance(self) -> tuple[Any, ...]:
        return self.edge, self.instance, self.settings

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


def _work(edge: Edge | None, instance: str, settings: dict[str, Any], listener: socket.socket) -> None:
    """The life of one process. It ends with its minder, and waits for no thread when it is told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_minder, daemon=True).start()
    try:
        serve(edge or create(instance, **settings), listener)
    finally:
        os._exit(0)


def _end_with_minder() -> None:
    minder = multiprocessing.parent_process()
    if minder is not None:
        minder.join()
        os.kill(os.getpid(), signal.SIGTERM)
