"""A power cut at any step of giving a photo: never a row without its file, never half a file."""

import hashlib
import os
import signal
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest

from workshop.media import FolderStore, Picture, Upload, keep
from workshop.media import store as store_module

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to die at a chosen step")

PHOTO, SMALL = b"p" * 300_000, b"s" * 20_000
WATCHED = {store_module.__file__, str(Path(store_module.__file__).with_name("keep.py")), __file__}


def give_a_photo(folder: Path) -> None:
    """As a command does it: the files first, then the row."""
    kept = keep(Upload(Picture(PHOTO, 1, 1), Picture(SMALL, 1, 1)), FolderStore(folder / "media"))
    with sqlite3.connect(folder / "rows.db") as database:
        for stored in (kept.photo, kept.small):
            database.execute("INSERT INTO photo VALUES (?, ?)", (stored.name, stored.sha256))
    database.close()


def dies_at(step: int, folder: Path) -> bool:
    """Give a photo in a process that is killed before its nth line. False when it got through."""
    child = os.fork()
    if child == 0:
        left = step

        def trace(frame: FrameType, event: str, _: object):  # type: ignore[no-untyped-def]
            nonlocal left
            if frame.f_code.co_filename not in WATCHED:
                return None
            left -= event == "line"
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        give_a_photo(folder)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def rows(folder: Path) -> dict[str, str]:
    database = sqlite3.connect(folder / "rows.db")
    found = dict(database.execute("SELECT name, sha256 FROM photo"))
    database.close()
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    database = sqlite3.connect(tmp_path / "rows.db")
    database.execute("CREATE TABLE photo (name TEXT, sha256 TEXT)")
    database.close()
    return tmp_path


@pytest.mark.shows("R03")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_killed_at_any_step_no_row_is_without_its_file_and_no_file_is_half(folder: Path) -> None:
    step = 1
    while dies_at(step, folder):
        step += 1
    store = FolderStore(folder / "media")
    whole = {hashlib.sha256(data).hexdigest() for data in (PHOTO, SMALL)}
    for name in store.names():
        with store.open(name) as file:
            assert hashlib.sha256(file.read()).hexdigest() in whole
    assert set(rows(folder)) <= set(store.names())
    assert step > 30, "the steps were really walked through"
    assert len(rows(folder)) >= 2, "the last one got through"
    assert any(store.path.glob("*.part")), "some died half way"


@pytest.mark.shows("R03")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_what_a_crash_left_is_swept_and_every_row_keeps_its_file(folder: Path) -> None:
    step = 1
    while dies_at(step, folder):
        step += 3
    store = FolderStore(folder / "media")
    assert store.sweep(rows(folder), timedelta(0))
    assert {path.name for path in store.path.iterdir()} == set(rows(folder))
