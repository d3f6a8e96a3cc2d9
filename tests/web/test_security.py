"""What a stranger, another site, a guesser and a scanner try, and what they get."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build, installation
from tests.support.people import Participant, People, Person
from workshop.commands import running, scrubbing
from workshop.extensions import Base, db, setting
from workshop.forms import tidy
from workshop.keys import CODE_LENGTH, CODE_LETTERS, new_code
from workshop.queries import contributions, rooms

HTTPS = "https://workshop.example.org"


@pytest.fixture
def secure_app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The app behind https, as an organisation runs it."""
    made = installation.make(tmp_path / "secure", empty_database, BASE_URL=HTTPS)
    with installation.closing(made) as app:
        yield app


@pytest.mark.shows("S15")
def test_every_answer_carries_the_headers(app: Flask, people: People) -> None:
    """S15, on pages, files, errors and redirects."""
    room = build.workshop(app, people.organisation_id, "cards")
    for path in ("/", "/join", "/nothing", "/static/css/base.css", f"/j/{room.doors['lived']}", f"{room.path}/"):
        headers = people.stranger().get(path).response.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.shows("S15")
def test_personal_pages_are_never_stored(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    bea = people.bea(room)
    for what in ("", "my-words", "help"):
        headers = bea.see(what).response.headers
        assert headers["Cache-Control"] == "no-store"
        assert "Cookie" in headers["Vary"]


@pytest.mark.shows("S04", "S15")
def test_behind_https_cookies_are_host_bound_and_hsts_is_set(secure_app: Flask) -> None:
    """S04: `__Host-`, Secure, HttpOnly, SameSite; new at every join, whatever was there before."""
    people = People(secure_app)
    room = build.workshop(secure_app, people.organisation_id, "cards")
    bea = Person(secure_app, HTTPS)
    name = f"__Host-seat-{room.id[:10]}"
    bea.client.set_cookie(name, "f" * 32, domain="workshop.example.org", secure=True, path="/")
    welcome = bea.client.get(f"/j/{room.doors['lived']}", base_url=HTTPS)
    assert welcome.headers["Strict-Transport-Security"]
    token = welcome.get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    came = bea.client.post(f"/j/{room.doors['lived']}", data={"csrf_token": token}, base_url=HTTPS)
    cookies = [c for c in came.headers.getlist("Set-Cookie") if c.startswith("__Host-")]
    assert len(cookies) >= 2
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert f"{name}={'f' * 32}" not in cookies[0]


@pytest.mark.shows("S11")
def test_plain_http_in_the_open_and_strange_hosts_are_refused(app: Flask, secure_app: Flask) -> None:
    """S11: the host comes from the settings; forwarded hosts are not believed."""
    assert secure_app.test_client().get("/", base_url="http://workshop.example.org").status_code == 421
    for host in ("http://evil.example", "http://localhost.evil.example"):
        assert app.test_client().get("/join", base_url=host).status_code in (400, 421)
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    page = app.test_client().get("/join", base_url="http://localhost:5000", headers=forwarded)
    assert page.status_code == 200
    assert b"evil.example" not in page.data


@pytest.mark.shows("S12")
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=str,
)
def test_no_write_from_another_site(app: Flask, people: People, headers: dict[str, str]) -> None:
    """S12: every unsafe route, with a form token that is right."""
    room = build.workshop(app, people.organisation_id, "cards")
    bea = people.bea(room)
    token = bea.token()
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        values = dict.fromkeys(rule.arguments, "0" * 32) | {"workshop_id": room.id}
        with app.test_request_context(base_url="http://localhost:5000"):
            _, path = rule.build({k: v for k, v in values.items() if k in rule.arguments})  # type: ignore[misc]
        answer = bea.client.post(path, data={"csrf_token": token}, base_url=bea.address, headers=headers)
        assert answer.status_code == 403, path


@pytest.mark.shows("S12")
def test_a_write_without_a_form_token_is_refused(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    bea = people.bea(room)
    assert bea.post(f"{room.path}/help", token="").status == 403
    assert bea.post(f"{room.path}/help", token="made-up").status == 403


@pytest.mark.shows("S12")
def test_get_changes_nothing(app: Flask, people: People) -> None:
    """Every page read as everybody: no row appears or goes, but traces of who read (seen) and limits."""
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench")
    before = rows(app)
    for path in (f"/j/{room.doors['lived']}", f"/r/{bea.receipt}", "/", "/receipt"):
        people.stranger().get(path)
    for what in ("", "role", "help", "my-words", "look-up", f"words/{bea.words()[0]}", "taken-back"):
        bea.see(what)
    assert rows(app) == before


def rows(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            name: db.session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in Base.metadata.tables.items()
            if name not in ("failure", "seen")
        }


@pytest.mark.shows("S04", "S21")
def test_a_token_of_one_workshop_opens_nothing_in_another(app: Flask, people: People) -> None:
    """S04, S21."""
    river = build.workshop(app, people.organisation_id, "cards")
    hill = build.workshop(app, people.organisation_id, "cards")
    bea = people.bea(river)
    token = bea.cookie(f"seat-{river.id[:10]}") or ""
    stranger = people.stranger()
    stranger.client.set_cookie(f"seat-{hill.id[:10]}", token, domain="localhost")
    assert stranger.get(f"{hill.path}/").status == 403
    assert stranger.get(f"{hill.path}/my-words").status == 403


@pytest.mark.shows("S04")
def test_no_token_stays_in_the_address_after_joining(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    bea = people.stranger()
    location = bea.send(bea.get(f"/j/{room.doors['lived']}")).location
    assert room.doors["lived"] not in location


@pytest.mark.shows("S01")
def test_codes_are_seven_of_28_letters_and_all_letters_come_up() -> None:
    """S01."""
    codes = [new_code() for _ in range(2000)]
    assert len(set(codes)) == 2000
    assert {len(code) for code in codes} == {CODE_LENGTH} == {7}
    assert len(CODE_LETTERS) == 28
    counts = [sum(code.count(letter) for code in codes) for letter in CODE_LETTERS]
    assert min(counts) > 350  # 500 expected, six standard deviations are 131
    assert max(counts) < 650


@pytest.mark.shows("S01")
def test_wrong_locked_and_old_codes_look_the_same(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    stranger = people.stranger()

    def answer(code: str) -> tuple[int, str]:
        page = stranger.send(stranger.get("/join"), code=code)
        return page.status, page.text.replace(code, "")

    wrong = answer("ZZZZZZZ")
    with app.app_context():
        running.lock_doors(rooms.workshop(room.id), locked=True)
    assert answer(room.code) == wrong
    with app.app_context():
        running.lock_doors(rooms.workshop(room.id), locked=False)
        running.new_doors(room.id)
    assert answer(room.code) == wrong
    assert stranger.get(f"/j/{room.doors['lived']}").status == 404


@pytest.mark.shows("S02")
def test_a_hall_that_mistypes_gets_in_and_the_guesser_does_not(app: Flask, people: People) -> None:
    """S02: limits count failures. After 300 wrong codes in a minute the address waits; QR codes still work."""
    app.config["WRONG_CODES_PER_ADDRESS"] = 30
    room = build.workshop(app, people.organisation_id, "cards")
    hall = people.stranger()
    for number in range(20):
        code = room.code if number % 3 else "WRONG99"
        assert hall.send(hall.get("/join"), code=code).status in (303, 422)
    guesses = [hall.send(hall.get("/join"), code=new_code()).status for _ in range(40)]
    assert guesses.count(429) >= 10
    limited = hall.send(hall.get("/join"), code=new_code())
    assert limited.status == 429
    assert limited.response.headers["Retry-After"]
    Participant(app, room).write  # noqa: B018  joining by QR code still works
    assert hall.get(f"/j/{room.doors['lived']}").status == 200


@pytest.mark.shows("S02")
def test_one_phone_that_guesses_is_stopped_and_the_one_beside_it_is_not(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    guesser, beside = people.stranger(), people.stranger()
    assert [guesser.send(guesser.get("/join"), code=new_code()).status for _ in range(12)] == [422] * 10 + [429] * 2
    assert guesser.send(guesser.get("/join"), code=room.code).status == 429
    assert beside.send(beside.get("/join"), code=room.code).status == 303


@pytest.mark.shows("S03")
def test_a_429_keeps_the_words(app: Flask, people: People) -> None:
    """S03."""
    app.config["POSTS_PER_PERSON"] = 1
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    assert bea.write("cards", "The first").status == 303
    check = bea.send(bea.ask("cards"), text="The second, which must not get lost", go="next")
    busy = bea.send(check, go="send")
    assert busy.status == 429
    assert busy.response.headers["Retry-After"]
    assert "The second, which must not get lost" in busy.html
    app.config["POSTS_PER_PERSON"] = 5
    assert bea.send(busy, go="send").status == 303


@pytest.mark.shows("S02")
def test_a_resend_is_not_counted_against_anybody(app: Flask, people: People) -> None:
    app.config["POSTS_PER_PERSON"] = 1
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    check = bea.send(bea.ask("cards"), text="Once", go="next")
    assert [bea.send(check, go="send").status for _ in range(5)] == [303] * 5


@pytest.mark.shows("P05")
def test_guessing_receipts_is_stopped(app: Flask, people: People) -> None:
    """P05: lookups are limited by failures."""
    app.config["WRONG_RECEIPTS_PER_ADDRESS"] = 5
    stranger = people.stranger()
    said = [stranger.send(stranger.get("/receipt"), said=f"{number:020d}").status for number in range(8)]
    assert said == [404] * 5 + [429] * 3


@pytest.mark.parametrize("sent", [" " * 32, "é" * 32, "x" * 32, "a\n2030-01-01 ".ljust(32, "b")])
def test_only_an_id_is_buried_so_that_every_backup_can_be_restored(app: Flask, people: People, sent: str) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    people.bea(room).post(f"{room.path}/take-back", id=sent)
    assert not (Path(app.config["INSTANCE"]) / "tombstones.txt").exists()


def test_nobody_in_the_room_buries_the_workshop(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    people.bea(room).post(f"{room.path}/take-back", id=room.id)
    assert not (Path(app.config["INSTANCE"]) / "tombstones.txt").exists()


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7077 * 7001 }}",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "'-alert(1)-'",
    "http://evil.example/<b>bold</b>",
    "\u202eevil",
]


@pytest.mark.shows("S13", "S14")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_are_only_words(app: Flask, people: People, payload: str) -> None:
    """S13, S14: no script, no template, no link is ever made of what somebody wrote."""
    columns = {"topics": tidy(payload)}  # as the facilitator's form keeps them
    room = build.workshop(app, people.organisation_id, ("cards", columns), ("story", {"helped": True}))
    room.open("cards", "story")
    bea = people.bea(room)
    bea.tell("story", payload, helped=payload)
    for page in (bea.see(""), bea.see("my-words"), bea.see(f"words/{bea.words()[0]}"), bea.ask("cards")):
        assert "<script>alert" not in page.html
        assert "onerror=alert(1)>" not in page.html.replace("onerror=alert(1)&gt;", "")
        assert str(7077 * 7001) not in page.text  # a sum long enough to be no clock's
        assert not [link for link in page.links() if "evil.example" in link or link.startswith("javascript:")]
        assert "\u202e" not in page.html


@pytest.mark.shows("S32")
def test_an_error_shows_a_reference_never_a_trace(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """S32."""
    room = build.workshop(app, people.organisation_id, "cards")
    bea = people.bea(room)

    def broken(*_args: object) -> None:
        raise ValueError("secret detail of the inside")

    monkeypatch.setattr(contributions, "given_by", broken)
    page = bea.see("my-words")
    assert page.status == 500
    assert "secret detail" not in page.html
    assert "Traceback" not in page.html
    assert "If you tell somebody about it, say this number" in page.text


@pytest.mark.shows("S23")
def test_ids_are_not_permission(app: Flask, people: People) -> None:
    """S23: every id of the room in a stranger's hands opens nothing."""
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "Only for the facilitators.", level=1)
    [story] = bea.words()
    for path in (f"{room.path}/words/{story}", f"{room.path}/my-words", f"{room.path}/a/{room.activities['story']}"):
        assert people.stranger().get(path).status == 403
    assert people.cem(room).get(f"{room.path}/words/{story}").status == 403
    assert people.cem(room).get(f"{room.path}/words/{story}/worry").status == 404


@pytest.mark.shows("S22")
def test_unknown_fields_change_nothing(app: Flask, people: People) -> None:
    """S22: a form takes its own fields and no others."""
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench", state="shown", side="service", level="5", participant_id="x", late="1")
    with app.app_context():
        said = contributions.one(bea.words()[0], room.id)
        assert (said.state, said.side, said.level, said.late) == ("waiting", "lived", 2, False)
        assert rooms.present(room.id)["service"] == 0


@pytest.mark.shows("P09")
def test_limits_are_kept_as_seals(app: Flask, people: People) -> None:
    """P09: no network address in the database, not even in the counters."""
    people.stranger().send(people.stranger().get("/join"), code="WRONG99")
    with app.app_context():
        scrubbing.shorten_log_now()
        content = (Path(setting("INSTANCE")) / "workshop.sqlite").read_bytes()
    assert b"127.0.0.1" not in content
