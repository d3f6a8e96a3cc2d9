"""Server processes on Linux: they part from one that has loaded the app, and share what it loaded."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

from workshop.asgi import Edge, minder
from workshop.asgi.worker import work


class Forked:
    """A process for each listener. Then this one leaves the app behind, and becomes their minder.

    Who waits at the listener of one that died is served by the next one there.
    """

    def __init__(self, edge: Edge, listeners: Sequence[socket.socket], again: Sequence[str]) -> None:
        """`again` starts one more; the numbers of lifeline and listener are added to it."""
        self.edge, self.listeners, self.again = edge, listeners, again
        self.lifeline = os.pipe()  # the minder holds one end, and who reads at the other learns when it is gone

    def run(self) -> NoReturn:
        gc.freeze()  # what is loaded now stays shared by all processes
        signal.pthread_sigmask(signal.SIG_BLOCK, minder.heard())
        living = [f"{self._part(listener)}={listener.fileno()}" for listener in self.listeners]
        reading, writing = self.lifeline
        for number in (reading, writing, *(listener.fileno() for listener in self.listeners)):
            os.set_inheritable(number, True)
        bare = [sys.executable, "-IS", minder.__file__]
        everything = [*bare, str(writing), ",".join(living), *self.again, str(reading)]
        os.execv(bare[0], everything)  # noqa: S606 - it is Python, and the words are ours

    def _part(self, listener: socket.socket) -> int:
        """The process id of one that serves here from now on."""
        pid = os.fork()
        if not pid:
            reading, writing = self.lifeline
            os.close(writing)
            work(lambda: self.edge, listener, lambda: os.read(reading, 1))
        return pid
