"""The app on a phone: the worker's script, the manifest, the page for times without network."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import build, installation
from tests.support.people import Participant, People
from workshop.web import installable


@pytest.fixture
def secure(tmp_path: Path, empty_database: Path) -> Flask:
    """The same app behind https, as it should be."""
    return installation.make(tmp_path / "secure", empty_database, BASE_URL="https://workshop.example")


def status(client: FlaskClient, path: str) -> int:
    with client.get(path) as answer:
        return answer.status_code


def test_the_script_names_what_it_keeps_and_each_of_it_is_there(app: Flask) -> None:
    client = app.test_client()
    script = client.get("/sw.js")
    assert script.mimetype == "text/javascript"
    assert script.headers["Cache-Control"] == "no-cache"
    [shell] = [line for line in script.text.splitlines() if line.startswith("const SHELL = ")]
    files = json.loads(shell.removeprefix("const SHELL = ").removesuffix(";"))
    assert {"/static/js/outbox.js", "/static/js/sha256.js", "/offline/en", "/offline/ar"} <= set(files)
    assert [path for path in files if status(client, path) != 200] == []
    assert len(files) == len(set(files))


def test_switched_off_the_script_keeps_nothing(tmp_path: Path, empty_database: Path) -> None:
    with installation.closing(installation.make(tmp_path / "off", empty_database, SERVICE_WORKER=False)) as app:
        script = app.test_client().get("/sw.js").text
    assert "unregister" in script
    assert "addEventListener('fetch'" not in script


def test_another_file_is_another_build(app: Flask, tmp_path: Path) -> None:
    """A new build keeps its files under a new name, and the old ones go."""
    with app.app_context():
        before = installable.build.__wrapped__()
        assert installable.build.__wrapped__() == before
        static = tmp_path / "static"
        for path in Path(app.static_folder or "").rglob("*"):
            if path.is_file():
                (static / path.relative_to(app.static_folder or "")).parent.mkdir(parents=True, exist_ok=True)
                (static / path.relative_to(app.static_folder or "")).write_bytes(path.read_bytes())
        (static / "js" / "post.js").write_text("// changed\n", "utf-8")
        app.static_folder = str(static)
        assert installable.build.__wrapped__() != before


def test_the_manifest_speaks_the_pages_language_and_its_pictures_are_there(app: Flask) -> None:
    client = app.test_client()
    english, arabic = (client.get(f"/app/{code}.webmanifest").json for code in ("en", "ar"))
    assert english is not None
    assert arabic is not None
    assert (english["dir"], arabic["dir"]) == ("ltr", "rtl")
    assert english["name"] != arabic["name"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in english["icons"]}
    assert [icon for icon in english["icons"] if status(client, icon["src"]) != 200] == []
    assert status(client, "/app/xx.webmanifest") == 404


def test_in_a_hall_without_https_pages_offer_no_worker(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    bea = people.bea(room)
    assert 'name="worker"' not in bea.see("help").html
    assert "Workshop-Shell" not in bea.see("help").response.headers


def test_over_https_pages_offer_it_once_somebody_is_in(secure: Flask) -> None:
    with installation.closing(secure) as app:
        room = build.workshop(app, People(app).organisation_id, "cards")
        room.open("cards")
        bea = Participant.__new__(Participant)
        super(Participant, bea).__init__(app, "https://workshop.example")
        welcome = bea.get(f"/j/{room.doors['lived']}")
        assert 'name="worker"' not in welcome.html
        bea.get(bea.send(welcome).location)
        question = bea.get(f"{room.path}/a/{room.activities['cards']}")
        assert 'name="worker"' in question.html
        assert question.response.headers["Workshop-Keep"] == "question"
        assert "Workshop-Keep" not in bea.get(f"{room.path}/my-words").response.headers


def test_the_page_without_network_is_nobodys(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    bea = people.bea(room)
    html = bea.get("/offline/en").html
    assert room.id not in html
    assert 'name="person"' not in html
    assert html == people.stranger().get("/offline/en").html
