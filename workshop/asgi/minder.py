"""The process that minds the others on Linux: a program of its own, which loads Python's barest and never the app.

It was the process that loaded the app and parted from its children. Every page that they write to would then be kept
for it in the old state, and a quarter of all memory held for nobody.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence

STOP_WITHIN = 2.6
TOO_SOON = 5.0  # a process that dies sooner than this has a fault that starting again will not mend
MOST_DEATHS = 5


def heard() -> set[signal.Signals]:
    """Ctrl-C, being told to end, and the death of a child. They wait until the minder listens."""
    return {signal.SIGINT, signal.SIGTERM, signal.SIGCHLD}


class Minder:
    """Knows each process, and the listener that it serves; one that dies is replaced by one that loads the app anew."""

    def __init__(self, living: dict[int, int], command: Sequence[str]) -> None:
        born = time.monotonic()
        self.living = {pid: (born, listener) for pid, listener in living.items()}
        self.command = command
        self.deaths = 0

    def run(self) -> int:
        """Mind the processes until Ctrl-C or SIGTERM; returns the exit code."""
        signal.pthread_sigmask(signal.SIG_BLOCK, heard())
        while self.deaths < MOST_DEATHS and signal.sigwait(heard()) == signal.SIGCHLD:
            for pid, status in self._ended():
                self._replace(pid, os.waitstatus_to_exitcode(status))
        self._stop()
        return 1 if self.deaths >= MOST_DEATHS else 0

    def _ended(self) -> Iterator[tuple[int, int]]:
        """Who ended since the last look; several deaths may be told by one signal."""
        while self.living:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            if pid in self.living:  # in a container, orphans of others end here too
                yield pid, status

    def _replace(self, pid: int, code: int) -> None:
        born, listener = self.living.pop(pid)
        self.deaths = self.deaths + 1 if time.monotonic() - born < TOO_SOON else 0
        if self.deaths < MOST_DEATHS:
            sys.stderr.write(f"A server process ended ({code}). A new one takes its place.\n")
            self.living[self._start(listener)] = time.monotonic(), listener

    def _start(self, listener: int) -> int:
        """Ctrl-C is meant for the minder: the new process must not hear it before it knows how to ignore it."""
        words = [*self.command, str(listener)]
        return os.posix_spawn(words[0], words, os.environ, setsigmask=[signal.SIGINT])

    def _stop(self) -> None:
        deadline = time.monotonic() + STOP_WITHIN
        self._tell_all(signal.SIGTERM)
        while self.living and (left := deadline - time.monotonic()) > 0:
            signal.sigtimedwait({signal.SIGCHLD}, left)
            for pid, _status in self._ended():
                del self.living[pid]
        self._tell_all(signal.SIGKILL)

    def _tell_all(self, what: signal.Signals) -> None:
        for pid in self.living:
            os.kill(pid, what)  # each is there until it was waited for


def main(lifeline: str, living: str, *command: str) -> int:
    """`lifeline` is a pipe that ends with this process: whoever reads it learns so. `living` is `PID=LISTENER,…`."""
    os.set_inheritable(int(lifeline), False)
    pairs = (each.split("=") for each in living.split(","))
    return Minder({int(pid): int(listener) for pid, listener in pairs}, command).run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
