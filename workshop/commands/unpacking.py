"""Opening a closed pack: with the right words, whole to its last byte, and nothing in it that does not belong there."""

import errno
import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from workshop.commands.packing import ABOUT, FORMAT, PIECE, SUMS
from workshop.keys import LENT
from workshop.media.store import NAME

ALONE = ("workshop.sqlite", "tombstones.txt", "secret.key", "recovery.pub", "settings-before.toml", LENT)
HUNG_UP = (errno.EPIPE, errno.EINVAL)  # whoever read had seen enough


class Damaged(Exception):
    """This is no whole pack of Workshop; the message says what is wrong with it."""


class Other(Exception):
    """It is whole, but holds something else than was asked for."""


class Newer(Exception):
    """A newer Workshop wrote it; this one would not understand all of it."""


class WrongWords(Exception):
    """These are words, but they open another file."""


def unpack(pack: Path, keys: Sequence[Any], place: Path, holds: str, is_known: Callable[[str], bool]) -> dict[str, Any]:
    """Put what is in the pack into the folder `place`; returns what the pack says about itself.

    `is_known` answers whether this program knows the tables. Raises Damaged, Other, Newer or WrongWords.
    """
    about: dict[str, Any] = {}
    sums: dict[str, str] = {}
    found: dict[str, str] = {}
    with opened(pack, keys) as entries:
        for name, file in entries:
            if name == ABOUT:
                about = _understood(json.load(file), holds, is_known)
            elif name == SUMS:
                sums = json.load(file)
            elif about:
                found[name] = _take_out(name, file, place)
    if not about or sums != found:
        raise Damaged("The file does not hold what it held when it was made.")
    return about


def _understood(about: dict[str, Any], holds: str, is_known: Callable[[str], bool]) -> dict[str, Any]:
    if int(about["format"]) > FORMAT or not is_known(about.get("tables", "")):
        raise Newer
    if about["holds"] != holds:
        raise Other(str(about["holds"]))
    return about


def _take_out(name: str, file: IO[bytes], place: Path) -> str:
    folder, _, last = name.rpartition("/")
    if name not in ALONE and not (folder == "media" and NAME.fullmatch(last)):
        raise Damaged(f"The file holds {name}, which does not belong there.")
    (place / name).parent.mkdir(mode=0o700, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb") as out:
        while piece := file.read(PIECE):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def opened(pack: Path, keys: Sequence[Any]) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The entries of a pack, one after the other; it is whole when the block ends without a fault."""
    reading, writing = os.pipe()
    faults: list[Exception] = []
    thread = threading.Thread(target=_decrypt, args=(pack, keys, writing, faults), daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as stream:
            yield _entries(stream)
            while stream.read(PIECE):  # to its very end, so that a cut is noticed
                pass
    except (tarfile.TarError, EOFError, KeyError, ValueError) as error:
        thread.join()
        raise _why(faults) from error
    finally:
        thread.join()
    if faults:
        raise _why(faults) from faults[0]


def _entries(stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            file = archive.extractfile(entry)
            if file is None:
                raise Damaged(f"The file holds {entry.name}, which does not belong there.")
            yield entry.name, file


def _decrypt(pack: Path, keys: Sequence[Any], writing: int, faults: list[Exception]) -> None:
    import pyrage  # noqa: PLC0415 - only who restores needs it

    with os.fdopen(writing, "wb", buffering=0) as sink:
        try:
            with pack.open("rb") as source:
                pyrage.decrypt_io(source, sink, list(keys))
        except (OSError, pyrage.DecryptError) as error:
            if getattr(error, "errno", None) not in HUNG_UP:
                faults.append(error)


def _why(faults: list[Exception]) -> Exception:
    if faults and "No matching keys" in str(faults[0]):
        return WrongWords()
    return Damaged("This is no file of Workshop, or it is cut or damaged.")
