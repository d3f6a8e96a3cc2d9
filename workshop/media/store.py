"""Where files are kept: a folder here, anything else that keeps the same promise elsewhere."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from workshop.media.limits import Reason, Refused

NAME = re.compile(r"[0-9a-f]{32}")
PART = re.compile(r"[0-9a-f]{32}\.part")
NO_SPACE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Unreachable(Exception):
    """The store does not answer, or cannot write: nothing was kept, nothing that was kept is lost."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is safe: where it lies, what it was, how long."""

    name: str
    sha256: str
    size: int


class Store(Protocol):
    """Files under random names, never shared: the same bytes put twice are two files."""

    def put(self, data: bytes, name: str = "") -> Stored:
        """Return only when the file would survive a power cut. A full disk is Refused(NO_ROOM).

        Raises Unreachable. `name` is one of new_name, for who must know it before.
        """

    def open(self, name: str) -> BinaryIO:
        """Raise FileNotFoundError for a name that is not ours or no longer there."""

    def delete(self, name: str) -> None:
        """Gone for good when this returns; deleting again is no error."""

    def exists(self, name: str) -> bool: ...

    def names(self) -> Iterator[str]: ...

    def free_share(self) -> float:
        """How much of the room is free, from 0 to 1."""

    def sweep(self, known_names: Container[str], older_than: timedelta = timedelta(days=1)) -> list[str]:
        """Delete files that no row knows. The age spares those whose row is just being written."""


class FolderStore:
    """A folder on this machine, which only the app's own user may read.

    Deleting unlinks the file and writes the folder through. It does not overwrite first: on flash disks and
    copying file systems that reaches other blocks than the old ones. Who fears the disk itself encrypts it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)

    def put(self, data: bytes, name: str = "") -> Stored:
        name = name or new_name()
        part = self.path / f"{name}.part"
        try:
            write_through(part, data)
            part.replace(self.path / name)
            sync_folder(self.path)
        except BaseException as error:
            part.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in NO_SPACE:
                raise Refused(Reason.NO_ROOM) from error
            if isinstance(error, OSError):
                raise Unreachable(str(error)) from error
            raise
        return Stored(name, hashlib.sha256(data).hexdigest(), len(data))

    def open(self, name: str) -> BinaryIO:
        return self._place(name).open("rb")

    def delete(self, name: str) -> None:
        if NAME.fullmatch(name):
            remove(self.path / name)
            sync_folder(self.path)

    def exists(self, name: str) -> bool:
        return NAME.fullmatch(name) is not None and (self.path / name).is_file()

    def names(self) -> Iterator[str]:
        with os.scandir(self.path) as entries:
            yield from (entry.name for entry in entries if NAME.fullmatch(entry.name))

    def free_share(self) -> float:
        disk = shutil.disk_usage(self.path)
        return disk.free / disk.total

    def sweep(self, known_names: Container[str], older_than: timedelta = timedelta(days=1)) -> list[str]:
        """Also takes what a crash left half written. Files that are not ours stay."""
        swept = [name for name in self._older_than(older_than) if name not in known_names]
        for name in swept:
            remove(self.path / name)
        if swept:
            sync_folder(self.path)
        return swept

    def _place(self, name: str) -> Path:
        """Names are secrets of a fixed shape, so no name can climb out of the folder."""
        if not NAME.fullmatch(name):
            raise FileNotFoundError(errno.ENOENT, "No such file in the store")
        return self.path / name

    def _older_than(self, age: timedelta) -> list[str]:
        latest = time.time() - age.total_seconds()
        with os.scandir(self.path) as entries:
            ours = [entry for entry in entries if NAME.fullmatch(entry.name) or PART.fullmatch(entry.name)]
            return [entry.name for entry in ours if changed_at(entry) <= latest]


def new_name() -> str:
    return secrets.token_hex(16)


def changed_at(entry: "os.DirEntry[str]") -> float:
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:  # finished or deleted while we looked
        return time.time()


def write_through(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        sync(file.fileno())


def sync(descriptor: int) -> None:
    """On macOS only the fuller call reaches the disk and not just the drive's own memory."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - Windows has none

        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """A new name is safe only when its folder is. Windows has no such call and keeps names in its journal."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Windows keeps a name while somebody reads: then at least the bytes go, and a sweep takes the name."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        os.truncate(path, 0)
