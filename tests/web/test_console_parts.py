"""What the console is made of: its light, its parts without forms or tokens, as many queries for many as for few."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.asking import queries_of
from tests.support.build import Room
from tests.support.page import data_of
from tests.support.people import People
from tests.web.test_console import console
from workshop.commands import running
from workshop.extensions import begin_to_write, db
from workshop.queries import rooms
from workshop.web import saved_light


def test_the_run_sheet_never_mixes_forecasts_with_what_was_passed_over(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards", "pause", "closing")
    assert has_a_time(people, room) == [True, True, True, True]
    people.ada.post(f"{room.path}/console/activity/{room.activities['pause']}/open")
    assert has_a_time(people, room) == [False, False, True, True]
    people.ada.post(f"{room.path}/console/activity/{room.activities['cards']}/open")
    assert has_a_time(people, room) == [False, True, True, True]
    assert "not held" not in console(people.ada, room).text
    people.ada.post(f"{room.path}/console/close", answer_by="2099-01-31")
    assert has_a_time(people, room) == [False, True, True, False]
    assert console(people.ada, room).text.count("not held") == 2


def has_a_time(people: People, room: Room) -> list[bool]:
    """Of each activity on the run-sheet, whether a clock time stands before it."""
    lines = console(people.ada, room).html.split('class="run-sheet"')[1].split("</ol>")[0].split("<li ")[1:]
    return ["data-time" in line for line in lines]


@pytest.mark.shows("R15")
def test_the_light_turns_red_when_nothing_can_be_written(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    assert data_of(people.ada.get(f"{room.path}/console/saved")) == {"saved": True}
    monkeypatch.setattr(saved_light, "EVERY", 0.0)
    with app.app_context(), db.engine.begin() as lock:
        begin_to_write(lock)
        red = people.ada.get(f"{room.path}/console/saved")
    assert (red.status, data_of(red)) == (503, {"saved": False})
    assert data_of(people.ada.get(f"{room.path}/console/saved")) == {"saved": True}


def test_many_looks_at_the_light_are_one_write(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    for _ in range(5):
        people.ada.get(f"{room.path}/console/saved")
    with app.app_context():
        assert db.session.execute(db.text("SELECT count FROM failure WHERE key = 'probe'")).scalar() in (0, 1)


def test_the_buttons_of_a_part_find_their_form_on_the_page(app: Flask, people: People) -> None:
    """Without script every button works: its form is on the page, its address is its own."""
    room = build.workshop(app, people.organisation_id, "story", ("dots", {"items": "A\nB"}))
    room.open("story", "dots")
    page = console(people.ada, room)
    buttons = [button for button in page.all("button") if button.get("form")]
    assert len(buttons) > 6
    assert {button.get("form") for button in buttons} <= {form.get("id") for form in page.forms()}
    for button in buttons:
        assert button.get("formaction", "").startswith(f"{room.path}/console/")


def test_parts_hold_no_form_and_no_token(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    people.bea(room).tell("story", "They never called back.")
    for name in ("status", "run-sheet", "stage", "calls", "claims", "queue"):
        html = data_of(people.ada.get(f"{room.path}/parts/console/{name}"))["html"]
        assert "<form" not in html
        assert "csrf" not in html
        assert "They never called back." not in html


def test_the_same_reads_as_fast_with_many_contributions(app: Flask, people: People) -> None:
    """Queries a page do not grow with what was said."""
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    counts = []
    for more in (3, 12):
        for number in range(more):
            bea.write("cards", f"Card {more} {number}")
        console(people.ada, room)
        with app.app_context():
            running.put_on_screen(rooms.workshop(room.id), "join")
        counts.append(queries_of(app, lambda: console(people.ada, room)))
    assert counts[0] == counts[1]
