"""What an operator types, and what they then read."""

import hashlib
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.support import build, installation
from tests.support.build import Room
from tests.support.people import People, Person
from tests.support.serving import ask, free_port
from workshop import create_app
from workshop.cli import main, readying, tables
from workshop.commands import choosing, keeping, restoring, taking_part, workshops
from workshop.extensions import db, keys, open_beside
from workshop.models import BallotLink, Export
from workshop.queries import rooms

START = "from workshop.cli import main; main()"


@dataclass
class Typed:
    """What a command printed, and how it ended."""

    code: int
    text: str


Type = Callable[..., Typed]


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type `workshop …` about the installation in this folder."""

    def run(*words: str, instance: str = "instance", **settings: str) -> Typed:
        capsys.readouterr()
        with monkeypatch.context() as at_the_keyboard:
            for name, value in settings.items():
                at_the_keyboard.setenv(f"WORKSHOP_{name}", value)
            at_the_keyboard.setattr(sys, "argv", ["workshop", "--instance", str(tmp_path / instance), *words])
            with pytest.raises(SystemExit) as end:
                main()
        return Typed(int(end.value.code or 0), "".join(capsys.readouterr()))

    return run


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    made = build.workshop(app, people.organisation_id, "story", "dots", "cards")
    made.open("story", "cards")
    return made


def test_the_list_of_commands(type_in: Type) -> None:
    shown = type_in("--help").text
    for name in ("serve", "demo", "user", "sign-in-link", "export", "backup", "restore", "check", "audit"):
        assert f"\n  {name} " in shown


def test_an_account_and_its_link(app: Flask, type_in: Type) -> None:
    made = type_in("user", "add", "ada@example.org", "--name", "Ada", "--organisation", "Riverside")
    assert made.code == 0
    assert "Ada organises Riverside." in made.text
    again = type_in("sign-in-link", "ada@example.org", BASE_URL="http://localhost:5000")
    link = re.search(r"http://localhost:5000(/sign-in/[0-9a-f]{32})", again.text)
    assert link
    ada = Person(app)
    assert ada.send(ada.get(link[1])).status == 303


def test_a_link_made_in_another_window_leads_to_where_the_app_runs(app: Flask, type_in: Type, tmp_path: Path) -> None:
    type_in("user", "add", "ada@example.org", "--name", "Ada", "--organisation", "Riverside")
    readying.make_ready(tmp_path / "instance", {"HOST": "127.0.0.1", "PORT": 8123})
    assert "http://127.0.0.1:8123/sign-in/" in type_in("sign-in-link", "ada@example.org").text


def test_an_account_that_is_there_and_one_that_is_not(app: Flask, type_in: Type) -> None:
    words = ("user", "add", "ada@example.org", "--name", "Ada", "--organisation", "Riverside")
    assert type_in(*words).code == 0
    assert "There is an account with ada@example.org already." in type_in(*words).text
    nobody = type_in("sign-in-link", "nobody@example.org")
    assert nobody.code == 1
    assert "There is no account with nobody@example.org." in nobody.text


def test_check_says_that_all_is_well(app: Flask, type_in: Type) -> None:
    checked = type_in("check")
    assert checked.code == 0, checked.text
    assert "Saving: a word was written to the disk and is safe." in checked.text
    assert "BAD" not in checked.text


def test_check_says_what_is_not_well(type_in: Type) -> None:
    checked = type_in("check", instance="new")
    assert checked.code == 1
    assert "BAD   Database: it has no tables yet. Start the app once: workshop serve" in checked.text


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY is too short or too simple."),
        ({"DEBUG": "1"}, "DEBUG shows the inside of the app."),
        ({"BASE_URL": "http://workshop.example.org"}, "is plain http on an open network."),
    ],
)
def test_dangerous_settings_are_refused_in_plain_words(type_in: Type, settings: dict[str, str], words: str) -> None:
    refused = type_in("check", **settings)
    assert refused.code == 1
    assert words in refused.text
    assert "Traceback" not in refused.text


def test_data_that_everybody_can_read_is_refused(app: Flask, type_in: Type, tmp_path: Path) -> None:
    (tmp_path / "instance" / "workshop.sqlite").chmod(0o644)
    refused = type_in("serve", "--port", "0")
    assert refused.code == 1
    assert "Everybody on this machine can read workshop.sqlite." in refused.text


def test_a_port_in_use_is_said_in_plain_words(type_in: Type) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = type_in("serve", "--host", "127.0.0.1", "--port", str(port))
    assert refused.code == 1
    assert f"Another program uses port {port}." in refused.text
    assert "Traceback" not in refused.text


def test_data_of_a_newer_program_is_left_alone(app: Flask, type_in: Type) -> None:
    with app.app_context(), db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    refused = type_in("serve", "--host", "127.0.0.1", "--port", "0")
    assert refused.code == 1
    assert "A newer Workshop has used this data." in refused.text


def test_the_audit_log_shows_a_changed_row(app: Flask, people: People, type_in: Type) -> None:
    people.ada  # noqa: B018 - an account that signs in leaves rows in the log
    assert type_in("audit", "verify").code == 0
    with app.app_context(), db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE audit SET act = 'nothing at all' WHERE id = 2")
    broken = type_in("audit", "verify")
    assert broken.code == 1
    assert "Row 2 of the audit log was changed" in broken.text


def test_the_first_run_says_where_everybody_comes_in(type_in: Type, tmp_path: Path) -> None:
    port = free_port()
    text = _serve_for_a_while(tmp_path, port)
    base = f"http://localhost:{port}"
    assert re.search(rf"{base}/sign-in/[0-9a-f]{{32}}\n", text)
    assert re.search(rf"{base}/s/[0-9a-f]{{32}}\n", text)
    assert re.search(rf"{base}/j/[0-9a-f]{{32}}\n", text)
    assert re.search(r"Code: [A-Z0-9]{7}\n", text)
    assert text.count("█") > 100
    assert "PRACTICE MODE. The connection is not encrypted" in text
    again = _serve_for_a_while(tmp_path, port)
    assert f"{base}/join" in again
    assert "workshop sign-in-link" in again
    assert (tmp_path / "first" / "address.txt").read_text("utf-8") == f"{base}\n"
    assert "/j/" not in again


def _serve_for_a_while(folder: Path, port: int) -> str:
    """Start, read what is printed, see that it answers, and stop."""
    command = [sys.executable, "-c", START, "--instance", str(folder / "first"), "serve"]
    env = {**os.environ, "WORKSHOP_HOST": "127.0.0.1", "PORT": str(port), "PYTHONIOENCODING": "utf-8"}
    env |= {"WORKSHOP_BASE_URL": f"http://localhost:{port}", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C stops the app" in line:
                break
        answered = ask(port, "/join").status
        process.terminate()
        process.communicate(timeout=10)
    assert answered == 200
    assert process.returncode == 0
    return "".join(lines)


def _words_of(path: Path) -> list[str]:
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as connection:
        found = [text for (text,) in connection.execute("SELECT text FROM contribution ORDER BY number")]
    connection.close()
    return found


def test_a_backup_comes_back_whole(app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path) -> None:
    people.bea(room).tell("story", "The stairs are steep.")
    saved = type_in("backup", str(tmp_path / "safe"))
    assert saved.code == 0, saved.text
    assert "The key is not in it." in saved.text
    (pack,) = (tmp_path / "safe").glob("workshop-*.zip")
    assert pack.stat().st_mode & 0o077 == 0
    assert "secret.key" not in zipfile.ZipFile(pack).namelist()
    key = str(tmp_path / "instance" / "secret.key")
    back = type_in("restore", str(pack), "--tombstones-are-lost", "--key", key, instance="new")
    assert back.code == 0, back.text
    assert "contribution: 1" in back.text
    assert _words_of(tmp_path / "new" / "workshop.sqlite") == ["The stairs are steep."]
    assert type_in("check", instance="new").code == 0


def test_what_was_taken_back_since_stays_taken_back(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    bea = people.bea(room)
    bea.tell("story", "Nobody may read this again.")
    (story,) = bea.words()
    with app.app_context():
        pack = keeping.backup(tmp_path / "instance", tmp_path / "old.zip")
        person = rooms.seat(_sealed(bea, room), room.id)
        taking_part.take_back(story, participant_id=person.id)
    refused = type_in("restore", str(pack), instance="new")
    assert refused.code == 1
    assert "Give the newest list of them" in refused.text
    assert not (tmp_path / "new").exists()
    tombstones = str(tmp_path / "instance" / "tombstones.txt")
    back = type_in("restore", str(pack), "--tombstones", tombstones, instance="new")
    assert "contribution: 0" in back.text
    everything = b"".join(path.read_bytes() for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert b"Nobody may read this again." not in everything
    assert story in (tmp_path / "new" / "tombstones.txt").read_text()


def test_a_deleted_workshop_stays_deleted_whatever_backup_comes_back(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    room.open("story")
    people.bea(room).tell("story", "Nobody may read this again.")
    ada = people.ada.id
    with app.app_context():
        pack = keeping.backup(tmp_path / "instance", tmp_path / "old.zip")
        workshops.delete(rooms.workshop(room.id), ada)
    type_in("restore", str(pack), "--tombstones", str(tmp_path / "instance" / "tombstones.txt"), instance="new")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "new").rglob("*.sqlite"))
    assert b"Nobody may read this again." not in everything
    assert b"River day" not in everything


def _sealed(who: Person, room: Room) -> str:
    return keys.seal("device", who.cookie(f"seat-{room.id[:10]}") or "")


def test_no_page_from_before_a_restore_is_believed(app: Flask, room: Room, tmp_path: Path) -> None:
    with app.app_context():
        pack = keeping.backup(tmp_path / "instance", tmp_path / "old.zip")
    restoring.restore(pack, tmp_path / "new")
    assert _epoch(tmp_path / "new") != _epoch(tmp_path / "instance")


def _epoch(instance: Path) -> str:
    connection = open_beside(str(instance / "workshop.sqlite"))
    (epoch,) = connection.execute("SELECT epoch FROM installation").fetchone()
    connection.close()
    return str(epoch)


def test_a_backup_does_not_know_who_chose_what(app: Flask, people: People, room: Room, tmp_path: Path) -> None:
    """Twelve people choose; in the copy nothing leads from a person to a ballot, not even the order."""
    room.open("dots")
    everybody = [people.bea(room) for _ in range(12)]
    with app.app_context():
        activity = room.activity("dots")
        for number, person in enumerate(everybody):
            seat = rooms.seat(_sealed(person, room), room.id)
            choosing.cast(activity, seat, f"{number:032x}", {f"own{number}": 1})
        assert db.session.query(BallotLink).count() == 12
        keeping.copy_database(tmp_path / "copy.sqlite")
    copy = open_beside(str(tmp_path / "copy.sqlite"))
    assert copy.execute("SELECT count(*) FROM ballot").fetchone() == (12,)
    assert copy.execute("SELECT count(*) FROM ballot_link").fetchone() == (0,)
    by_arrival = [row for (row,) in copy.execute("SELECT id FROM ballot NOT INDEXED")]
    copy.close()
    assert by_arrival == sorted(by_arrival)


def test_a_restore_writes_over_nothing(app: Flask, type_in: Type, tmp_path: Path) -> None:
    with app.app_context():
        pack = keeping.backup(tmp_path / "instance", tmp_path / "old.zip")
    refused = type_in("restore", str(pack), "--tombstones-are-lost")
    assert refused.code == 1
    assert "is not empty. A restore never writes over an installation" in refused.text


@pytest.mark.parametrize("damage", ["cut", "changed", "stranger", "nothing"])
def test_a_damaged_backup_is_refused(app: Flask, type_in: Type, tmp_path: Path, damage: str) -> None:
    with app.app_context():
        pack = keeping.backup(tmp_path / "instance", tmp_path / "old.zip")
    _damage(pack, damage)
    refused = type_in("restore", str(pack), "--tombstones-are-lost", instance="new")
    assert refused.code == 1
    assert "Traceback" not in refused.text
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob("new.restoring"))


def _damage(pack: Path, how: str) -> None:
    if how == "cut":
        pack.write_bytes(pack.read_bytes()[:20_000])
    elif how == "changed":
        data = bytearray(pack.read_bytes())
        data[30_000] ^= 1
        pack.write_bytes(data)
    elif how == "nothing":
        pack.write_bytes(b"")
    else:
        with zipfile.ZipFile(pack, "w") as archive:
            archive.writestr("../outside.txt", "out")
            archive.writestr("backup.json", json.dumps({"sha256": {"../outside.txt": "0"}}))


def test_an_upgrade_puts_a_copy_aside(tmp_path: Path) -> None:
    with installation.closing(create_app(tmp_path / "instance", **installation.SETTINGS)) as app, app.app_context():
        tables.upgrade()
        with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        readying.bring_tables_up_to_date(tmp_path / "instance")
    copies = list((tmp_path / "instance" / "backups").glob("before-upgrade-*.sqlite"))
    assert len(copies) == (0 if tables.newest() == "0001" else 1)


def test_an_export_is_written_and_recorded(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    assert f"{room.id}  open    River day" in type_in("export").text
    written = type_in("export", room.id, str(tmp_path / "pack.zip"))
    assert written.code == 0, written.text
    digest = hashlib.sha256((tmp_path / "pack.zip").read_bytes()).hexdigest()
    assert f"SHA-256: {digest}" in written.text
    with app.app_context():
        assert db.session.query(Export.sha256).all() == [(digest,)]
    assert type_in("export", "nowhere").code == 1
