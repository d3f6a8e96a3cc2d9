"""A sound or film made anew: only what can be heard and seen comes across. The result is looked into before it counts.

No tag, chapter, place, tail or second stream of what was sent is in it, for it never had any.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workshop.media import boxes, containers, ffmpeg
from workshop.media.accept import accept
from workshop.media.limits import LONGEST, MOST_PIXELS, MOST_STREAMS, Reason, Refused

BARE = ("-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-threads", "1")
VOICE = ("-c:a", "aac", "-b:a", "64k", "-ac", "1", "-ar", "44100", "-flags:a", "+bitexact")
PICTURE = (
    "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-maxrate", "2500k", "-bufsize", "5000k",
    "-pix_fmt", "yuv420p", "-fpsmax", "30", "-flags:v", "+bitexact",
)  # fmt: skip
# At most 720 lines, whichever way the phone was held; sides are even, as the encoder needs them.
SMALLER = (
    "scale=w='if(gt(iw,ih),-2,trunc(min(720,iw)/2)*2)':h='if(gt(iw,ih),trunc(min(720,ih)/2)*2,-2)',setsar=1"
)  # fmt: skip
OUT = ("-movflags", "+faststart", "-f", "mp4")
PATIENCE = {"sound": 150.0, "film": 900.0}  # seconds of a busy machine
SLACK = 1.5  # seconds by which two containers may differ about how long it is
GoOn = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Remade:
    """A recording that is safe to show: its bytes, how long it is, and a still picture of a film."""

    data: bytes
    seconds: int
    width: int = 0
    height: int = 0
    still: bytes = b""


def is_possible() -> bool:
    """Is the `media` extra installed? Without it there are photos only."""
    return ffmpeg.program() is not None


def taken() -> list[str]:
    """What this server takes: sound and film only when they can be made anew."""
    return ["sound", "photo", "film"] if is_possible() else ["photo"]


def remake(kind: str, source: Path, go_on: GoOn = lambda: True) -> Remade:
    """Sound or film from this file, or Refused. What it writes lies beside the source."""
    before = containers.look(source, go_on)
    check(kind, before)
    result = source.with_name("result.mp4")
    words = [*containers.reading(source), "-t", str(LONGEST[kind] + 2), *_only(kind, before), *BARE, *OUT, str(result)]
    made = ffmpeg.run(words, PATIENCE[kind], go_on)
    if made.code != 0 or not result.exists():
        raise Refused(Reason.BROKEN)
    whole = verify(kind, before, made.seconds, result)
    still = _still(result, whole.seconds, go_on) if kind == "film" else b""
    return Remade(result.read_bytes(), max(round(whole.seconds), 1), *whole.size, still)


def check(kind: str, found: containers.Found) -> None:
    """Limits first, before anything is decoded."""
    if found.streams > MOST_STREAMS:
        raise Refused(Reason.BROKEN)
    if found.seconds is not None and found.seconds > LONGEST[kind] + SLACK:
        raise Refused(Reason.TOO_LONG)
    if kind == "film" and (not found.has_film or not found.width):
        raise Refused(Reason.NOT_A_RECORDING)
    if kind == "film" and found.width * found.height > MOST_PIXELS:
        raise Refused(Reason.TOO_MANY_PIXELS)
    if kind == "sound" and not found.has_sound:
        raise Refused(Reason.NOT_A_RECORDING)


def verify(kind: str, before: containers.Found, written: float, result: Path) -> boxes.Whole:
    """Look into what was made: as long as what was written, every sample in its place, and nothing told beside it."""
    try:
        whole = boxes.read(result)
    except boxes.Damaged as error:
        raise Refused(Reason.BROKEN) from error
    sound = [b"soun"] if before.has_sound else []
    if whole.kinds != [*sound, *([b"vide"] if kind == "film" else [])]:
        raise Refused(Reason.BROKEN)
    if whole.seconds > LONGEST[kind] + SLACK:
        raise Refused(Reason.TOO_LONG)
    expected = max(written, before.seconds * 0.9 if before.seconds else 0.0)
    if whole.seconds < expected - SLACK:
        raise Refused(Reason.BROKEN)
    return whole


def _only(kind: str, found: containers.Found) -> list[str]:
    """The first sound, and of a film the first pictures; nothing else that may lie in the container."""
    sound = ["-map", "0:a:0", *VOICE] if found.has_sound else []
    return [*sound, "-vn"] if kind == "sound" else ["-map", "0:v:0", "-vf", SMALLER, *PICTURE, *sound]


def _still(result: Path, seconds: float, go_on: GoOn) -> bytes:
    """One picture of the film, which goes through the same decoder as every photo."""
    path = result.with_name("still.jpg")
    words = ["-ss", f"{min(seconds / 2, 1.0):.2f}", *containers.reading(result), "-frames:v", "1"]
    ffmpeg.run([*words, "-update", "1", "-f", "image2", "-c:v", "mjpeg", str(path)], containers.LOOK_SECONDS, go_on)
    if not path.exists():
        raise Refused(Reason.BROKEN)
    return accept(io.BytesIO(path.read_bytes())).small.data
