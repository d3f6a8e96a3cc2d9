"""A closed pack: files under names, as a tar stream inside an age file. Nothing of it lies open on the way."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from workshop.media.store import NO_SPACE, sync, sync_folder

ABOUT, SUMS = "about.json", "sums.json"  # the first and the last thing in every pack
FORMAT = 1
PIECE = 64 * 1024
Content = tuple[str, Path | bytes]


class NoRoom(Exception):
    """The disk has no room for it."""


def close(to: Path, about: Mapping[str, Any], contents: Iterator[Content], closes: Sequence[Any]) -> None:
    """Write a pack that only the other halves of `closes` open: whole and on the disk when this returns, or not there.

    Raises NoRoom.
    """
    import pyrage  # noqa: PLC0415 - only who keeps or restores needs it

    part = to.with_name(f"{to.name}.part")
    try:
        with os.fdopen(os.open(part, _NEW, 0o600), "wb") as file:
            pyrage.encrypt_io(_Tar(_stream(about, contents)), file, list(closes))
            file.flush()
            sync(file.fileno())
        part.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        raise NoRoom if _is_full(error) else error from error
    finally:
        part.unlink(missing_ok=True)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _is_full(error: OSError) -> bool:
    return error.errno in NO_SPACE or "No space left" in str(error)


def _stream(about: Mapping[str, Any], contents: Iterator[Content]) -> Iterator[bytes]:
    sums: dict[str, str] = {}
    yield from _entry(ABOUT, as_json({"format": FORMAT, **about}), {})
    for name, source in contents:
        with suppress(FileNotFoundError):  # taken back while we copied
            yield from _entry(name, source, sums)
    yield from _entry(SUMS, as_json(sums), {})
    yield bytes(2 * tarfile.BLOCKSIZE)


def as_json(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, indent=1).encode("ascii")


def _entry(name: str, source: Path | bytes, sums: dict[str, str]) -> Iterator[bytes]:
    if isinstance(source, bytes):
        sums[name] = hashlib.sha256(source).hexdigest()
        yield _head(name, len(source)) + source + _fill(len(source))
        return
    with source.open("rb") as file:
        size, digest = os.fstat(file.fileno()).st_size, hashlib.sha256()
        yield _head(name, size)
        left = size
        while left:
            piece = file.read(min(PIECE, left)) or bytes(min(PIECE, left))  # cut while we read: its sum will tell
            digest.update(piece)
            left -= len(piece)
            yield piece
        yield _fill(size)
    sums[name] = digest.hexdigest()


def _head(name: str, size: int) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry.tobuf(tarfile.GNU_FORMAT)


def _fill(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


class _Tar:
    """A file to read from, made of pieces as they come."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.held = pieces, b""

    def read(self, size: int = PIECE) -> bytes:
        while len(self.held) < size and (piece := next(self.pieces, b"")):
            self.held += piece
        taken, self.held = self.held[:size], self.held[size:]
        return taken
