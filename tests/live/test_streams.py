"""Phones, consoles and the screen follow their room over the wire, and nobody else's."""

import re
import time

import pytest
import sqlalchemy as sa

from tests.live.conftest import Follow
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from tests.support.serving import Running, ask, cookies_of
from workshop.commands import command, running
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Activity, Participant
from workshop.models.columns import now
from workshop.queries import rooms
from workshop.web import cookies


@command
def ask_anew(room: Room, prompt: str) -> None:
    """The question on everybody's phone changes."""
    db_update = sa.update(Activity).where(Activity.id == room.activities["cards"]).values(prompt=prompt)
    _run(db_update)
    announce(room.id, "changed_agenda")


@command
def send_away(room: Room) -> None:
    """Everybody in this room is shown out."""
    _run(sa.update(Participant).where(Participant.workshop_id == room.id).values(removed_at=now()))
    announce(room.id, "removed")


def _run(statement: sa.Update) -> None:
    db.session.execute(statement)


def test_a_phone_has_the_state_at_once_and_then_every_change(people: People, room: Room, follow: Follow) -> None:
    bea = follow(room, people.bea(room))
    assert bea.status == 200
    assert "content-type: text/event-stream" in bea.head
    assert "cache-control: no-store" in bea.head
    assert "content-security-policy:" in bea.head
    bea.wait_for("What about cards?")
    began = time.monotonic()
    with room.app.app_context():
        ask_anew(room, "What about the waiting room?")
    state = bea.wait_for("What about the waiting room?")
    assert time.monotonic() - began < 2
    assert state["part"] == "now"
    assert len(state["etag"]) == 20
    assert b"id: %d\n" % state["revision"] in bea.buffer


def test_a_page_is_sent_only_the_parts_that_it_shows(people: People, room: Room, follow: Follow) -> None:
    bea = people.bea(room)
    everything = follow(room, bea)
    one = follow(room, bea, asked="?part=now")
    one.read(1.5)
    everything.read(0.5)
    assert {state["part"] for state in one.states()} == {"now"}
    assert {state["part"] for state in everything.states()} == {"now", "look-up", "wall", "gathered"}


def test_what_looks_the_same_is_not_sent_again(people: People, room: Room, follow: Follow) -> None:
    bea = follow(room, people.bea(room), asked="?part=now")
    bea.wait_for("What about cards?")
    with room.app.app_context():
        announce_nothing(room)
    bea.read(1.5)
    assert len(bea.states()) == 1


@command
def announce_nothing(room: Room) -> None:
    announce(room.id, "changed_something_elsewhere")


def test_a_storm_of_changes_comes_as_four_a_second_and_ends_with_the_last(
    people: People, room: Room, follow: Follow
) -> None:
    bea = follow(room, people.bea(room), asked="?part=now")
    bea.wait_for("What about cards?")
    began = time.monotonic()
    with room.app.app_context():
        for number in range(30):
            ask_anew(room, f"Question {number}.")
            time.sleep(0.05)
    bea.wait_for("Question 29.")
    most = 4 * (time.monotonic() - began) + 2
    assert 3 <= len(bea.states()) <= most


@pytest.mark.shows("S24")
def test_phones_are_told_to_come_back_at_different_times(people: People, room: Room, follow: Follow) -> None:
    bea = people.bea(room)
    waits = set()
    for _ in range(6):
        phone = follow(room, bea)
        phone.read(0.3)
        waits.add(int(re.search(rb"retry: (\d+)\n\n", phone.buffer)[1]))  # type: ignore[index]
    assert len(waits) > 1
    assert all(1000 <= wait <= 5000 for wait in waits)


def test_each_phone_follows_in_its_own_language(people: People, room: Room, follow: Follow) -> None:
    bea = people.bea(room)
    with room.app.app_context():
        running.close_activity(room.activity("cards"))
    english = follow(room, bea, asked="?part=now")
    arabic = follow(room, bea, asked="?part=now", **{"Accept-Language": "ar"})
    english.read(1)
    arabic.read(1)
    assert "Please look at the screen" in english.states()[0]["html"]
    assert arabic.states()[0]["part"] == "now"


@pytest.mark.shows("S20")
def test_nobody_follows_what_is_not_theirs(people: People, room: Room, follow: Follow) -> None:
    elsewhere = build.workshop(room.app, people.organisation_id, "cards")
    bea = people.bea(room)
    assert follow(room).status == 403
    assert follow(room, bea, "console").status == 403
    assert follow(room, bea, "screen").status == 403
    assert follow(elsewhere, bea).status == 403
    assert follow(room, people.dora, "console").status == 403
    assert follow(room, people.dora).status == 403
    assert follow(Room(room.app, "0" * 32), bea).status == 404
    assert follow(room, people.ada, "console").status == 200
    assert follow(room, people.ada, "screen").status == 200


@pytest.mark.shows("S11")
def test_a_strange_host_is_not_answered(people: People, room: Room, follow: Follow) -> None:
    assert follow(room, people.bea(room), Host="evil.example").status in (400, 421)


def test_who_is_shown_out_hears_nothing_more(people: People, room: Room, follow: Follow) -> None:
    bea = people.bea(room)
    phone = follow(room, bea, asked="?part=now")
    phone.wait_for("What about cards?")
    with room.app.app_context():
        send_away(room)
    assert phone.wait_for_end(4)
    assert follow(room, bea).status == 403


def test_a_new_code_ends_the_old_screen_link_and_leaves_people_in(people: People, room: Room, follow: Follow) -> None:
    with room.app.app_context():
        name = f"screen-{room.id[:10]}"
        link = f"{name}={cookies.screen_pass(rooms.workshop(room.id))}"
    screen = follow(room, link, "screen")
    phone = follow(room, people.bea(room))
    phone.wait_for("What about cards?")
    screen.read(1)
    assert screen.status == 200
    assert not screen.ended
    with room.app.app_context():
        running.new_doors(room.id)
    assert screen.wait_for_end(4)
    assert follow(room, link, "screen").status == 403
    with room.app.app_context():
        ask_anew(room, "Still here?")
    phone.wait_for("Still here?")


def test_locked_doors_leave_those_inside_in(people: People, room: Room, follow: Follow) -> None:
    phone = follow(room, people.bea(room))
    phone.wait_for("What about cards?")
    with room.app.app_context():
        running.lock_doors(rooms.workshop(room.id), locked=True)
        ask_anew(room, "Doors are shut.")
    phone.wait_for("Doors are shut.")
    phone.read(1.5)
    assert not phone.ended


def test_asking_gets_the_same_answer_from_memory_as_from_the_page(served: Running, people: People, room: Room) -> None:
    bea = people.bea(room)
    path = f"{room.path}/parts/phone/now"
    page = bea.client.get(path, base_url=served.server.address)
    first = ask(served.port, path, Cookie=cookies_of(bea))
    time.sleep(0.6)
    second = ask(served.port, path, Cookie=cookies_of(bea))
    assert first.json() == second.json() == page.get_json()
    for name in ("etag", "cache-control", "content-type", "content-security-policy", "x-content-type-options"):
        assert second.headers[name] == page.headers[name], name
    unchanged = ask(served.port, path, Cookie=cookies_of(bea), If_None_Match=page.headers["ETag"])
    assert unchanged.status == 304
    assert unchanged.body == b""
    assert unchanged.headers["etag"] == page.headers["ETag"]


def test_asking_sees_a_change_within_a_second(served: Running, people: People, room: Room) -> None:
    bea = people.bea(room)
    path = f"{room.path}/parts/phone/now"
    tag = ask(served.port, path, Cookie=cookies_of(bea)).headers["etag"]
    with room.app.app_context():
        ask_anew(room, "What is new?")
    time.sleep(1)
    changed = ask(served.port, path, Cookie=cookies_of(bea), If_None_Match=tag)
    assert changed.status == 200
    assert "What is new?" in changed.json()["html"]


def test_who_may_not_follow_is_refused_by_asking_too(served: Running, people: People, room: Room) -> None:
    bea = people.bea(room)
    path = f"{room.path}/parts/phone/now"
    for _ in range(3):
        assert ask(served.port, path, Cookie=cookies_of(bea)).status == 200
        time.sleep(0.3)
    assert ask(served.port, path).status == 403
    assert ask(served.port, f"{room.path}/parts/console/queue", Cookie=cookies_of(bea)).status == 303  # to sign in
    assert ask(served.port, f"{room.path}/parts/console/queue", Cookie=cookies_of(people.dora)).status == 403
    assert ask(served.port, f"{room.path}/parts/phone/nothing", Cookie=cookies_of(bea)).status == 404
    with room.app.app_context():
        send_away(room)
    time.sleep(1)
    assert ask(served.port, path, Cookie=cookies_of(bea)).status == 403
