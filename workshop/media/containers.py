"""What a recording is, by its own first bytes and by what ffmpeg finds in it; never by its name or claimed type."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workshop.media import ffmpeg
from workshop.media.accept import HEIC_BRANDS
from workshop.media.limits import Reason, Refused

LOOK_SECONDS = 15.0
ATOMS = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
BEGINS = {
    b"\x1a\x45\xdf\xa3": "matroska",
    b"OggS": "ogg",
    b"#!AMR": "amr",
    b"\xff\xf1": "aac",
    b"\xff\xf9": "aac",
    b"ID3": "mp3",
    b"\xff\xfb": "mp3",
    b"\xff\xf3": "mp3",
}
STREAM = re.compile(r"^\s+Stream #0:\d+.*?: (Video|Audio|Data|Subtitle|Attachment|Unknown)(.*)$", re.MULTILINE)
SIZE = re.compile(r"\b(\d{2,5})x(\d{2,5})\b")
DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a recording. `seconds` is None where the container does not say it."""

    streams: int
    has_sound: bool
    has_film: bool
    width: int
    height: int
    seconds: float | None
    words: str


def demuxer_of(start: bytes) -> str:
    """The one reader that may touch these bytes. Whoever can name other files, such as playlists, is not here."""
    if start[4:8] in ATOMS and start[8:12] not in HEIC_BRANDS:
        return "mov"
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "wav"
    for begins, demuxer in BEGINS.items():
        if start.startswith(begins):
            return demuxer
    raise Refused(Reason.NOT_A_RECORDING)


def reading(path: Path) -> list[str]:
    """The words that open this file, with its one reader."""
    with path.open("rb") as file:
        start = file.read(16)
    if not start:
        raise Refused(Reason.EMPTY)
    return [*ffmpeg.ONLY_FILES, "-f", demuxer_of(start), "-i", str(path)]


def look(path: Path, go_on: Callable[[], bool] = lambda: True) -> Found:
    """Ask what is inside, without decoding any of it. Raises Refused."""
    words = ffmpeg.run(reading(path), LOOK_SECONDS, go_on).words
    streams = STREAM.findall(words)
    if "Duration:" not in words or not streams:
        raise Refused(Reason.BROKEN)
    film = next((about for kind, about in streams if kind == "Video"), "")
    size = SIZE.search(film)
    lasts = DURATION.search(words)
    return Found(
        len(streams),
        any(kind == "Audio" for kind, _ in streams),
        bool(film),
        int(size[1]) if size else 0,
        int(size[2]) if size else 0,
        int(lasts[1]) * 3600 + int(lasts[2]) * 60 + float(lasts[3]) if lasts else None,
        words,
    )
