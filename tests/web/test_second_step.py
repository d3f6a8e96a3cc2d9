"""ada turns the second step on; her stolen password opens nothing; she loses her phone and comes in by a spare code."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner
from flask import Flask
from pyotp import TOTP

from tests.support import installation
from tests.support.page import Page
from tests.support.people import People, Person
from workshop.cli import workshop as cli
from workshop.commands import accounts, links
from workshop.extensions import db
from workshop.models import Audit, SpareCode, User
from workshop.models.columns import now

PASSWORD, EMAIL = "blue kettle sings", "eve@example.org"
HTTPS = "https://workshop.example.org"


@pytest.fixture
def eve(app: Flask, people: People) -> str:
    """The id of an account with a password, an organiser of ada's organisation."""
    with app.app_context():
        return accounts.add_user(EMAIL, "Eve", PASSWORD, people.organisation_id, "organiser")


def sign_in(who: Person) -> Page:
    return who.send(who.get("/sign-in"), email=EMAIL, password=PASSWORD)


def secret_on(page: Page) -> str:
    """What somebody types who cannot scan the code."""
    return "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page.html))


def turned_on(who: Person) -> tuple[TOTP, list[str]]:
    """The phone of somebody who has just turned the second step on, and the spare codes."""
    sign_in(who)
    page = who.get("/account/second-step")
    phone = TOTP(secret_on(page))
    page = who.send(page, code=digits(phone))
    assert page.h1 == "Your spare codes"
    spares = re.findall(r"<li><span>(\d{5})</span> <span>(\d{5})</span>", page.html)
    return phone, [f"{first} {second}" for first, second in spares]


def digits(phone: TOTP, later: int = 0) -> str:
    return phone.at(int(now().timestamp()) + later)


def is_in(who: Person) -> bool:
    return who.get("/account").status == 200


@pytest.mark.shows("S09")
def test_a_stolen_password_opens_nothing_and_the_phone_does(people: People, eve: str) -> None:
    phone, _spares = turned_on(people.stranger())
    other = people.stranger()
    assert sign_in(other).location.startswith("/second-step")
    assert not is_in(other)
    page = other.get("/second-step")
    assert other.send(page, code="000 000").status == 422
    assert not is_in(other)
    assert other.send(page, code=f" {digits(phone, 30)[:3]} {digits(phone, 30)[3:]} ").location == "/office"
    assert is_in(other)


def test_the_same_digits_work_once(people: People, eve: str) -> None:
    """Whoever looks over ada's shoulder has nothing."""
    phone, _spares = turned_on(people.stranger())
    code = digits(phone, 30)
    for who, status in ((people.stranger(), 303), (people.stranger(), 422)):
        sign_in(who)
        assert who.send(who.get("/second-step"), code=code).status == status


def test_digits_of_another_script_are_digits(people: People, eve: str) -> None:
    phone, _spares = turned_on(people.stranger())
    other = people.stranger()
    sign_in(other)
    arabic = digits(phone, 30).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert other.send(other.get("/second-step"), code=arabic).status == 303


def test_a_spare_code_works_once_and_is_kept_as_a_seal(app: Flask, people: People, eve: str) -> None:
    _phone, spares = turned_on(people.stranger())
    assert len(spares) == 8
    with app.app_context():
        kept = db.session.execute(sa.select(SpareCode.seal)).scalars().all()
        assert not {code.replace(" ", "") for code in spares} & set(kept)
    for who, status in ((people.stranger(), 303), (people.stranger(), 422)):
        sign_in(who)
        assert who.send(who.get("/second-step"), code=spares[3]).status == status


def test_six_guesses_are_too_many_and_the_right_digits_wait_too(people: People, eve: str) -> None:
    phone, _spares = turned_on(people.stranger())
    guesser = people.stranger()
    sign_in(guesser)
    page = guesser.get("/second-step")
    assert [guesser.send(page, code="000000").status for _ in range(6)] == [422] * 5 + [429]
    assert guesser.send(page, code=digits(phone, 30)).status == 429


def test_who_waits_too_long_signs_in_again(people: People, eve: str) -> None:
    phone, _spares = turned_on(people.stranger())
    slow = people.stranger()
    sign_in(slow)
    page = slow.get("/second-step")
    with time_machine.travel(now() + timedelta(minutes=20), tick=False):
        assert slow.send(page, code=digits(phone)).location.startswith("/sign-in")


def test_no_other_way_in_leaves_the_second_step_out(app: Flask, people: People, eve: str) -> None:
    """One-time links and new passwords are first steps, too."""
    turned_on(people.stranger())
    with app.app_context():
        ways = [
            f"/sign-in/{links.make_link(eve, 'sign_in')}",
            f"/o/{people.organisation_id}/new-password/{links.make_link(eve, 'reset', people.organisation_id)}",
        ]
    for path, said in zip(ways, ({}, {"new_password": "green teapot dances"}), strict=True):
        other = people.stranger()
        page = other.get(path)
        assert page.status == 200
        assert other.send(page, **said).location.startswith("/second-step")
        assert not is_in(other)


def test_turning_it_on_signs_other_browsers_out(people: People, eve: str) -> None:
    old = people.stranger()
    sign_in(old)
    assert is_in(old)
    turned_on(people.stranger())
    assert not is_in(old)


def test_nobody_locks_themselves_out_with_wrong_digits(people: People, eve: str) -> None:
    who = people.stranger()
    sign_in(who)
    page = who.send(who.get("/account/second-step"), code="123456")
    assert page.status == 422
    again = who.get("/account/second-step")
    assert secret_on(again) == secret_on(page), "the phone has this secret already"
    other = people.stranger()
    assert sign_in(other).location == "/office"


def test_it_is_turned_off_and_every_turn_is_in_the_audit_log(app: Flask, people: People, eve: str) -> None:
    who = people.stranger()
    turned_on(who)
    page = who.get("/account/second-step")
    assert "Spare codes left: 8" in page.text
    who.post("/account/second-step", token=page.fields()["csrf_token"], go="off")
    assert sign_in(people.stranger()).location == "/office"
    with app.app_context():
        acts = set(db.session.execute(sa.select(Audit.act).where(Audit.user_id == eve)).scalars())
        assert {"second step on", "new spare codes", "second step off"} <= acts
        assert db.session.execute(sa.select(sa.func.count()).select_from(SpareCode)).scalar() == 0


def test_the_database_alone_cannot_make_the_digits(app: Flask, people: People, eve: str) -> None:
    phone, _spares = turned_on(people.stranger())
    with app.app_context():
        row = db.session.execute(sa.select(User.second_step, User.password_hash).where(User.id == eve)).one()
    assert phone.secret not in "".join(row)


def test_whoever_runs_the_installation_turns_it_off(app: Flask, people: People, eve: str) -> None:
    turned_on(people.stranger())
    place = Path(app.config["INSTANCE"])
    said = CliRunner().invoke(cli, ["--instance", str(place), "user", "second-step-off", EMAIL])
    assert said.exit_code == 0, said.output
    assert sign_in(people.stranger()).location == "/office"


@pytest.fixture
def in_the_open(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The app behind https, as an organisation runs it."""
    made = installation.make(tmp_path / "open", empty_database, BASE_URL=HTTPS)
    with installation.closing(made) as app:
        yield app


@pytest.mark.shows("S09")
def test_in_the_open_an_organiser_needs_it_and_a_facilitator_does_not(in_the_open: Flask) -> None:
    organisation_id = People(in_the_open).organisation_id
    for role, status in (("organiser", 303), ("facilitator", 403)):
        who = Person(in_the_open, HTTPS)
        with in_the_open.app_context():
            user = accounts.add_user(f"{role}@example.org", role, PASSWORD, organisation_id, role)
            link = links.make_link(user, "sign_in")
        who.send(who.get(f"/sign-in/{link}"))
        assert who.get(f"/o/{organisation_id}/").status == 200, "workshops can be run"
        answer = who.get(f"/o/{organisation_id}/people")
        assert answer.status == status
        if role == "organiser":
            assert answer.location == f"/account/second-step?next=/o/{organisation_id}/people"
            page = who.get(answer.location)
            page = who.send(page, code=digits(TOTP(secret_on(page))))
            assert f"/o/{organisation_id}/people" in page.links()
            assert who.get(f"/o/{organisation_id}/people").status == 200
