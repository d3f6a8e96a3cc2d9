"""The program that the `media` extra brings, run as a limited child; never a program of the system."""

import importlib.util
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from workshop.media.limits import MEGA, Reason, Refused
from workshop.media.rebuild import ENVIRONMENT, interpreter

PROGRAM = Path(__file__).with_name("limited.py")
# One thread, nothing from the keyboard, no file but ours and no network, whatever a container asks for.
ALWAYS = ("-hide_banner", "-nostdin", "-nostats", "-y")
ONLY_FILES = ("-protocol_whitelist", "file,pipe", "-threads", "1")
MEMORY = 2000 * MEGA
LARGEST_RESULT = 200 * MEGA
LOOK = 0.25
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
    command = [interpreter(), "-P", str(PROGRAM), json.dumps(limits), binary, *ALWAYS, "-progress", "pipe:1", *words]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(  # noqa: S603 - the extra's program; names of files are our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            _wait(child, time.monotonic() + seconds, go_on)
        finally:
            child.kill()
            child.wait()
        return _said(child.returncode, err, out)


def _wait(child: "subprocess.Popen[bytes]", until: float, go_on: Callable[[], bool]) -> None:
    while True:
        try:
            child.wait(LOOK)
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise Refused(Reason.TOO_SLOW) from None
            if not go_on():
                raise Abandoned from None
        else:
            return


def _said(code: int, err: IO[bytes], out: IO[bytes]) -> Said:
    if code in OUT_OF_CPU:
        raise Refused(Reason.TOO_SLOW)
    err.seek(0)
    out.seek(0)
    return Said(code, err.read(200_000).decode("utf-8", "replace"), out.read(2 * MEGA).decode("utf-8", "replace"))
