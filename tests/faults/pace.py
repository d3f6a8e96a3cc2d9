"""How slow this machine is just now, so that a promise in seconds means the same on each, also on a busy one."""

import subprocess
import sys

from bench.figures import STANDARD

TURNS = 2_000_000
LOOP = f"""
import time
began, total = time.perf_counter(), 0
for number in range({TURNS}):
    total += number & 3
print(time.perf_counter() - began)
"""


def slowness() -> float:
    """How many times longer a fixed loop takes here and now, by the clock on the wall, on two processors at once.

    1 where it is as fast as on the machine that the promises were made for, and never less.
    """
    started = [subprocess.Popen([sys.executable, "-c", LOOP], stdout=subprocess.PIPE) for _ in range(2)]
    seconds = [float(process.communicate(timeout=60)[0]) for process in started]
    return max(1.0, max(seconds) * STANDARD * 1e6 / TURNS)


class Pace:
    """A limit that is stretched as far as the machine was slow, before or after."""

    def __init__(self) -> None:
        self.before = slowness()

    def limit(self, seconds: float) -> float:
        return seconds * max(self.before, slowness())
