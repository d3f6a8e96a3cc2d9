"""What somebody outside can send, ask and measure: nothing is fetched, cut, run, told apart or made slow by it."""

import ast
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build, installation
from tests.support.page import data_of
from tests.support.people import People, Person
from workshop.commands import command, running
from workshop.config import Refused
from workshop.events import audit, first_broken_seal
from workshop.extensions import db
from workshop.models import Audit
from workshop.queries import rooms

PACKAGE = Path(build.__file__).parents[2] / "workshop"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
CLIENTS = {"http.client", "urllib.request", "requests", "httpx", "aiohttp", "smtplib", "ftplib", "xmlrpc.client"}
# The operator's own commands knock at the operator's own server; no page reaches them.
MAY_ASK = {"play/browser.py", "cli/demonstrating.py"}
ADDRESSES = [
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:127.0.0.1]/",
    "http://2130706433/",
    "file:///etc/passwd",
    "https://example.org/picture.jpg",
]
# Who puts a pattern together, and why no word can become one.
ESCAPES = {
    "counting/pieces.py": "escapes each word before it joins them",
    "protecting/cues.py": "escapes the phrases of its own list",
    "protecting/suggestions.py": "escapes the words of a text; the rest stands in its own lists",
    "queries/search.py": "has the database escape the word",
}
ALIKE = {"like", "ilike", "contains", "regexp_match", "regexp_replace"}  # as SQLAlchemy calls them
SLOW = ["a" * 20_000 + "!", "1 " * 10_000 + "x", " " * 20_000 + "x", "a@" * 10_000, "%" * 20_000, "é." * 10_000]


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.shows("S27")
def test_no_page_has_anything_to_fetch_an_address_with() -> None:
    found = {name_of(path) for path in MODULES if CLIENTS & set(imports(path))}
    assert found == MAY_ASK


@pytest.mark.shows("S27")
def test_no_address_that_somebody_writes_is_called(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}), "cards")
    room.open("story", "cards")
    bea, ada, called = people.bea(room), people.ada, []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: called.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_rest, **_more: called.append(host))
    for address in ADDRESSES:
        assert bea.tell("story", address).status == 303
        assert bea.write("cards", address).status == 303
    for story in bea.words():
        assert bea.see(f"words/{story}").status == ada.get(f"{room.path}/console/words/{story}").status == 200
    assert called == []


@pytest.mark.shows("S28")
def test_no_search_pattern_is_made_of_words() -> None:
    """Every pattern stands in the code, also where the database looks for what is alike."""
    made = []
    for path in MODULES:
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            called = ast.unparse(call.func)
            searches = (called.startswith("re.") and called != "re.escape") or called.rsplit(".", 1)[-1] in ALIKE
            searches = searches and called != "search.like"  # ours: stories that are near one another
            if searches and not is_fixed(call.args[0]) and name_of(path) not in ESCAPES:
                made.append(f"{name_of(path)}:{call.lineno} {called}")
    assert made == []


def is_fixed(pattern: ast.expr) -> bool:
    """A text of the code, or one put together of its constants and of what is escaped."""
    escaped = [
        node for node in ast.walk(pattern) if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape"
    ]
    inside = {id(name) for call in escaped for name in ast.walk(call)}
    names = [node.id for node in ast.walk(pattern) if isinstance(node, ast.Name) and id(node) not in inside]
    return all(name.isupper() or name in ("chr", "len") for name in names)


@pytest.mark.shows("S28")
@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:4])
def test_no_text_makes_a_page_slow(app: Flask, people: People, text: str) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea, stranger = people.bea(room), people.stranger()
    token, mine = stranger.token(), bea.token()
    bea.tell("story", "The lift was broken.")
    story = f"{room.path}/words/{bea.words()[0]}"
    tries: list[tuple[Person, str, dict[str, str]]] = [
        (stranger, "/join", {"code": text, "csrf_token": token}),
        (stranger, "/receipt", {"said": text, "csrf_token": token}),
        (stranger, "/sign-in", {"email": text, "password": text, "next": text, "csrf_token": token}),
        (bea, f"{story}/level", {"level": "5", "display_name": text, "csrf_token": mine}),
        (bea, f"{story}/correct", {"text": text, "csrf_token": mine}),
    ]
    for person, path, fields in tries:
        began = time.process_time()
        assert person.post(path, token=fields.pop("csrf_token"), **fields).status < 500
        assert time.process_time() - began < 1, path


@pytest.mark.shows("S29")
@pytest.mark.parametrize(
    "text", ["x" * 20_000, "𝔴" * 20_000, "👩🏽‍🚒" * 4_000], ids=["letters", "four bytes", "joined"]
)
def test_words_far_too_long_come_back_whole(app: Flask, people: People, text: str) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text=text, go="next")
    assert page.status == 422
    assert page.fields()["text"] == text
    assert bea.words() == []


@pytest.mark.shows("S29")
@pytest.mark.parametrize("letter", ["x", "𝔴"])
def test_what_is_just_short_enough_is_kept_to_the_last_letter(app: Flask, people: People, letter: str) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    assert bea.write("cards", letter * 500).status == 303
    assert letter * 500 in bea.see("my-words").text


@pytest.mark.shows("S18")
@pytest.mark.parametrize(
    "sent", [{f"field{n}": "x" for n in range(600)}, {"code": "x" * 600_000}], ids=["many", "long"]
)
def test_a_form_of_too_many_or_too_large_parts_is_not_read(people: People, sent: dict[str, str]) -> None:
    stranger = people.stranger()
    fields = {"csrf_token": stranger.token(), **sent}
    parts = [f'--here\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}\r\n' for name in fields]
    answer = stranger.client.post(
        "/join",
        data="".join([*parts, "--here--\r\n"]).encode(),
        base_url=stranger.address,
        headers={"Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=here"},
    )
    assert answer.status_code == 413
    assert "This is too big to send" in answer.get_data(as_text=True)


@pytest.mark.shows("S22")
def test_answers_as_data_hold_these_and_no_other_keys(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    room.open("story", "cards")
    bea, screen = people.bea(room), people.stranger()
    bea.tell("story", "The lift was broken.")
    screen.get(f"/s/{room.doors['screen']}")
    part = {"part", "html", "revision"}
    asked = [
        (bea, "parts/phone/now", part),
        (screen, "parts/screen/screen", part),
        (people.ada, "parts/console/queue", part),
        (people.ada, "console/front", {"html"}),
    ]
    for person, path, keys in asked:
        assert set(data_of(person.get(f"{room.path}/{path}"))) == keys, path


@contextmanager
def questions_to(app: Flask) -> Iterator[list[str]]:
    """What the database is asked meanwhile, without what differs from code to code."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.shows("S01")
def test_wrong_locked_and_old_codes_take_the_same_way(app: Flask, people: People) -> None:
    """The same questions to the database in the same order, so that no clock tells them apart."""
    room = build.workshop(app, people.organisation_id, "cards")
    stranger = people.stranger()
    stranger.send(stranger.get("/join"), code="YYYYYYY")  # the first wrong one makes the counter

    def way(code: str) -> list[str]:
        page = stranger.get("/join")
        with questions_to(app) as asked:
            assert stranger.send(page, code=code).status == 422
        return list(asked)

    wrong = way("ZZZZZZZ")
    with app.app_context():
        running.lock_doors(rooms.workshop(room.id), locked=True)
    locked = way(room.code)
    with app.app_context():
        running.lock_doors(rooms.workshop(room.id), locked=False)
        running.new_doors(room.id)
    assert wrong
    assert locked == way(room.code) == wrong


@pytest.mark.shows("S30")
def test_no_line_of_the_audit_log_can_be_made_to_look_like_two(app: Flask) -> None:
    @command
    def act() -> None:
        audit("rename", user_id=None, thing="River\r\n2030-01-01 export by nobody\x1b[2K\u2028", outcome="done")

    with app.app_context():
        act()
        [line] = db.session.execute(sa.select(Audit.thing).where(Audit.act == "rename")).scalars()
        assert line.isprintable()
        assert first_broken_seal() is None


@pytest.mark.shows("S31")
def test_nothing_that_people_hold_ends_with_a_new_key(tmp_path: Path, empty_database: Path) -> None:
    """The older key is named beside the new one for a while; whoever drops it at once puts everybody out."""
    old, new = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with installation.closing(installation.make(tmp_path / "in", empty_database, SECRET_KEY=old)) as app:
        people = People(app)
        room = build.workshop(app, people.organisation_id, "cards")
        bea, signed_in, screen = people.bea(room), people.ada.cookie("workshop") or "", people.stranger()
        screen.get(f"/s/{room.doors['screen']}")
    for fallbacks, works in (([old], True), ([], False)):
        settings = {"SECRET_KEY": new, "SECRET_KEY_FALLBACKS": fallbacks}
        with installation.closing(installation.create_app(tmp_path / "in", **installation.SETTINGS | settings)) as app:
            phone, desk = Person(app), Person(app)
            assert (phone.send(phone.get(f"/r/{bea.receipt}")).status == 303) is works
            assert (Person(app).get(f"/j/{room.doors['lived']}").status == 200) is works, "printed on every table"
            hand = Person(app)
            typed = hand.send(hand.get("/join"), code=room.code)
            assert (hand.follow(typed.location).status == 200) is works
            for held, path in ((bea, "my-words"), (screen, "screen")):
                held.app, held.client.application = app, app
                assert (held.get(f"{room.path}/{path}").status == 200) is works
            desk.client.set_cookie("workshop", signed_in, domain="localhost")
            assert (desk.get(f"{room.path}/console").status == 200) is works


@pytest.mark.shows("S31")
@pytest.mark.parametrize("key", ["dev", "secret", "a" * 64, "0123456789"])
def test_a_key_that_can_be_guessed_is_refused(tmp_path: Path, empty_database: Path, key: str) -> None:
    with pytest.raises(Refused):
        installation.make(tmp_path / "in", empty_database, SECRET_KEY=key)
