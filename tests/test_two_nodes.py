"""Two nodes at one PostgreSQL: one room across both, one count, and one of them killed in the middle of it all."""

import os
import secrets
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from tests.support import build
from tests.support.build import Room
from tests.support.city import City, Node, faulty, gone, two_nodes
from tests.support.meanwhile import count
from tests.support.patience import until
from tests.support.people import Participant, People, Person
from tests.support.serving import Answer, Listener, ask, cookies_of
from workshop.cli import nodes as checked
from workshop.cli.readying import make_ready
from workshop.commands import nodes
from workshop.config import Refused
from workshop.extensions import db, setting
from workshop.models import Contribution, Event, Job, Organisation
from workshop.models.columns import new_id
from workshop.queries import choices

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(os.name == "nt", reason="kills a process as Linux and macOS do")]
GRACE = "2"
LOCKS = """SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE locktype = 'advisory' AND datname = %s"""
FORM = {"Content_Type": "application/x-www-form-urlencoded", "Sec_Fetch_Site": "same-origin"}


@pytest.fixture(scope="module")
def city(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with two_nodes(postgres, tmp_path_factory.mktemp("city"), GRACE) as city:
        yield city


@pytest.fixture(scope="module")
def people(city: City) -> People:
    return People(city.app)


@pytest.fixture
def room(city: City, people: People) -> Room:
    room = build.workshop(city.app, people.organisation_id, "cards", ("dots", {"items": "A garden\nA bench"}))
    room.open("cards", "dots")
    return room


def press(at: Node, who: Person, path: str, /, **fields: str) -> Answer:
    """Send a form of this person's through this node."""
    body = urlencode({"csrf_token": who.token(), **fields}).encode()
    return ask(at.port, path, "POST", body, Cookie=cookies_of(who), **FORM)


def card_form(who: Participant, text: str) -> dict[str, str]:
    """What is sent when somebody has checked a card: with the id that their phone made."""
    return {**who.send(who.ask("cards"), text=text, go="next").fields(), "go": "send"}


def approve(at: Node, people: People, room: Room, card_id: str) -> Answer:
    """Through this node, what the facilitator has read on the page."""
    path = f"{room.path}/console/words/{card_id}"
    fields = people.ada.get(path).fields("/approve")
    return ask(at.port, f"{path}/approve", "POST", urlencode(fields).encode(), Cookie=cookies_of(people.ada), **FORM)


def listen(at: Node, room: Room, who: Person, what: str = "phone?part=wall") -> Listener:
    return Listener(at.port, f"/live/{room.id}/{what}", cookies_of(who))


def test_two_that_start_at_once_make_one_installation(city: City) -> None:
    with city.app.app_context():
        assert count(Organisation, Organisation.example) == 1
        assert nodes.has_our_key()
    for each in (city.one, city.other):
        assert ask(each.port, "/readyz").status == 200


def test_what_is_approved_at_one_node_is_on_the_phones_of_the_other(city: City, people: People, room: Room) -> None:
    bea, cem = people.bea(room), people.cem(room)
    at_both = [listen(city.one, room, cem), listen(city.other, room, cem)]
    for phone in at_both:
        assert phone.status == 200
    assert (
        press(city.other, bea, f"{room.path}/a/{room.activities['cards']}", **card_form(bea, "A longer bench")).status
        == 303
    )
    began = time.monotonic()
    assert approve(city.one, people, room, bea.words()[0]).status == 303
    for phone in at_both:
        phone.wait_for("A longer bench")
    assert time.monotonic() - began < 4
    assert press(city.other, bea, f"{room.path}/words/{bea.words()[0]}/take-back").status == 303
    for phone in at_both:
        latest = time.monotonic() + 8
        while "A longer bench" in phone.states()[-1]["html"] and time.monotonic() < latest:
            phone.read(0.1)
        assert "A longer bench" not in phone.states()[-1]["html"]
        phone.close()


def test_who_is_put_out_at_one_node_hears_nothing_more_at_the_other(city: City, people: People, room: Room) -> None:
    screen = people.stranger()
    screen.follow(f"/s/{room.doors['screen']}")
    bea = people.bea(room)
    poster, phone = listen(city.other, room, screen, "screen"), listen(city.other, room, bea)
    assert (poster.status, phone.status) == (200, 200)
    assert press(city.one, people.ada, f"{room.path}/console/doors/lock").status == 303
    assert "Come in" not in ask(city.other.port, f"/j/{room.doors['lived']}").text
    assert press(city.one, people.ada, f"{room.path}/console/doors/new").status == 303
    assert poster.wait_for_end()
    assert not phone.ended
    for each in (poster, phone):
        each.close()


def test_ballots_through_both_nodes_are_one_count_and_it_is_made_once(city: City, people: People, room: Room) -> None:
    phones = [people.bea(room) for _ in range(6)]
    path = f"{room.path}/a/{room.activities['dots']}"
    for number, phone in enumerate(phones):
        form = phone.send(phone.ask("dots"), go="next", **{"items-own1": "1"}).fields()
        answer = press((city.one, city.other)[number % 2], phone, path, **{**form, "go": "send"})
        assert answer.status == 303, answer.text
    close = f"{room.path}/console/activity/{room.activities['dots']}/close"
    presses = [threading.Thread(target=press, args=(each, people.ada, close)) for each in (city.one, city.other)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    with city.app.app_context():
        assert until(lambda: not db.session.rollback() and room.activity("dots").state == "closed")
        assert len(choices.ballots(room.activities["dots"])) == 6
        assert count(Event, Event.workshop_id == room.id, Event.name == "counted") == 1
        assert until(lambda: not db.session.rollback() and count(Job, Job.name == "count") == 0)


def test_a_database_that_goes_away_is_a_503_with_the_words_and_comes_back_by_itself(
    city: City, people: People, room: Room
) -> None:
    """Every connection dies at once, and none is let in for a while."""
    bea, cem = people.bea(room), people.cem(room)
    form, path = card_form(bea, "A bench that stays"), f"{room.path}/a/{room.activities['cards']}"
    sent = urlencode(form).encode()
    cookies, phone = cookies_of(bea), listen(city.other, room, cem)
    with gone(city):
        refused = ask(city.other.port, path, "POST", sent, Cookie=cookies, **FORM)
        assert (refused.status, "A bench that stays" in refused.text) == (503, True)
        assert ask(city.other.port, "/readyz").status == 503
        assert ask(city.other.port, "/healthz").status == 200
        phone.read(1.5)
        assert not phone.ended
    with city.app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert ask(city.other.port, path, "POST", sent, Cookie=cookies, **FORM).status == 303
    assert approve(city.one, people, room, bea.words()[0]).status == 303
    phone.wait_for("A bench that stays")
    phone.close()


@pytest.mark.parametrize(("state", "why"), [("53100", "no space left"), ("58030", "input/output error")])
def test_a_full_or_broken_disk_of_the_database_is_a_503_and_nothing_half(
    city: City, people: People, room: Room, state: str, why: str
) -> None:
    bea = people.bea(room)
    form, path = card_form(bea, "A bench for rain"), f"{room.path}/a/{room.activities['cards']}"
    with faulty(city.app, state, why):
        refused = press(city.one, bea, path, **form)
        assert (refused.status, "A bench for rain" in refused.text) == (503, True)
        assert bea.words() == []
    assert press(city.one, bea, path, **form).status == 303
    assert len(bea.words()) == 1


def test_a_table_that_somebody_else_holds_is_a_503_in_time(city: City, people: People, room: Room) -> None:
    bea = people.bea(room)
    form, path = card_form(bea, "A bench in line"), f"{room.path}/a/{room.activities['cards']}"
    with city.app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE contribution IN EXCLUSIVE MODE")
        began = time.monotonic()
        refused = ask(city.one.port, path, "POST", urlencode(form).encode(), Cookie=cookies_of(bea), **FORM)
        assert time.monotonic() - began < 8
    assert (refused.status, "A bench in line" in refused.text) == (503, True)
    assert press(city.one, bea, path, **form).status == 303


def test_what_is_taken_back_at_one_node_stands_on_the_list_of_the_other(city: City, people: People, room: Room) -> None:
    bea = people.bea(room)
    press(city.other, bea, f"{room.path}/a/{room.activities['cards']}", **card_form(bea, "A bench to forget"))
    (card,) = bea.words()
    press(city.other, bea, f"{room.path}/words/{card}/take-back")
    assert card in (city.other.server.instance / "tombstones.txt").read_text("ascii")
    with city.app.app_context():
        assert setting("INSTANCE") == str(city.one.server.instance)
        nodes.gather_tombstones()
        nodes.gather_tombstones()
    assert (city.one.server.instance / "tombstones.txt").read_text("ascii").count(card) == 1


def test_one_of_many_claims_a_backup(city: City) -> None:
    with city.app.app_context():
        assert [nodes.claim("try", timedelta(days=999)) for _ in range(3)] == [True, False, False]


def test_a_node_with_a_key_of_its_own_is_told_so(city: City, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"copy their secret\.key"):
        make_ready(tmp_path / "third", {"SECRET_KEY": secrets.token_hex(32)})
    changed = {"SECRET_KEY": secrets.token_hex(32), "SECRET_KEY_FALLBACKS": [city.app.config["SECRET_KEY"]]}
    make_ready(tmp_path / "fourth", changed)
    with city.app.app_context():
        assert not nodes.has_our_key()
    make_ready(tmp_path / "fifth", {"SECRET_KEY_FALLBACKS": [changed["SECRET_KEY"]]})
    with city.app.app_context():
        assert nodes.has_our_key()


def test_check_says_what_a_second_node_lacks(city: City) -> None:
    with city.app.app_context():
        well, words = checked.others()
        assert (well, words.startswith("Nodes: 2 at this database now.")) == (False, True)
        assert "set S3_BUCKET" in words
        assert "set BACKUP_FOLDER" not in words
        assert checked.photos()[0]
        assert checked.durable()[0]
        with db.engine.begin() as connection:
            connection.execute(sa.text(f'ALTER DATABASE "{city.database}" SET synchronous_commit = off'))
        db.engine.dispose()
        assert checked.durable()[0], "a connection of ours switches it on for itself"


def test_a_node_that_is_killed_takes_nothing_with_it(city: City, people: People, room: Room) -> None:
    """The last of these, for one node dies: acknowledged cards are there once, and the phones go on at the other."""
    phones = [people.bea(room) for _ in range(4)]
    forms = [(phone, card_form(phone, "Bench")) for phone in phones]
    path, cem = f"{room.path}/a/{room.activities['cards']}", people.cem(room)
    wall = listen(city.other, room, cem)
    kept: list[str] = []
    sent: dict[str, tuple[str, bytes]] = {}
    threads = [threading.Thread(target=post_on, args=(city.one, path, *pair, sent, kept)) for pair in forms]
    for thread in threads:
        thread.start()
    assert until(lambda: len(kept) >= 12)
    city.one.kill()
    for thread in threads:
        thread.join(20)
    for cookies, body in sent.values():  # the phones go on at the other node, and send everything again
        assert ask(city.other.port, path, "POST", body, Cookie=cookies, **FORM).status == 303
    with city.app.app_context():
        ids = db.session.execute(sa.select(Contribution.id).where(Contribution.workshop_id == room.id)).scalars().all()
        assert sorted(ids) == sorted(sent)
        assert set(kept) <= set(ids)
    assert city.sql(LOCKS, city.database) == [(0,)]
    assert approve(city.other, people, room, ids[0]).status == 303
    wall.wait_for("Bench")
    wall.close()


def post_on(
    at: Node, path: str, phone: Participant, form: dict[str, str], sent: dict[str, tuple[str, bytes]], kept: list[str]
) -> None:
    """Card after card through this node, until it is gone."""
    cookies = cookies_of(phone)
    for number in range(40):
        mine = {**form, "id": new_id(), "text": f"Bench {number}"}
        sent[mine["id"]] = (cookies, urlencode(mine).encode())
        try:
            answer = ask(at.port, path, "POST", sent[mine["id"]][1], Cookie=cookies, **FORM)
        except (OSError, HTTPException):
            return
        assert answer.status == 303
        kept.append(mine["id"])
