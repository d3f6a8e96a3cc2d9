"""The export pack: one zip with every format. The same data gives the same bytes, and its name is their hash."""

import contextlib
import hashlib
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from workshop.activities import Table
from workshop.commands import exporting
from workshop.consent import Viewer, no_more_than
from workshop.exports import archive, codebook, csv_files, datapackage, json_file, manifest, recorded, tables, xlsx
from workshop.extensions import setting
from workshop.queries import exports, rooms

PIECE = 64 * 1024
STALE = 3600  # seconds after which a half-made export belongs to a process that died


@dataclass(frozen=True, slots=True)
class Pack:
    """A finished pack in a file that vanishes when it is closed."""

    file: BinaryIO
    sha256: str
    name: str


def write(workshop_id: str, path: Path, viewer: Viewer = Viewer.ORGANISER_EXPORT) -> Pack:
    """Make the pack of a workshop at this path and record it; for the command line."""
    pack = make(rooms.workshop(workshop_id), viewer, None)
    with pack.file, path.open("wb") as target:
        shutil.copyfileobj(pack.file, target, PIECE)
    return pack


def make(workshop: Any, viewer: Viewer, user_id: str | None) -> Pack:
    """Make the pack and record who took what out of the house. Close its file when it is sent."""
    file = tempfile.TemporaryFile(dir=_folder())  # noqa: SIM115 - whoever sends it closes it
    try:
        inside = _fill(file, workshop, viewer)
        sha256 = _hash_of(file)
        exporting.record(workshop, viewer, sha256, inside, user_id, manifest.expires_on(workshop))
    except BaseException:
        file.close()
        raise
    return Pack(file, sha256, f"workshop-{sha256[:12]}.zip")


def _fill(file: BinaryIO, workshop: Any, viewer: Viewer) -> list[str]:
    """Write the zip; returns the contributions whose words are inside."""
    with exports.one_moment(), no_more_than(viewer), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        _Filling(pack, workshop, viewer).fill()
        return exports.spoken_ids(workshop.id, viewer)


class _Filling:
    """Puts file after file into a pack, in the order of their names."""

    def __init__(self, pack: zipfile.ZipFile, workshop: Any, viewer: Viewer) -> None:
        self.pack, self.workshop, self.viewer = pack, workshop, viewer
        self.tables = tables(workshop, viewer)
        self.described: list[datapackage.File] = []

    def fill(self) -> None:
        self._put("README.txt", [manifest.letter(self.workshop, self.viewer, self.tables)])
        self._put_table("codebook.csv", codebook.table(self.tables))
        self._put("codebook.txt", codebook.to_read(self.tables))
        self._put_table("consent_manifest.csv", manifest.table(self.workshop, self.viewer))
        for table in sorted(self.tables, key=lambda table: table.name):
            self._put_table(f"data/{table.name}.csv", table)
        self._put("datapackage.json", [datapackage.text(self.workshop.title, self.described)])
        for path, pieces in recorded.paths(self.workshop.id, self.viewer):
            self._put(path, pieces, zipfile.ZIP_STORED)
        self._put("workshop.json", json_file.chunks(self.tables))
        with _workbook(self.tables) as pieces:
            self._put("workshop.xlsx", pieces, zipfile.ZIP_STORED)

    def _put_table(self, path: str, table: Table) -> None:
        length, sha256 = self._put(path, csv_files.chunks(table))
        self.described.append(datapackage.File(table, path, length, sha256))

    def _put(self, path: str, pieces: Iterable[bytes], how: int = zipfile.ZIP_DEFLATED) -> tuple[int, str]:
        length, digest = 0, hashlib.sha256()
        with self.pack.open(archive.entry(path, how), "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
                digest.update(piece)
                length += len(piece)
        return length, digest.hexdigest()


@contextmanager
def _workbook(found: Sequence[Table]) -> Iterator[Iterator[bytes]]:
    with tempfile.TemporaryFile(dir=_folder()) as file:
        xlsx.write(found, file)
        file.seek(0)
        yield iter(lambda: file.read(PIECE), b"")


def _hash_of(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(PIECE), b""):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _folder() -> Path:
    """Where half-made exports lie, readable by the app alone; what a process that died left there goes."""
    folder = Path(setting("INSTANCE")) / "exports"
    folder.mkdir(mode=0o700, exist_ok=True)
    for left in folder.iterdir():
        with contextlib.suppress(OSError):  # another export has just finished, or still has it open
            _sweep(left)
    return folder


def _sweep(left: Path) -> None:
    if time.time() - left.stat().st_mtime >= STALE:
        left.unlink()
