"""Backups that nobody has to think of: when one is made, what lies beside it, how many stay, who hears of it."""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from tests.commands.test_backup import everything_in, list_of, stories_of, with_photo
from tests.support import build
from tests.support.build import Room
from tests.support.keyboard import Type
from tests.support.people import People
from workshop import jobs
from workshop.commands import keeping, recovery, rotating, running, workshops
from workshop.queries import backups, rooms

NOON = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    made = build.workshop(app, people.organisation_id, "story")
    made.open("story")
    return made


@pytest.fixture
def server(app: Flask) -> Iterator[jobs.Backups]:
    """What starts backups in a server process that has been up for an hour."""
    with app.app_context():
        keeper = jobs.Backups()
        keeper.since -= timedelta(hours=1)
        yield keeper
        if keeper.process:
            keeper.process.wait(60)


def made_in(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "instance" / "backups").glob("automatic-*.age"))


def backed_up(app: Flask, tmp_path: Path) -> Path:
    with app.app_context():
        return rotating.run(tmp_path / "instance")


@pytest.mark.shows("R10")
def test_the_server_makes_one_while_a_workshop_is_open(
    app: Flask, people: People, room: Room, server: jobs.Backups, type_in: Type, tmp_path: Path
) -> None:
    """In a process of its own; it comes back with the words alone, for the list lies beside it."""
    people.bea(room).tell("story", "The stairs are steep.")
    server.look()
    assert server.process
    assert server.process.wait(60) == 0
    (made,) = made_in(tmp_path)
    words = str(tmp_path / "instance" / recovery.WORDS)
    back = type_in("restore", str(made), "--words", words, instance="new")
    assert back.code == 0, back.text
    assert "What was taken back since is read from" in back.text
    assert stories_of(tmp_path / "new") == ["The stairs are steep."]


def test_two_server_processes_make_one_backup(app: Flask, room: Room, server: jobs.Backups, tmp_path: Path) -> None:
    other = jobs.start_backup()
    server.look()
    assert server.process
    assert [server.process.wait(60), other.wait(60)] == [0, 0]
    assert len(made_in(tmp_path)) == 1


def test_one_that_is_being_made_is_not_started_again(app: Flask, room: Room, server: jobs.Backups) -> None:
    server.look()
    first = server.process
    server.look_at = 0.0
    server.look()
    assert server.process is first


@pytest.mark.shows("R10")
@pytest.mark.parametrize(
    ("is_open", "age", "is_due"),
    [
        (True, timedelta(minutes=4), False),
        (True, timedelta(minutes=6), True),
        (False, timedelta(minutes=6), False),
        (False, timedelta(hours=25), True),
    ],
)
def test_when_the_next_one_is_due(
    app: Flask, room: Room, tmp_path: Path, is_open: bool, age: timedelta, is_due: bool
) -> None:
    """Every five minutes while a workshop is open, otherwise once a day."""
    folder = tmp_path / "instance" / "backups"
    folder.mkdir()
    (folder / f"automatic-{datetime.now(UTC) - age:{backups.WRITTEN}}.age").touch()
    with app.app_context():
        if not is_open:
            running.close_workshop(rooms.workshop(room.id), NOON.date(), None)
        assert backups.is_due(datetime.now(UTC) - timedelta(hours=1)) is is_due
        assert not backups.is_due(datetime.now(UTC)), "a server that has just started waits"
        app.config["BACKUP_MINUTES"] = 0
        assert not backups.is_due(datetime.now(UTC) - timedelta(hours=1))


def test_nothing_written_nothing_to_keep(app: Flask, room: Room, tmp_path: Path) -> None:
    """The last backup is good for as long as nobody has written anything since."""
    made = backed_up(app, tmp_path)
    with app.app_context(), time_machine.travel(datetime.now(UTC) + timedelta(hours=3)):
        made.rename(made.with_name(f"automatic-{datetime.now(UTC) - timedelta(hours=2):{backups.WRITTEN}}.age"))
        assert not backups.is_due(datetime.now(UTC) - timedelta(hours=3))


def test_how_many_stay(app: Flask, tmp_path: Path) -> None:
    """A day of work and the weeks before it: all of the last hour stay, then one an hour, then one a day."""
    every = [NOON - timedelta(minutes=5 * number) for number in range(12 * 30)]
    every += [NOON - timedelta(days=number, minutes=number % 2) for number in range(2, 60)]
    for moment in every:
        (tmp_path / f"automatic-{moment:{backups.WRITTEN}}.age").touch()
    (tmp_path / f"before-update-{NOON - timedelta(days=20, minutes=7):{backups.WRITTEN}}.age").touch()
    (tmp_path / "workshop-2026-01-01-120000.age").touch()
    with app.app_context():
        rotating.thin_out(tmp_path, NOON)
    ages = sorted(NOON - backups.made_at(path) for path in tmp_path.glob("automatic-*"))
    assert ages[:13] == [timedelta(minutes=5 * number) for number in range(13)]
    assert len([age for age in ages if timedelta(hours=1) < age <= timedelta(days=1)]) == 24
    assert len([age for age in ages if age > timedelta(days=1)]) == 34
    assert max(ages) <= timedelta(days=35)
    assert len(list(tmp_path.glob("before-update-*"))) == 1
    assert (tmp_path / "workshop-2026-01-01-120000.age").exists(), "what somebody made by hand is theirs"


def test_photos_lie_beside_it_once_and_come_back(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    with_photo(people.bea(room), "Look at these stairs.")
    backed_up(app, tmp_path)
    (beside,) = (tmp_path / "instance" / "backups").glob("photos-*")
    first = {path.name: path.stat().st_mtime_ns for path in beside.iterdir()}
    assert len(first) == 2
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        made = backed_up(app, tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in beside.iterdir()} == first
    stored = [path.read_bytes() for path in (tmp_path / "instance" / "media").iterdir()]
    assert not [photo for photo in stored if photo in everything_in(tmp_path / "instance" / "backups")]
    words = str(tmp_path / "instance" / recovery.WORDS)
    assert "medium: 1" in type_in("restore", str(made), "--words", words, instance="new").text
    assert type_in("check", instance="new").code == 0


def test_a_photo_that_was_taken_back_is_gone_from_beside_the_backups(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    """An older backup comes back without it, and says so even when the list was lost."""
    bea = people.bea(room)
    with_photo(bea, "Look at these stairs.")
    old = backed_up(app, tmp_path)
    bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    listed = (tmp_path / "instance" / "backups" / "tombstones.txt").read_text()
    assert listed == (tmp_path / "instance" / "tombstones.txt").read_text() != ""
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        backed_up(app, tmp_path)
    (beside,) = (tmp_path / "instance" / "backups").glob("photos-*")
    assert not list(beside.iterdir())
    words = str(tmp_path / "instance" / recovery.WORDS)
    back = type_in("restore", str(old), "--words", words, instance="new")
    assert "contribution: 0" in back.text
    moved = tmp_path / "moved"
    shutil.copytree(old.parent, moved, ignore=shutil.ignore_patterns("tombstones.txt"))
    lost = type_in("restore", str(moved / old.name), "--words", words, "--tombstones-are-lost", instance="newer")
    assert "Photos that were deleted since, and are not there any more: 1." in lost.text


def test_a_workshop_that_was_deleted_is_on_the_list_beside_the_backups(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    people.bea(room).tell("story", "Nobody may read this again.")
    old = backed_up(app, tmp_path)
    ada = people.ada.id
    with app.app_context():
        workshops.delete(rooms.workshop(room.id), ada)
    words = str(tmp_path / "instance" / recovery.WORDS)
    assert "workshop: 0" in type_in("restore", str(old), "--words", words, instance="new").text


def test_new_words_begin_new_photos(app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path) -> None:
    with_photo(people.bea(room), "Look at these stairs.")
    old = backed_up(app, tmp_path)
    paper = tmp_path / "old-paper.txt"
    paper.write_text((tmp_path / "instance" / recovery.WORDS).read_text())
    type_in("recovery-words", "--new")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        new = backed_up(app, tmp_path)
    assert len(list(new.parent.glob("photos-*"))) == 2
    now = str(tmp_path / "instance" / recovery.WORDS)
    assert "medium: 1" in type_in("restore", str(new), "--words", now, instance="a").text
    assert "medium: 1" in type_in("restore", str(old), "--words", str(paper), instance="b").text


def test_a_nearly_full_disk_is_left_to_the_words(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "RESERVE", 1.1)
    refused = type_in("backup", "--automatic")
    assert refused.code == 1
    assert "There is not enough room on the disk. Nothing was saved." in refused.text
    assert made_in(tmp_path) == []
    bea = people.bea(room)
    bea.tell("story", "The stairs are steep.")
    assert len(bea.words()) == 1


def test_another_folder(app: Flask, room: Room, type_in: Type, tmp_path: Path) -> None:
    """On another disk, say; the folder is for nobody else."""
    made = type_in("backup", "--automatic", BACKUP_FOLDER=str(tmp_path / "stick" / "deep"))
    assert made.code == 0, made.text
    assert len(list((tmp_path / "stick" / "deep").glob("automatic-*.age"))) == 1
    assert (tmp_path / "stick" / "deep").stat().st_mode & 0o077 == 0


def test_check_says_when_the_last_good_one_was_made(app: Flask, room: Room, type_in: Type, tmp_path: Path) -> None:
    assert "Backups: there is none yet." in type_in("check").text
    backed_up(app, tmp_path)
    fresh = type_in("check")
    assert fresh.code == 0
    assert "the last good one was made 0 minutes ago" in fresh.text
    assert "Put them on paper: workshop recovery-words" in fresh.text


@pytest.mark.shows("R10")
def test_check_calls_when_backups_have_stopped(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    """R10: fifteen minutes with an open workshop."""
    folder = keeping.private(tmp_path / "instance" / "backups")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=20)):
        (folder / f"automatic-{datetime.now(UTC) - timedelta(minutes=16):{backups.WRITTEN}}.age").touch()
        os.utime(tmp_path / "instance" / "workshop.sqlite", (time.time(), time.time()))
        late = type_in("check")
    assert late.code == 1
    assert "BAD   Backups: the last good one was made 16 minutes ago" in late.text


def test_a_list_is_only_ever_added_to(app: Flask, people: People, room: Room, tmp_path: Path) -> None:
    """Somebody takes words back while the list is being copied: no line is lost, whichever came first."""
    list_of(tmp_path)
    place = keeping.private(tmp_path / "instance" / "backups")
    (place / "tombstones.txt").write_text("2026-05-04 00000000000000000000000000000001\n")
    (tmp_path / "instance" / "tombstones.txt").write_text("2026-05-04 00000000000000000000000000000002\n")
    with app.app_context():
        rotating.mirror_list(tmp_path / "instance", place)
        rotating.mirror_list(tmp_path / "instance", place)
    assert len((place / "tombstones.txt").read_text().splitlines()) == 2
