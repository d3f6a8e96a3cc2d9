"""What an operator types, and what they then read."""

import hashlib
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.keyboard import Type
from tests.support.people import People, Person
from tests.support.serving import ask, free_port
from workshop.cli import readying
from workshop.extensions import db
from workshop.models import Export

START = "from workshop.cli import main; main()"


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    made = build.workshop(app, people.organisation_id, "story", "dots", "cards")
    made.open("story", "cards")
    return made


def test_the_list_of_commands(type_in: Type) -> None:
    shown = type_in("--help").text
    for name in (
        "serve",
        "demo",
        "user",
        "sign-in-link",
        "export",
        "backup",
        "restore",
        "recovery-words",
        "check",
        "audit",
    ):
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
    assert "people come in at http://127.0.0.1:8123" in type_in("check").text


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


@pytest.mark.shows("S31")
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


@pytest.mark.shows("S31")
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
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    refused = type_in("serve", "--host", "127.0.0.1", "--port", "0")
    assert refused.code == 1
    assert "A newer Workshop has used this data." in refused.text


@pytest.mark.shows("S30")
def test_the_audit_log_shows_a_changed_row(app: Flask, people: People, type_in: Type) -> None:
    people.ada  # noqa: B018 - an account that signs in leaves rows in the log
    assert type_in("audit", "verify").code == 0
    with app.app_context(), db.engine.begin() as connection:
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


def test_the_demo_says_whether_anything_runs(type_in: Type) -> None:
    shown = type_in("demo").text
    assert "Nothing runs yet. Start the app:" in shown
    assert "is running" not in shown
    assert "Ctrl-C" not in shown


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
