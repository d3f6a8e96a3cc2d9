"""A fair queue for writers: threads of this process in order of arrival, processes one after the other."""

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl

GLANCE = 0.0001  # seconds between two looks at a lock that another process holds


class Turns:
    """Two files make a turnstile: who waits for `write` holds `next`, so no process can go twice in a row."""

    def __init__(self, database: Path) -> None:
        self.files = (Path(f"{database}.next"), Path(f"{database}.write"))
        self.queue: deque[threading.Event] = deque()
        self.guard = threading.Lock()

    @contextmanager
    def mine(self, wait: float) -> Iterator[None]:
        """Hold the only pen. Raises TimeoutError when the turn has not come after `wait` seconds."""
        deadline = time.monotonic() + wait
        self._stand_in_line(deadline)
        try:
            pen = self._pass_the_turnstile(deadline)
            try:
                yield
            finally:
                os.close(pen)  # closing lets go of the lock, whatever happened
        finally:
            self._step_aside()

    def _stand_in_line(self, deadline: float) -> None:
        called = threading.Event()
        with self.guard:
            self.queue.append(called)
            if len(self.queue) == 1:
                return
        if not called.wait(deadline - time.monotonic()):
            with self.guard:
                if not called.is_set():
                    self.queue.remove(called)
                    raise TimeoutError

    def _step_aside(self) -> None:
        with self.guard:
            self.queue.popleft()
            if self.queue:
                self.queue[0].set()

    def _pass_the_turnstile(self, deadline: float) -> int:
        next_file, write_file = self.files
        turnstile = _lock(next_file, deadline)
        try:
            return _lock(write_file, deadline)
        finally:
            os.close(turnstile)


def _lock(path: Path, deadline: float) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    while not _locked(handle):
        if time.monotonic() > deadline:
            os.close(handle)
            raise TimeoutError
        time.sleep(GLANCE)
    return handle


def _locked(handle: int) -> bool:
    with suppress(OSError):
        if os.name == "nt":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
