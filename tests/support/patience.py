"""The one way for tests to wait: look again and again, and say at last whether it has come."""

import time
from collections.abc import Callable

GLANCE = 0.02


def until(holds: Callable[[], object], seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while not (held := bool(holds())) and time.monotonic() < deadline:
        time.sleep(GLANCE)
    return held
