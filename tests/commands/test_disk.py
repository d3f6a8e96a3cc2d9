"""A disk without room: what is no row of the database is a plain 503 too; and its log does not stay large."""

import sys
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import People
from workshop.commands import upkeep
from workshop.extensions import open_beside

LOG_AT_MOST = 16 * 1024 * 1024


@pytest.mark.shows("R07")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file here that is always full")
def test_no_room_for_the_line_of_a_take_back_is_a_503_and_the_words_stay(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench")
    [words] = bea.words()
    line = Path(app.config["INSTANCE"]) / upkeep.TOMBSTONES
    line.symlink_to("/dev/full")
    refused = bea.post(f"{room.path}/words/{words}/take-back")
    assert refused.status == 503
    assert refused.h1 == "We cannot save right now"
    assert bea.words() == [words]
    line.unlink()
    assert bea.post(f"{room.path}/words/{words}/take-back").status == 303
    assert bea.words() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other numbers for a full disk")
def test_a_file_that_is_not_there_is_still_a_surprise(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench")
    (Path(app.config["INSTANCE"]) / upkeep.TOMBSTONES).mkdir()
    assert bea.post(f"{room.path}/words/{bea.words()[0]}/take-back").status == 500


def test_the_log_that_a_long_reader_let_grow_is_cut_again(app: Flask, people: People) -> None:
    """F15."""
    database = Path(app.config["INSTANCE"]) / "workshop.sqlite"
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    with closing(open_beside(str(database))) as reader, closing(open_beside(str(database))) as writer:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM contribution").fetchone()
        writer.execute("CREATE TABLE ballast (piece BLOB)")
        for _ in range(4):
            writer.execute("INSERT INTO ballast VALUES (zeroblob(6000000))")
        writer.execute("DROP TABLE ballast")
        assert log_of(database) > LOG_AT_MOST
    for number in range(3):
        bea.write("cards", f"A bench, number {number}")
    assert log_of(database) <= LOG_AT_MOST


def log_of(database: Path) -> int:
    return Path(f"{database}-wal").stat().st_size
