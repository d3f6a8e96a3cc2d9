"""Bea takes her words back, through the front door of a running server: gone at once, from the screen within five
seconds, from the disk within a minute, and not there either when an older backup comes back."""

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from PIL.ExifTags import Base as Tag

from tests.support import build
from tests.support.build import Room
from tests.support.keyboard import Type
from tests.support.page import Page
from tests.support.people import Participant, People, Person
from tests.support.serving import START, Listener, Running, cookies_of, running
from tests.support.wire import FrontDoor
from workshop import jobs
from workshop.commands import command, files, links, recovery, taking_part
from workshop.extensions import db
from workshop.models import Contribution, Job
from workshop.models.columns import new_id
from workshop.queries import contributions

SENTINEL = "zebrafinch7141"
PLANTED = (SENTINEL.encode(), SENTINEL.encode("utf-16-le"), SENTINEL.encode("utf-16-be"))
SCREEN, DISK = 5.0, 60.0  # seconds: P06, P08
GLANCE = 0.5


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the server's processes put what does not fit into memory."""
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def served(tmp_path: Path, spool: Path) -> Iterator[Running]:
    with running(tmp_path / "instance") as server:
        yield server


def photo_with_secrets() -> bytes:
    """A large photo whose every pocket has the word: description, artist, comment, and what follows the picture."""
    exif = Image.Exif()
    exif[Tag.ImageDescription.value] = f"{SENTINEL} at home"
    exif[Tag.Artist.value] = f"{SENTINEL} Smith"
    file = io.BytesIO()
    picture = Image.effect_noise((900, 900), 90).convert("RGB")
    picture.save(file, "JPEG", quality=95, exif=exif, comment=SENTINEL.encode())
    return file.getvalue() + SENTINEL.encode()


def tell(bea: Participant, room: Room) -> str:
    """A story with the word in its text, in what would have helped, in the photo, in the file's name, in her name."""
    picture = io.BytesIO(photo_with_secrets())
    assert len(picture.getvalue()) > 400_000, "large enough to be spooled to the disk"
    story = f"My {SENTINEL} story. " + f"{SENTINEL} " * 500
    page = bea.send(bea.ask("story"), text=story, photo_file=(picture, f"{SENTINEL}.jpg"), go="next")
    while page.h1 != "Is this right?":
        assert page.status == 200, page.text
        answer = {"level": "5"} if 'id="level-' in page.html else {"helped": f"A {SENTINEL} lift"}
        page = bea.send(page, go="next", **answer)
    assert bea.send(page, go="send").status == 303
    (told,) = bea.words()
    named = bea.send(bea.see(f"words/{told}"), "/level", level="5", display_name=f"Bea {SENTINEL}")
    assert named.status == 303, named.text
    return told


def ada_at(served: Running, people: People) -> Person:
    """ada, signed in over the wire."""
    ada = Person(cast(Flask, FrontDoor(served.port)), served.server.address)
    with served.app.app_context():
        link = links.make_link(people.ada.id, "sign_in")
    assert ada.send(ada.get(f"/sign-in/{link}")).status == 303
    return ada


def live(ada: Person, room: Room, story: str) -> None:
    """ada reads the words, edits them, worries, settles, approves, puts them on the screen and exports them."""
    words = f"{room.path}/console/words/{story}"
    page = ada.get(words)
    edited = page.fields("/edit")["text"] + f" {SENTINEL} (edited)"
    assert ada.send(page, "/edit", text=edited, reason=f"{SENTINEL} was misspelt").status == 303
    assert ada.send(ada.get(words), "/worry", note=f"Is {SENTINEL} safe?").status == 303
    assert ada.post(f"{words}/settle").status == 303
    assert ada.send(ada.get(words), "/approve", recognisable="no").status == 303
    assert ada.post(f"{words}/spotlight").status == 303
    pack = ada.send(ada.get(f"{room.path}/exports"), audience="organiser")
    assert pack.status in (200, 303, 422), pack.status


def the_photo(page: Page) -> str:
    found = re.search(r'src="([^"]*/media/[^"]+)"', page.html)
    assert found
    return found[1].replace("&amp;", "&")


def where_it_lies(*places: Path) -> list[str]:
    """Every file that holds the word, in whatever spelling."""
    lying = [path for place in places for path in ([place] if place.is_file() else place.rglob("*"))]
    return [str(path) for path in lying if path.is_file() and _holds(path)]


def _holds(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return False
    return any(planted in data for planted in PLANTED) or SENTINEL in path.name


def open_but_deleted(served: Running) -> list[str]:
    """Files without a name that a server process still holds open, and that hold the word."""
    handles = [
        handle
        for pid in [served.process.pid, *served.workers()]
        for handle in Path(f"/proc/{pid}/fd").iterdir()
        if "(deleted)" in str(handle.readlink())
    ]
    return [str(handle.readlink()) for handle in handles if any(word in handle.read_bytes() for word in PLANTED)]


def wait_until_gone(since: float, *places: Path) -> float:
    """Returns after how many seconds nothing was left."""
    while left := where_it_lies(*places):
        assert time.monotonic() - since < DISK, left
        time.sleep(GLANCE)
    return time.monotonic() - since


def wait_for_the_scrub(served: Running, since: float) -> None:
    """Until the server has written every page of the database anew."""
    with served.app.app_context():
        while jobs_waiting():
            assert time.monotonic() - since < DISK
            time.sleep(GLANCE)
            db.session.rollback()


def type_there(served: Running, *words: str) -> "subprocess.CompletedProcess[str]":
    """What an operator types in another window while the server runs."""
    command_line = [sys.executable, "-c", START, "--instance", str(served.server.instance), *words]
    given = {**os.environ, "WORKSHOP_BASE_URL": served.server.address}
    return subprocess.run(command_line, env=given, capture_output=True, text=True, check=True)


@pytest.mark.shows("P06", "P08")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into the open files of the server's processes")
def test_what_bea_takes_back_is_gone(served: Running, spool: Path, tmp_path: Path, type_in: Type) -> None:
    people = People(served.app)
    room = build.workshop(served.app, people.organisation_id, "story")
    room.open("story")
    door = cast(Flask, FrontDoor(served.port))
    bea, cem = Participant(door, room), Participant(door, room, "Professional", "service")
    ada = ada_at(served, people)
    projector = Person(door, served.server.address)
    projector.get(f"/s/{room.doors['screen']}")
    bea.get(f"/join?code={SENTINEL}")
    story = tell(bea, room)
    live(ada, room, story)
    picture = the_photo(bea.see(f"words/{story}"))
    assert bea.get(picture).status == 200
    screen = Listener(served.port, f"/live/{room.id}/screen", cookies_of(projector))
    screen.wait_for(SENTINEL)
    type_there(served, "backup", "--automatic")
    (old,) = (served.server.instance / "backups").glob("automatic-*.age")
    assert where_it_lies(served.server.instance), "the search finds what is there"

    moment = time.monotonic()
    assert bea.post(f"{room.path}/words/{story}/take-back").status == 303
    seen = [
        bea.get(picture),
        ada.get(picture),
        bea.see(f"words/{story}"),
        ada.get(f"{room.path}/console/words/{story}"),
    ]
    assert {page.status for page in seen} == {404}
    for page in (
        cem.see("look-up"),
        cem.ask("story"),
        projector.get(f"{room.path}/screen"),
        ada.get(room.path + "/console"),
    ):
        assert SENTINEL not in page.html
    before = len(screen.states())
    while len(screen.states()) == before or SENTINEL in str(screen.states()[-1]):
        assert time.monotonic() - moment < SCREEN, "the screen still shows it"
        screen.read(0.1)
    screen.close()
    seconds = wait_until_gone(moment, served.server.instance, served.log, spool)
    assert open_but_deleted(served) == []
    wait_for_the_scrub(served, moment)
    assert where_it_lies(served.server.instance, served.log, spool) == []
    assert seconds < DISK
    log = "".join(path.read_text() for path in (served.server.instance / "logs").iterdir())
    assert f"/w/{room.id[:8]}…" in log, "the search was of the real log"

    words = str(served.server.instance / recovery.WORDS)
    back = type_in("restore", str(old), "--words", words, instance="again")
    assert "Taken back since, and erased again: 1." in back.text
    assert where_it_lies(tmp_path / "again") == []


def keep(room: Room, person_id: str, word: str, size: int) -> str:
    """A story of this length that has the word at both ends, as a phone would have brought it."""

    @command
    def write() -> str:
        row = Contribution(
            id=new_id(),
            workshop_id=room.id,
            activity_id=room.activities["story"],
            participant_id=person_id,
            kind="story",
            side="lived",
            text=f"{word} {'w' * size} {word}",
            more={"helped": word},
            display_name=word,
            digest="0" * 64,
        )
        db.session.add(row)
        db.session.flush()
        return row.id

    return write()


SIZES = (5, 60, 300, 900, 1500, 3900, 4500, 9000)


@pytest.mark.shows("P08")
def test_no_page_of_the_database_keeps_an_old_copy(app: Flask, people: People, tmp_path: Path) -> None:
    """Hundreds of stories of every length come and go. SQLite moves rows between its pages, and leaves copies."""
    room = build.workshop(app, people.organisation_id, "story")
    people.bea(room)
    with app.app_context():
        bea = str(db.session.execute(sa.text("SELECT id FROM participant")).scalar_one())
        told: dict[str, str] = {}
        for number in range(360):
            word = f"zq{number:05}qz"
            told[word] = keep(room, bea, word, SIZES[number * 7 % 8])
            if number % 3 == 2:
                gone = sorted(told)[number * 5 % len(told)]
                taking_part.take_back(told.pop(gone), participant_id=bea)
        for word in sorted(told)[::4]:
            change(told.pop(word), room)
        sooner()
        jobs.run_due()
        assert jobs_waiting() == 0
    data = b"".join(path.read_bytes() for path in (tmp_path / "instance").rglob("*") if path.is_file())
    words = [f"zq{number:05}qz" for number in range(360)]
    assert [word for word in words if word not in told and word.encode() in data] == []
    assert all(word.encode() in data for word in told)


def change(contribution_id: str, room: Room) -> None:
    """The teller writes other words, and takes the name away."""
    taking_part.correct(contributions.one(contribution_id, room.id), "Other words.", {"helped": "Nothing"})
    taking_part.set_level(contributions.one(contribution_id, room.id), 1, "")


def jobs_waiting() -> int:
    return int(db.session.execute(sa.select(sa.func.count()).select_from(Job)).scalar_one())


@command
def sooner() -> None:
    """A quarter of a minute passes."""
    db.session.execute(sa.update(Job).values(due_at=sa.text("'2020-01-01 00:00:00'")))


def test_many_take_backs_are_one_scrub(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    for text in ("One", "Two", "Three"):
        bea.tell("story", text)
    for story in bea.words():
        bea.post(f"{room.path}/words/{story}/take-back")
    with app.app_context():
        assert db.session.execute(sa.select(Job.name)).scalars().all() == ["scrub"]


def test_a_reader_in_the_way_is_waited_for(app: Flask, people: People) -> None:
    """Somebody reads for long: the log cannot be emptied, and it is tried again until it can be."""
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", f"My {SENTINEL} story")
    with app.app_context():
        reader: Any = db.engine.connect()
        reader.execute(sa.text("SELECT text FROM contribution")).all()
        bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
        sooner()
        jobs.run_due()
        folder = Path(app.config["INSTANCE"])
        assert where_it_lies(folder)
        assert jobs_waiting() == 1
        reader.close()
        sooner()
        jobs.run_due()
        assert where_it_lies(folder) == []
        assert jobs_waiting() == 0


def test_a_photo_whose_deletion_was_lost_goes_with_the_next_start(app: Flask, tmp_path: Path) -> None:
    """The process died between the words and the file."""
    with app.app_context():
        stored = files.store().put(b"a picture")
        old = time.time() - 3600
        os.utime(tmp_path / "instance" / "media" / stored.name, (old, old))
        files.sweep()
        assert not files.store().exists(stored.name)
