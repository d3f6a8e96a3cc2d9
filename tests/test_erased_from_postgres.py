"""What people take back is out of PostgreSQL's files as well: tables, statistics, log."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build, installation
from tests.support.patience import until
from tests.support.people import People
from tests.test_erasure import SENTINEL, jobs_waiting, sooner, where_it_lies
from workshop import jobs
from workshop.cli import nodes
from workshop.commands import scrubbing
from workshop.extensions import db

pytestmark = [pytest.mark.postgres]


@pytest.fixture
def shared(postgres: str, tmp_path: Path) -> Iterator[Flask]:
    with installation.closing(installation.on_postgres(tmp_path / "instance", postgres)) as app:
        yield app


@pytest.fixture
def files(shared: Flask) -> Path:
    """Where the server keeps everything: tables, indexes, statistics, log."""
    with shared.app_context():
        return Path(str(db.session.execute(sa.text("SHOW data_directory")).scalar_one()))


def say(app: Flask, sql: str) -> None:
    with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(sql)


def told_and_taken_back(app: Flask) -> None:
    """Between the stories of others, which stay: an empty end of a file would be cut off anyway."""
    people = People(app)
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea, cem = people.bea(room), people.cem(room)
    for number in range(6):
        bea.tell("story", f"My {SENTINEL} story {number}.")  # long ones are compressed, and no search would find them
        cem.tell("story", f"The {number}. story of somebody else.")
    say(app, "ANALYZE")
    say(app, "CHECKPOINT")
    for story in bea.words():
        assert bea.post(f"{room.path}/words/{story}/take-back").status == 303


@pytest.mark.shows("P08")
def test_what_bea_takes_back_leaves_tables_statistics_and_log(shared: Flask, files: Path) -> None:
    told_and_taken_back(shared)
    say(shared, "VACUUM")
    say(shared, "CHECKPOINT")
    left = where_it_lies(files)
    assert any("/base/" in path for path in left), "a plain VACUUM leaves the bytes where they were"
    assert any("/pg_wal/" in path for path in left)
    with shared.app_context():
        sooner()
        jobs.run_due()
        assert jobs_waiting() == 0
    assert where_it_lies(files) == []


def test_while_somebody_reads_for_long_it_is_tried_again(shared: Flask, files: Path) -> None:
    told_and_taken_back(shared)
    with shared.app_context():
        with db.engine.connect() as reader:
            reader.execute(sa.text("SELECT id FROM contribution")).all()
            sooner()
            jobs.run_due()
            assert jobs_waiting() == 1
        sooner()
        jobs.run_due()
        assert jobs_waiting() == 0
    assert where_it_lies(files) == []


def test_a_role_that_may_not_turn_over_the_log_is_told_so(shared: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """The tables are written anew all the same."""
    with shared.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CREATE ROLE with_few_rights")
        connection.exec_driver_sql("SET ROLE with_few_rights")
        scrubbing.turn_over_log(connection)
        connection.exec_driver_sql("RESET ROLE")
        connection.exec_driver_sql("DROP ROLE with_few_rights")
    assert "erased words stay in it for a while" in caplog.text


def test_check_says_what_the_server_keeps(shared: Flask) -> None:
    with shared.app_context():
        assert nodes.forgets() == (
            True,
            "Erasing: what is taken back is out of the database's files and log within a minute.",
        )
    say(shared, "ALTER SYSTEM SET wal_recycle = on")
    try:
        say(shared, "SELECT pg_reload_conf()")
        with shared.app_context():
            assert until(lambda: not nodes.forgets()[0])
            assert "Set wal_recycle = off." in nodes.forgets()[1]
    finally:
        say(shared, "ALTER SYSTEM SET wal_recycle = off")
        say(shared, "SELECT pg_reload_conf()")
