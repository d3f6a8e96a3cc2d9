"""ada signs in, loses her laptop, changes her password, gets a link; dora's links open nothing of ada's."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.support import build
from tests.support.people import People, Person
from workshop.commands import accounts, command, links
from workshop.events import first_broken_seal
from workshop.extensions import db
from workshop.models import Audit, SignIn, SignInLink, User
from workshop.models.columns import now

PASSWORD, ANOTHER = "blue kettle sings", "green teapot dances"


@pytest.fixture
def eve(app: Flask, people: People) -> str:
    """The id of an account with a password, a facilitator of ada's organisation."""
    with app.app_context():
        return accounts.add_user("eve@example.org", "Eve", PASSWORD, people.organisation_id)


def sign_in(who: Person, password: str = PASSWORD, email: str = "eve@example.org", path: str = "/sign-in") -> object:
    return who.send(who.get(path), email=email, password=password)


def has_office(who: Person) -> bool:
    return who.get("/account").status == 200


def audit_of(app: Flask, act: str) -> list[str]:
    with app.app_context():
        return list(db.session.execute(sa.select(Audit.outcome).where(Audit.act == act)).scalars())


def test_a_password_signs_in_and_the_audit_log_knows(app: Flask, people: People, eve: str) -> None:
    browser = people.stranger()
    page = sign_in(browser, email="  EVE@Example.ORG ")
    assert page.location == "/office"
    assert browser.follow("/office").h1 == "What needs me today?"
    assert audit_of(app, "sign in") == ["done"]


def test_wrong_password_and_unknown_account_get_the_same_page(app: Flask, people: People, eve: str) -> None:
    wrong = sign_in(people.stranger(), "not the password")
    unknown = sign_in(people.stranger(), "not the password", email="nobody@example.org")
    assert wrong.status == unknown.status == 422
    assert "The address and the password do not fit together." in wrong.text
    assert wrong.text == unknown.text
    assert audit_of(app, "sign in") == ["denied", "denied"]


@pytest.mark.shows("S09")
def test_the_sixth_wrong_try_waits_and_the_one_time_link_still_works(app: Flask, people: People, eve: str) -> None:
    guesser = people.stranger()
    tries = [sign_in(guesser, "not the password").status for _ in range(6)]
    assert tries == [422] * 5 + [429]
    blocked = sign_in(guesser)
    assert blocked.status == 429
    assert 0 < int(blocked.response.headers["Retry-After"]) <= 900
    assert "use a one-time link" in blocked.text
    with app.app_context():
        link = links.make_link(eve, "sign_in")
    browser = people.stranger()
    browser.send(browser.get(f"/sign-in/{link}"))
    assert has_office(browser)


@pytest.mark.shows("S10")
def test_opening_a_link_changes_nothing_and_its_button_works_once(app: Flask, people: People, eve: str) -> None:
    with app.app_context():
        link = links.make_link(eve, "sign_in")
    scanner, browser, thief = people.stranger(), people.stranger(), people.stranger()
    for _look in range(3):
        assert scanner.get(f"/sign-in/{link}").h1 == "Sign in as Eve"
    stale = thief.get(f"/sign-in/{link}")
    browser.send(browser.get(f"/sign-in/{link}"))
    assert has_office(browser)
    assert thief.send(stale).status == 410
    assert thief.get(f"/sign-in/{link}").h1 == "This link works no more"
    assert not has_office(thief)


@pytest.mark.shows("S10")
def test_a_link_lives_thirty_minutes(app: Flask, people: People, eve: str) -> None:
    with app.app_context():
        link = links.make_link(eve, "sign_in")
    with time_machine.travel(now() + timedelta(minutes=29)):
        assert people.stranger().get(f"/sign-in/{link}").status == 200
    with time_machine.travel(now() + timedelta(minutes=31)):
        late = people.stranger()
        assert late.get(f"/sign-in/{link}").status == 410
        assert late.post(f"/sign-in/{link}").status == 410


@pytest.mark.shows("S21")
def test_a_link_is_good_for_its_purpose_and_organisation_alone(app: Flask, people: People, eve: str) -> None:
    here, there = people.organisation_id, people.other_organisation_id
    with app.app_context():
        reset = links.make_link(eve, "reset", here)
        come_in = links.make_link(eve, "sign_in")
        invitation = links.invite(here, "new@example.org", "organiser", eve)
    wrong = [
        f"/sign-in/{reset}",
        f"/sign-in/{invitation}",
        f"/o/{here}/new-password/{come_in}",
        f"/o/{here}/new-password/{invitation}",
        f"/o/{here}/invitation/{reset}",
        f"/o/{there}/invitation/{invitation}",
        f"/o/{there}/new-password/{reset}",
    ]
    browser = people.stranger()
    fields = {"name": "N", "new_password": ANOTHER}
    assert {browser.get(path).status for path in wrong} == {410}
    assert {browser.post(path, **fields).status for path in wrong} == {410}
    assert browser.get(f"/o/{here}/invitation/{invitation}").status == 200


@pytest.mark.shows("S10")
def test_only_seals_of_links_and_sign_ins_are_kept(app: Flask, people: People, eve: str) -> None:
    with app.app_context():
        link = links.make_link(eve, "sign_in")
        token = accounts.begin(eve, "sign in")
        links_kept = db.session.execute(sa.select(SignInLink.token_hash)).scalars().all()
        kept = db.session.execute(sa.select(SignIn.token_hash)).scalars().all()
    assert link not in str(links_kept)
    assert token not in str(kept)


@pytest.mark.shows("S08")
def test_signing_out_ends_this_browser_and_an_old_cookie_opens_nothing(app: Flask, people: People, eve: str) -> None:
    browser, other = people.stranger(), people.stranger()
    sign_in(browser)
    sign_in(other)
    stolen = browser.cookie("workshop")
    browser.send(browser.get("/account"), action="/sign-out")
    browser.client.set_cookie("workshop", stolen or "", domain="localhost")
    assert browser.get("/account").status == 303
    assert has_office(other)


def test_signing_out_everywhere_ends_every_browser(app: Flask, people: People, eve: str) -> None:
    browser, other = people.stranger(), people.stranger()
    sign_in(browser)
    sign_in(other)
    browser.send(browser.get("/account"), action="/sign-out/everywhere")
    assert not has_office(browser)
    assert not has_office(other)


@pytest.mark.shows("S08")
def test_every_sign_in_has_a_token_of_its_own(app: Flask, people: People, eve: str) -> None:
    browser = people.stranger()
    browser.get("/sign-in")
    planted = browser.cookie("workshop")
    sign_in(browser)
    first = browser.cookie("workshop")
    sign_in(browser)
    assert len({planted, first, browser.cookie("workshop")}) == 3


@pytest.mark.shows("S08")
def test_a_new_password_ends_the_other_browsers_and_open_links(app: Flask, people: People, eve: str) -> None:
    browser, other = people.stranger(), people.stranger()
    sign_in(browser)
    sign_in(other)
    with app.app_context():
        link = links.make_link(eve, "sign_in")
    page = browser.send(
        browser.get("/account"), action="/account/password", password=PASSWORD, new_password=f"{ANOTHER}  "
    )
    assert "Your password is changed." in browser.get(page.location).text
    assert not has_office(other)
    assert people.stranger().get(f"/sign-in/{link}").status == 410
    assert sign_in(people.stranger()).status == 422
    assert sign_in(people.stranger(), f"{ANOTHER}  ").status == 303, "Spaces at the end are part of a password."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("not the password", ANOTHER, "This is not your password."),
        (PASSWORD, "short one", "Use at least 12 characters."),
        (PASSWORD, "password1234", "Many people would guess this."),
        (PASSWORD, "Eve. Example!", "Many people would guess this."),
        (PASSWORD, "ab" * 65, "2 characters too long"),
    ],
)
def test_a_password_that_cannot_be_taken_says_why(
    app: Flask, people: People, eve: str, old: str, new: str, says: str
) -> None:
    browser = people.stranger()
    sign_in(browser)
    page = browser.send(browser.get("/account"), action="/account/password", password=old, new_password=new)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert says in page.text
    assert new not in page.html
    assert has_office(browser)
    assert sign_in(people.stranger()).status == 303


@pytest.mark.shows("S08")
def test_sleeping_twelve_hours_signs_out_working_does_not(app: Flask, people: People, eve: str) -> None:
    sleeper, worker = people.stranger(), people.stranger()
    start = now()
    sign_in(sleeper)
    sign_in(worker)
    for hours in (5, 10, 13):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert has_office(worker)
    with time_machine.travel(start + timedelta(hours=13)):
        assert not has_office(sleeper)


@pytest.mark.shows("S08")
def test_after_seven_days_everybody_signs_in_again(app: Flask, people: People, eve: str) -> None:
    worker = people.stranger()
    start = now()
    sign_in(worker)
    for hours in range(10, 7 * 24, 10):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert has_office(worker)
    with time_machine.travel(start + timedelta(days=7, minutes=1)):
        assert not has_office(worker)


def test_being_here_is_noted_at_most_every_five_minutes(app: Flask, people: People, eve: str) -> None:
    browser = people.stranger()
    start = now()
    sign_in(browser)

    def seen() -> object:
        with app.app_context():
            return db.session.execute(sa.select(SignIn.seen_at)).scalar_one()

    first = seen()
    with time_machine.travel(start + timedelta(minutes=4)):
        has_office(browser)
    assert seen() == first
    with time_machine.travel(start + timedelta(minutes=6)):
        has_office(browser)
    assert seen() != first


def test_an_account_that_is_switched_off_is_out(app: Flask, people: People, eve: str) -> None:
    browser = people.stranger()
    sign_in(browser)

    @command
    def switch_off() -> None:
        db.session.execute(sa.update(User).where(User.id == eve).values(active=False))

    with app.app_context():
        switch_off()
    assert not has_office(browser)
    assert sign_in(people.stranger()).status == 422


def test_the_page_that_was_asked_for_comes_after_the_sign_in(app: Flask, people: People, eve: str) -> None:
    browser = people.stranger()
    asked = browser.get(f"/o/{people.organisation_id}/workshops/new")
    assert asked.status == 303
    assert sign_in(browser, path=asked.location).location == f"/o/{people.organisation_id}/workshops/new"


@pytest.mark.shows("S16")
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\r\nLocation: //evil.example",
        "%2f%2fevil.example",
        "/%2f%2fevil.example",
        "/%252f%252fevil.example",
        "/%5cevil.example",
        "/／evil.example",
        "//user:pass@evil.example",
        "javascript:alert(1)",
        "/" + "a" * 600,
    ],
)
def test_next_leads_to_no_other_place(app: Flask, people: People, eve: str, elsewhere: str) -> None:
    page = people.stranger()
    answer = page.send(page.get("/sign-in"), email="eve@example.org", password=PASSWORD, next=elsewhere)
    assert answer.location == "/office"


@pytest.mark.shows("A03")
def test_paste_and_password_managers_work(people: People) -> None:
    page = people.stranger().get("/sign-in")
    fields = {field.get("name"): field for field in page.all("input")}
    assert fields["email"].get("autocomplete") == "username"
    assert fields["password"].get("autocomplete") == "current-password"
    assert "onpaste" not in page.html


@pytest.mark.shows("S08")
def test_saying_the_password_again_is_asked_before_what_cannot_be_undone(app: Flask, people: People, eve: str) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    with app.app_context():
        accounts.add_user("organiser@example.org", "Olga", PASSWORD, people.organisation_id, "organiser")
    browser = people.stranger()
    start = now()
    sign_in(browser, email="organiser@example.org")
    path = f"{room.path}/office/delete"
    assert browser.get(path).status == 200
    with time_machine.travel(start + timedelta(minutes=16)):
        asked = browser.get(path)
        assert asked.location.startswith("/account/confirm")
        assert browser.post(path).location.startswith("/account/confirm")
        page = browser.get(asked.location)
        assert browser.send(page, password="not the password").status == 422
        assert browser.send(page, password=PASSWORD).location == path
        assert browser.get(path).h1 == "Delete River day?"


@pytest.mark.shows("S30")
def test_a_refusal_leaves_a_line_and_the_chain_holds(app: Flask, people: People, eve: str) -> None:
    browser = people.stranger()
    sign_in(browser)
    assert browser.get(f"/o/{people.organisation_id}/people").status == 403
    assert audit_of(app, "denied") == ["denied"]
    with app.app_context():
        assert first_broken_seal() is None


@pytest.mark.shows("S30")
def test_a_changed_line_of_the_audit_log_is_found(app: Flask, people: People, eve: str) -> None:
    sign_in(people.stranger())

    @command
    def forge() -> int:
        line = db.session.execute(sa.select(Audit).where(Audit.act == "sign in")).scalar_one()
        line.act = "nothing\r\nat all"
        return line.id

    with app.app_context():
        assert forge() == first_broken_seal()


@pytest.mark.shows("S11")
@pytest.mark.parametrize("host", ["evil.example", "localhost:5000@evil.example", "localhost.evil.example"])
def test_links_to_pass_on_never_follow_the_request(people: People, host: str) -> None:
    page = people.ada.get(f"/o/{people.organisation_id}/people")
    fields = {"email": "new@example.org", "role": "facilitator"}
    answer = people.ada.client.post(
        f"/o/{people.organisation_id}/people",
        data={**page.fields("/people"), **fields},
        base_url="http://localhost:5000",
        headers={"X-Forwarded-Host": host, "X-Forwarded-Proto": "https", "Forwarded": f"host={host}"},
    )
    assert f"http://localhost:5000/o/{people.organisation_id}/invitation/" in answer.text
    assert "evil.example" not in answer.text


def test_everything_that_asks_again_who_i_am_has_a_page_to_come_back_to(app: Flask) -> None:
    """After the password was said again, the browser is sent to the address; a POST alone would be a dead end."""
    rules = list(app.url_map.iter_rules())
    readable = {rule.rule for rule in rules if "GET" in (rule.methods or ())}
    for rule in rules:
        if getattr(app.view_functions[rule.endpoint], "asks_again", False):
            assert rule.rule in readable, rule.rule
