"""A recording made anew: minutes of sound a minute of one core, beside the bare program on the same file."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.figures import Figure, at_least
from workshop.media import ffmpeg, remake

SECONDS, TIMES = 290, 3


def figures(folder: Path) -> Iterator[Figure]:
    """Nothing where the extra is missing, or where a child's time cannot be asked for."""
    program = ffmpeg.program()
    if program is None or sys.platform == "win32":
        return
    source = folder / "voice.webm"
    record(program, source, SECONDS)
    bare = [program, *ffmpeg.ALWAYS, *ffmpeg.ONLY_FILES, "-i", str(source), "-map", "0:a:0", *remake.VOICE, "-vn"]
    bare += [*remake.BARE, *remake.OUT, str(folder / "bare.mp4")]
    pairs = [(_core(lambda: _bare(bare)), _core(lambda: remake.remake("sound", source))) for _ in range(TIMES)]
    theirs, ours = (SECONDS / median(times) for times in zip(*pairs, strict=True))
    yield at_least("minutes of sound made anew a minute of one core", ours, "min/min", theirs, 0.8)


def record(program: str, source: Path, seconds: int, bits: str = "32k") -> None:
    """What a phone's browser records: opus in webm, here of a voice-like noise."""
    noise = ("-f", "lavfi", "-i", f"anoisesrc=color=pink:amplitude=0.3:seed=1:duration={seconds}")
    _bare([program, *ffmpeg.ALWAYS, *noise, "-ac", "1", "-c:a", "libopus", "-b:a", bits, str(source)])


def _bare(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_as_low)


def _as_low() -> None:
    os.nice(10)


def _core(act: Callable[[], object]) -> float:
    """Seconds of the processor that this took, of us and of every child: what others do beside it does not count."""
    before = os.times()
    act()
    return sum(os.times()[:4]) - sum(before[:4])
