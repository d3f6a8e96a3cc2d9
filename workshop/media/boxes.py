"""Reads a recording that we made: is every sample there, how long is it, and is nothing told beside it?

Our own reader of our own files: only what ffmpeg writes for us is known here, whatever else lies in it is refused.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta"}
LEAVES = {
    b"mvhd", b"tkhd", b"elst", b"mdhd", b"hdlr", b"smhd", b"vmhd", b"dinf", b"stsd", b"stts", b"stss", b"ctts",
    b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp", b"meta", b"ftyp", b"free", b"mdat",
}  # fmt: skip
EMPTY_META = bytes.fromhex("000000000000002168646c7200000000000000006d6469726170706c00000000000000000000000008696c7374")
MOST_HEAD = 8_000_000  # bytes before the sound itself: its index
NAMES = {b"SoundHandler\0", b"VideoHandler\0"}


class Damaged(Exception):
    """It is not whole, or not as we write it."""


class Told(Exception):
    """Something lies in it that is neither sound nor film."""


@dataclass(slots=True)
class Track:
    """One sound or film: how long, how many samples in how many bytes, how large its picture."""

    kind: bytes = b""
    seconds: float = 0.0
    samples: int = 0
    bytes: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A recording in which every sample that its index names is there."""

    tracks: list[Track]

    @property
    def seconds(self) -> float:
        return max(track.seconds for track in self.tracks)

    @property
    def kinds(self) -> list[bytes]:
        return sorted(track.kind for track in self.tracks)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the film; none of a sound."""
        film = next((track for track in self.tracks if track.kind == b"vide"), Track())
        return film.width, film.height


def read(path: Path) -> Whole:
    """Raises Damaged or Told."""
    try:
        return _read(path)
    except (struct.error, IndexError) as error:
        raise Damaged(str(error)) from error


def _read(path: Path) -> Whole:
    top = _top(path)
    if [name for name, _, _ in top if name != b"free"] != [b"ftyp", b"moov", b"mdat"]:
        raise Damaged("its parts are others")
    head, samples = top[1], top[-1]
    if head[2] > MOST_HEAD or any(name == b"free" and size > 0 for name, _, size in top):
        raise Told("room beside the sound")
    with path.open("rb") as file:
        file.seek(head[1])
        tracks = _tracks(file.read(head[2]))
    if not tracks or not all(track.samples and track.seconds > 0 for track in tracks):
        raise Damaged("there is nothing in it")
    if sum(track.bytes for track in tracks) != samples[2]:
        raise Damaged("samples are missing, or there is more than samples")
    return Whole(tracks)


def _top(path: Path) -> list[tuple[bytes, int, int]]:
    """Name, place and size of each part of the file; together they are all of it."""
    found, at, end = [], 0, path.stat().st_size
    with path.open("rb") as file:
        while at < end:
            file.seek(at)
            size, name = struct.unpack(">I4s", file.read(8))
            if size < 8 or at + size > end:
                raise Damaged("it is cut off")
            found.append((name, at + 8, size - 8))
            at += size
    return found


def _tracks(head: bytes) -> list[Track]:
    tracks: list[Track] = []
    for name, data in _walk(head):
        if name == b"trak":
            tracks.append(Track())
        elif name in READERS:
            READERS[name](tracks[-1], data)
        elif name == b"meta" and data != EMPTY_META:
            raise Told("words beside the sound")
    return tracks


def _walk(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > len(data):
            raise Damaged("a part is longer than its whole")
        if name not in FOLDERS | LEAVES:
            raise Told(repr(name))
        inside = data[at + 8 : at + size]
        yield name, inside
        if name in FOLDERS:
            yield from _walk(inside)
        at += size


def _kind(track: Track, data: bytes) -> None:
    track.kind = data[8:12]
    if data[24:] not in NAMES:
        raise Told("a name")


def _lasts(track: Track, data: bytes) -> None:
    """Time is counted in 64 bits in version 1, in 32 bits before."""
    scale, ticks = struct.unpack_from(">IQ", data, 20) if data[0] else struct.unpack_from(">II", data, 12)
    track.seconds = ticks / scale if scale else 0.0


def _sizes(track: Track, data: bytes) -> None:
    each, track.samples = struct.unpack_from(">II", data, 4)
    sizes = struct.unpack_from(f">{track.samples}I", data, 12) if not each else ()
    track.bytes = each * track.samples or sum(sizes)


def _picture(track: Track, data: bytes) -> None:
    track.width, track.height = (side >> 16 for side in struct.unpack_from(">II", data, len(data) - 8))


READERS = {b"hdlr": _kind, b"mdhd": _lasts, b"stsz": _sizes, b"tkhd": _picture}
