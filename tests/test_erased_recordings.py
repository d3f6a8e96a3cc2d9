"""Bea takes her recordings back: while they arrive, while they are made anew, and when they are ready. Nothing of
them stays on the disk, in the log or in an open file, nor comes back with an older backup."""

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask

from tests import test_erasure as erasure
from tests.faults.served import children
from tests.media.recordings import PLACE, SECRET, film, sound
from tests.support import build
from tests.support.build import Room
from tests.support.keyboard import Type
from tests.support.patience import until
from tests.support.people import Participant, People
from tests.support.serving import Running, running
from tests.support.wire import FrontDoor
from tests.web import test_arriving as arriving
from workshop.commands import rebuilding, recovery
from workshop.models.columns import new_id

assert SECRET.decode() == erasure.SENTINEL
PLANTED = (*erasure.PLANTED, PLACE)
PIECE = 1024 * 1024
FILLED = 14 * PIECE  # more than an ordinary request may bring


def full_of_it(data: bytes, size: int) -> bytes:
    """The word in every pocket, and again and again behind the recording, so that each piece of it has the word."""
    tail = (SECRET + b" " + PLACE + b" ") * (max(size - len(data), 100) // 30)
    return data + (len(tail) + 8).to_bytes(4, "big") + b"free" + tail


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def served(tmp_path: Path, spool: Path) -> Iterator[Running]:
    with running(tmp_path / "instance", POSTS_PER_PERSON="100000") as server:
        yield server


def ready(bea: Participant, medium: str) -> bool:
    return bool(arriving.look_at(bea, f"{bea.room.path}/media/{medium}").status_code == 200)


def in_pieces(bea: Participant, room: Room) -> str:
    """A sound whose every pocket has the word, sent in pieces and made anew."""
    medium = new_id()
    story = arriving.tell(bea, f"sound:{medium}")
    arriving.send(bea, medium, full_of_it(sound(3, "voice.m4a"), 600_000), story, step=200_000)
    until(lambda: ready(bea, medium), 60)
    return story


def in_one_form(bea: Participant, room: Room) -> str:
    """A film in one form, larger than an ordinary upload, under a file name that tells."""
    upload = (io.BytesIO(full_of_it(film(2), FILLED)), f"{erasure.SENTINEL}.mp4")
    page = bea.send(bea.ask("story"), text="", go="next", film_file=upload)
    assert page.status == 200, page.text
    assert bea.send(bea.send(page, level="3", go="next"), go="send").status == 303
    return bea.words()[0]


def half_of_it(bea: Participant, room: Room) -> str:
    """A sound that is still arriving."""
    medium, whole = new_id(), full_of_it(sound(3), 600_000)
    story = arriving.tell(bea, f"sound:{medium}")
    assert arriving.post(bea, medium, whole[:400_000], 0, whole, story, "sound").status_code == 200
    return story


def being_made(bea: Participant, room: Room, instance: Path) -> str:
    """A long film that is being made anew when this returns."""
    medium = new_id()
    story = arriving.tell(bea, f"film:{medium}")
    arriving.send(bea, medium, full_of_it(film(30, "1280x720"), 3 * PIECE), story, "film", step=PIECE)
    until(lambda: list((instance / rebuilding.FOLDER).glob("*/result.mp4")), 60)
    return story


def where_it_lies(*places: Path) -> list[str]:
    """Every file that holds the word or the place, and whatever is left of a recording at all."""
    found = [path for place in places for path in ([place] if place.is_file() else place.rglob("*"))]
    return [str(path) for path in found if path.is_file() and (_holds(path) or _is_left(path))]


def _holds(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return False
    return any(planted in data for planted in PLANTED) or erasure.SENTINEL in path.name


def _is_left(path: Path) -> bool:
    return path.parent.name == "media" or rebuilding.FOLDER in path.parts


def open_but_deleted(served: Running) -> list[str]:
    """Files without a name that the server's processes, or the children they started, still hold."""
    workers = served.workers()
    pids = [served.process.pid, *workers, *(child for pid in workers for child in children(pid))]
    handles = [handle for pid in pids for handle in Path(f"/proc/{pid}/fd").iterdir()]
    return [str(handle) for handle in handles if "(deleted)" in str(handle.readlink()) and _holds(handle)]


@pytest.mark.shows("P06", "P08", "P16")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into the open files of the server's processes")
def test_recordings_that_bea_takes_back_are_gone(served: Running, spool: Path, tmp_path: Path, type_in: Type) -> None:
    people, instance = People(served.app), served.server.instance
    room = build.workshop(served.app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = Participant(cast(Flask, FrontDoor(served.port)), room)
    stories = [in_pieces(bea, room), in_one_form(bea, room), half_of_it(bea, room)]
    erasure.type_there(served, "backup", "--automatic")
    (old,) = (instance / "backups").glob("automatic-*.age")
    until(lambda: not list((instance / rebuilding.FOLDER).glob("*")), 60)
    stories.append(being_made(bea, room, instance))
    assert where_it_lies(instance / "media"), "the search finds what is there"
    assert where_it_lies(instance / rebuilding.FOLDER)

    moment = time.monotonic()
    for story in reversed(stories):
        assert bea.post(f"{room.path}/words/{story}/take-back").status == 303
    until(lambda: not where_it_lies(instance, served.log, spool), erasure.DISK)
    erasure.wait_for_the_scrub(served, moment)
    assert where_it_lies(instance, served.log, spool) == []
    assert open_but_deleted(served) == []
    assert time.monotonic() - moment < erasure.DISK

    words = str(instance / recovery.WORDS)
    back: Any = type_in("restore", str(old), "--words", words, instance="again")
    assert "Taken back since, and erased again: 3." in back.text
    assert where_it_lies(tmp_path / "again") == []
