"""Server processes on one port: one that dies is replaced, and all of them stop within three seconds."""

import json
import socket
import sys
from collections.abc import Sequence
from typing import Any

from workshop.asgi import create
from workshop.asgi.forking import Forked
from workshop.asgi.spawning import Spawned

FORKS = sys.platform == "linux"  # elsewhere forking is not safe


def prepare(instance: str, settings: dict[str, Any], listeners: Sequence[socket.socket]) -> Forked | Spawned:
    """A process for each listener, ready to begin. Whoever minds them opens no database and answers no request."""
    if not FORKS:
        return Spawned(instance, settings, listeners)
    edge = create(instance, **settings)
    edge.warm_up()
    again = [sys.executable, "-P", "-m", "workshop.asgi.worker", instance, json.dumps(settings)]
    return Forked(edge, listeners, again)
