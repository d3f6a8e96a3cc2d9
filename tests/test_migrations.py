"""Each change of the tables: an old database with rows in it becomes a new one, and no row is lost or bent."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask

from tests.support import installation
from workshop import create_app
from workshop.cli import tables
from workshop.extensions import db
from workshop.models.search import is_ours

WITHOUT_SEARCH = {"include_name": lambda name, _kind, _parents: not is_ours(name)}  # made by statements of its own
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def put(rows: Rows) -> None:
    """Write rows as the old program did, by table names: today's models know only today's columns."""
    with db.engine.begin() as connection:
        for table, values in rows.items():
            for row in values:
                columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
                connection.execute(sa.text(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'), row)  # noqa: S608 - names of ours


def all_of(table: str) -> list[dict[str, Any]]:
    """The rows of a table as they lie there."""
    with db.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')).mappings()]  # noqa: S608 - ours


A_ROOM: Rows = {
    "organisation": [{"id": "o1", "name": "Riverside", "statements": "{}", "example": False, "made_at": "2026-11-22"}],
    "workshop": [
        {
            "id": "w1",
            "organisation_id": "o1",
            "title": "River day",
            "recipe": "",
            "state": "open",
            "doors_locked": False,
            "generation": 1,
            "revision": 7,
            "statements": "{}",
            "roles": "[]",
            "settings": "{}",
            "stage": "{}",
            "example": False,
            "made_at": "2026-11-22 10:00:00",
        }
    ],
}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """An installation that has no table yet."""
    with installation.closing(create_app(tmp_path / "instance", **installation.SETTINGS)) as app:
        yield app


def test_0001_makes_tables_that_hold_a_room(empty: Flask) -> None:
    with empty.app_context():
        assert tables.version() is None
        tables.upgrade("0001")
        put(A_ROOM)
        assert tables.version() == "0001"
        assert [row["title"] for row in all_of("workshop")] == ["River day"]
        with pytest.raises(sa.exc.IntegrityError):
            put({"door": [{"token_hash": "x", "workshop_id": "nowhere", "purpose": "lived", "made_at": "2026-11-22"}]})


@pytest.mark.shows("R09")
def test_all_changes_leave_the_rows_of_the_first_day(empty: Flask) -> None:
    with empty.app_context():
        tables.upgrade("0001")
        put(A_ROOM)
        tables.upgrade()
        assert tables.version() == tables.newest()
        assert [(row["id"], row["revision"]) for row in all_of("workshop")] == [("w1", 7)]


A_RECORDING: Rows = {
    "medium": [
        {
            "id": "m1",
            "workshop_id": "w1",
            "kind": "sound",
            "state": "arriving",
            "size": 9,
            "sent_sha256": "",
            "sha256": "",
            "width": 0,
            "height": 0,
            "seconds": 0,
            "bytes": 0,
            "tries": 0,
            "transcript": "",
            "made_at": "2026-11-22 10:00:00",
            "moved_at": "2026-11-22 10:00:00",
        }
    ],
    "piece": [{"medium_id": "m1", "at": 0, "size": 4, "sha256": "", "file": "p1"}],
}


@pytest.mark.shows("R09")
def test_0003_leaves_a_recording_on_its_way_and_its_pieces(empty: Flask) -> None:
    """On SQLite the table is made anew: what points at it must not go with the old one."""
    with empty.app_context():
        tables.upgrade("0002")
        put(A_ROOM)
        put(A_RECORDING)
        tables.upgrade("0003")
        [medium], [piece] = all_of("medium"), all_of("piece")
    assert (medium["id"], medium["size"], medium["activity_id"]) == ("m1", 9, None)
    assert (piece["medium_id"], piece["file"]) == ("m1", "p1")


@pytest.mark.shows("R09")
def test_a_change_that_fails_changes_nothing(empty: Flask) -> None:
    with empty.app_context():
        put_in_the_way = sa.text("CREATE TABLE workshop (id VARCHAR(32))")
        with db.engine.begin() as connection:
            connection.execute(put_in_the_way)
        with pytest.raises(sa.exc.OperationalError):
            tables.upgrade()
        with db.engine.connect() as connection:
            assert sa.inspect(connection).get_table_names() == ["workshop"]


def test_the_changes_make_exactly_the_tables_of_the_models(any_app: Flask) -> None:
    with any_app.app_context(), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=WITHOUT_SEARCH), db.metadata) == []


def test_a_database_of_a_newer_program_is_known_as_such() -> None:
    assert tables.is_known("0001")
    assert not tables.is_known("9999")


def test_only_the_owner_may_read_the_database(empty: Flask) -> None:
    with empty.app_context():
        tables.upgrade()
        files = list(Path(empty.config["INSTANCE"]).glob("workshop.sqlite*"))
    assert files
    assert not [path.name for path in files if path.stat().st_mode & 0o077]
