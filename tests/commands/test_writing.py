"""The write path: durable before the answer, one writer at a time, nothing half, and the words of people are erased."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build, installation
from tests.support.people import People, organisation
from workshop import extensions
from workshop.commands import command, scrubbing, upkeep
from workshop.config import Refused
from workshop.extensions import SAFE_SQLITE, Base, db, setting, sqlite
from workshop.models import Failure, Organisation


@pytest.mark.shows("R01")
def test_every_connection_of_sqlite_is_durable(app: Flask) -> None:
    """R01: WAL and synchronous=FULL (2) on each connection of the pool, foreign keys and secure_delete on."""
    with app.app_context():
        connections = [db.engine.connect() for _ in range(5)]
        for connection in connections:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            }
            assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
        for connection in connections:
            connection.close()


@pytest.mark.shows("R02")
def test_this_sqlite_has_no_wal_reset_race() -> None:
    """R02."""
    assert sqlite.sqlite_version_info >= SAFE_SQLITE


@pytest.mark.shows("R02")
def test_an_old_sqlite_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extensions, "SAFE_SQLITE", (99, 0, 0))
    with app.app_context(), pytest.raises(RuntimeError, match="can lose commits"):
        extensions.open_durably(db.engine)


def test_a_command_that_fails_leaves_nothing(app: Flask) -> None:
    @command
    def half() -> None:
        db.session.add(Organisation(name="Half"))
        db.session.flush()
        raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            half()
        assert db.session.execute(sa.select(Organisation.name)).scalars().all() == []


def test_nested_commands_are_one_commit(app: Flask) -> None:
    @command
    def inner() -> None:
        db.session.add(Organisation(name="Inner"))
        db.session.flush()

    @command
    def outer() -> None:
        inner()
        raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            outer()
        assert db.session.execute(sa.select(Organisation.name)).scalars().all() == []


@pytest.mark.shows("R06")
def test_fifty_writers_wait_their_turn_and_none_is_locked_out(app: Flask) -> None:
    """R06: fifty threads write at once; every one of them succeeds."""
    failures: list[BaseException] = []

    def write(number: int) -> None:
        with app.app_context():
            try:
                upkeep.insert_one(number)  # type: ignore[attr-defined]
            except BaseException as error:
                failures.append(error)

    @command
    def insert_one(number: int) -> None:
        db.session.execute(sa.insert(Failure).values(key=f"writer {number}", window=1, count=1))

    upkeep.insert_one = insert_one  # type: ignore[attr-defined]
    threads = [threading.Thread(target=write, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Failure)).scalar() == 50


@pytest.mark.shows("R07")
def test_a_locked_database_is_a_503_that_keeps_the_words(app: Flask, people: People) -> None:
    """Another program holds the database: the page says so, keeps the text, and the same sending works later."""
    app.config["WRITE_WAIT"] = 0.2
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    check = bea.send(bea.ask("cards"), text="A garden behind the station", go="next")
    with app.app_context():
        db.session.execute(sa.text("PRAGMA busy_timeout=100"))
    with holding(Path(app.config["INSTANCE"]) / "workshop.sqlite"):
        refused = bea.send(check, go="send")
    assert refused.status == 503
    assert refused.response.headers["Retry-After"]
    assert "A garden behind the station" in refused.html
    assert bea.send(refused, go="send").status == 303
    assert len(bea.words()) == 1


@pytest.mark.shows("R07")
def test_a_full_disk_is_a_503_and_never_half_a_record(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    step = bea.send(bea.ask("story"), text="x" * 9000, go="next")
    check = bea.send(step, level="1", go="next")
    with app.app_context():
        pages = db.session.execute(sa.text("PRAGMA page_count")).scalar()
    full = fill(app, pages or 0)
    refused = bea.send(check, go="send")
    assert refused.status == 503
    assert "x" * 9000 in refused.html
    sa.event.remove(full[0], "connect", full[1])
    with app.app_context():
        db.engine.dispose()
    assert bea.send(refused, go="send").status == 303
    with app.app_context():
        assert db.session.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    assert len(bea.words()) == 1


def fill(app: Flask, pages: int) -> tuple[sa.Engine, Callable[[Any, object], None]]:
    """From now on the database may not grow: every new connection gets SQLITE_FULL. Returns what to undo."""

    def no_more(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    with app.app_context():
        db.engine.dispose()
        sa.event.listen(db.engine, "connect", no_more)
        return db.engine, no_more


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Another connection writes for as long as this lasts. It is of the app's own SQLite library: two libraries in
    one process would not see each other's locks."""
    other = sqlite.connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


SENTINEL = "zebrafinch-7141"


@pytest.mark.shows("P08")
def test_what_is_taken_back_is_gone_from_every_byte(app: Flask, people: People) -> None:
    """P08: plant a word, take it back, search the whole folder of the installation."""
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", f"My {SENTINEL} story", helped=f"More {SENTINEL}")
    with app.app_context():
        assert SENTINEL in everything_in(Path(setting("INSTANCE")))
    bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    with app.app_context():
        assert scrubbing.shorten_log_now()
        folder = Path(setting("INSTANCE"))
        left = [path.name for path in folder.rglob("*") if path.is_file() and SENTINEL.encode() in path.read_bytes()]
        assert left == []
        tombstones = (Path(setting("INSTANCE")) / "tombstones.txt").read_text("ascii")
    assert len(tombstones.splitlines()) == 1


def everything_in(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "".join(path.read_bytes().decode("latin-1") for path in files)


@pytest.mark.shows("P05", "S04")
def test_no_key_or_token_of_a_participant_lies_in_the_database(app: Flask, people: People) -> None:
    """P05, S04: a stolen database opens nothing."""
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench")
    secrets = [bea.receipt, bea.cookie(f"seat-{room.id[:10]}") or "", room.doors["lived"], room.doors["screen"]]
    with app.app_context():
        path = Path(setting("INSTANCE"))
        bytes_of = "".join(everything_in(path) for _ in (1,))
    assert all(len(secret) == 32 and secret not in bytes_of for secret in secrets)


@pytest.mark.shows("P09")
def test_no_table_asks_for_a_name_or_an_address(app: Flask) -> None:
    """P09: schema scan; accounts alone have a name and an e-mail address."""
    personal = {"name", "email", "phone", "birth", "address", "ip", "age", "gender", "user_agent"}
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if personal & set(column.name.split("_"))
    }
    assert found == {
        "contribution.display_name",
        "event.name",
        "job.name",
        "move.name_before",  # of a theme
        "organisation.name",
        "sign_in_link.email",
        "theme.name",
        "user.email",
        "user.name",
    }


@pytest.mark.shows("S31")
def test_start_is_refused_with_a_weak_secret_debug_or_readable_data(tmp_path: Path, empty_database: Path) -> None:
    """S31."""
    for number, bad in enumerate(
        (
            {"SECRET_KEY": "dev"},
            {"DEBUG": True, "HOST": "192.168.1.2", "TESTING": False},
            {"BASE_URL": "http://workshop.example.org"},
            {"NONSENSE": 1},
        )
    ):
        with pytest.raises(Refused):
            installation.make(tmp_path / str(number), empty_database, **bad)
    folder = tmp_path / "open"
    installation.make(folder, empty_database)
    (folder / "workshop.sqlite").chmod(0o644)
    with pytest.raises(Refused, match="chmod"):
        installation.create_app(folder, **installation.SETTINGS)


def test_the_same_organisation_on_both_databases(any_app: Flask) -> None:
    with any_app.app_context():
        organisation(any_app, "Łódź")
        assert db.session.execute(sa.select(Organisation.name)).scalars().all() == ["Łódź"]
