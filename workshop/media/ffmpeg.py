"""The program that the `media` extra brings, run as a limited child; never a program of the system."""

import importlib.util
import json
import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, cast

from workshop.media.limits import MEGA, Reason, Refused
from workshop.media.rebuild import ENVIRONMENT, interpreter

PROGRAM = Path(__file__).with_name("limited.py")
# One thread, nothing from the keyboard, no file but ours and no network, whatever a container asks for.
ALWAYS = ("-hide_banner", "-nostdin", "-nostats", "-y", "-stats_period", "5")
ONLY_FILES = ("-protocol_whitelist", "file,pipe", "-threads", "1")
MEMORY = 2000 * MEGA
LARGEST_RESULT = 200 * MEGA
LOOK = 0.5  # seconds between two looks whether anybody still wants it
MOST_SAID = 2 * MEGA
TIME = re.compile(r"out_time_us=(\d+)")
OUT_OF_CPU = (-24, -9)


class Abandoned(Exception):
    """Nobody wants it any more: it was taken back meanwhile."""


@dataclass(frozen=True, slots=True)
class Said:
    """How the program ended and what it said."""

    code: int
    words: str
    progress: str

    @property
    def seconds(self) -> float:
        """How much of sound or film it went through."""
        found = TIME.findall(self.progress)
        return int(found[-1]) / 1_000_000 if found else 0.0


@cache
def program() -> str | None:
    """The extra's own binary, found without loading the extra: a web worker asks too."""
    found = importlib.util.find_spec("imageio_ffmpeg")
    folder = Path(found.origin).parent / "binaries" if found and found.origin else None
    names = sorted(folder.glob("ffmpeg-*")) if folder else []
    return str(names[0]) if names else None


def run(words: list[str], seconds: float, go_on: Callable[[], bool] = lambda: True) -> Said:
    """Run it with these words. Raises Refused when it takes too long, Abandoned when `go_on` says no."""
    binary = program()
    if binary is None:
        raise Refused(Reason.NOT_HERE)
    limits = {"memory": MEMORY, "seconds": int(seconds) + 1, "bytes": LARGEST_RESULT, "nice": 10}
    command = [
        interpreter(),
        "-I",
        "-S",
        str(PROGRAM),
        json.dumps(limits),
        binary,
        *ALWAYS,
        "-progress",
        "pipe:1",
        *words,
    ]
    with tempfile.TemporaryFile() as err:
        child = subprocess.Popen(  # noqa: S603 - the extra's program; names of files are our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=err,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        ear = _Ear(cast(IO[bytes], child.stdout))
        try:
            _wait(ear, time.monotonic() + seconds, go_on)
            child.wait(LOOK)
        finally:
            child.kill()
            child.wait()
            ear.join()
        return _said(child.returncode, err, bytes(ear.heard))


class _Ear(threading.Thread):
    """Hears how far the program is; ends in the moment in which it does."""

    def __init__(self, words: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.words, self.heard = words, bytearray()
        self.start()

    def run(self) -> None:
        with self.words:
            for line in self.words:
                self.heard = self.heard if len(self.heard) > MOST_SAID else self.heard + line


def _wait(ear: _Ear, until: float, go_on: Callable[[], bool]) -> None:
    while ear.is_alive():
        ear.join(LOOK)
        if ear.is_alive() and time.monotonic() > until:
            raise Refused(Reason.TOO_SLOW)
        if ear.is_alive() and not go_on():
            raise Abandoned


def _said(code: int, err: IO[bytes], heard: bytes) -> Said:
    if code in OUT_OF_CPU:
        raise Refused(Reason.TOO_SLOW)
    err.seek(0)
    return Said(code, err.read(200_000).decode("utf-8", "replace"), heard.decode("utf-8", "replace"))
