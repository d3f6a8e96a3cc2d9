"""The life of one server process: it serves one listener, and ends with the process that minds it."""

import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from workshop.asgi import Edge, create
from workshop.asgi.server import serve

log = logging.getLogger(__name__)


def work(make: Callable[[], Edge], listener: socket.socket, minder_ended: Callable[[], object]) -> NoReturn:
    """Serve until told to stop; no thread is waited for then. `minder_ended` returns when the minder is gone."""
    _leave_ctrl_c_to_the_minder()
    threading.Thread(target=_end_with, args=(minder_ended,), daemon=True).start()
    code = 1
    try:
        serve(make(), listener)
        code = 0
    except Exception:
        log.exception("A server process cannot go on.")
    finally:
        os._exit(code)


def _leave_ctrl_c_to_the_minder() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if os.name == "posix":
        signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _end_with(minder_ended: Callable[[], object]) -> None:
    minder_ended()
    os.kill(os.getpid(), signal.SIGTERM)


def main(instance: str, settings: str, lifeline: str, listener: str) -> NoReturn:
    """In place of one that died: what it inherits are open files, by their numbers."""
    with socket.socket(fileno=int(listener)) as inherited:
        work(lambda: create(instance, **json.loads(settings)), inherited, lambda: os.read(int(lifeline), 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
