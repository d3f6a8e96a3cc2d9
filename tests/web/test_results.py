"""What facilitators and organisers see afterwards, what goes to the printer, and that every look is noted."""

import pytest
from flask import Flask

from tests.exports import house
from tests.exports.house import Words
from tests.support.people import People
from workshop.activities import kind_of
from workshop.commands import command
from workshop.extensions import db
from workshop.models import Commitment, Seen

SAID = {0: "Kept to myself.", 1: "For facilitators.", 2: "For the room.", 3: "For the service.", 4: "For reports."}


@pytest.fixture
def room(app: Flask, people: People) -> house.Room:
    return house.room(app, people.organisation_id, [Words(text, level=level) for level, text in SAID.items()])


def counted(room: house.Room, of_each: int) -> None:
    """So many of each side give their dot to the first card."""
    with room.app.app_context():
        items = kind_of(room.activity("cards")).items(room.activity("cards"))
        house.vote(room, [(side, {items[0].id: 1}) for side in ("lived", "service") for _ in range(of_each)])
    house.close(room)


def test_everything_said_stands_with_its_consent(people: People, room: house.Room) -> None:
    page = people.ada.get(f"{room.path}/results/said")
    assert "4 contributions" in page.text
    assert [text in page.text for text in SAID.values()] == [False, True, True, True, True]
    assert "The facilitators" in page.text
    assert "Reports and events" in page.text


@pytest.mark.shows("P27")
def test_each_look_is_noted_once(people: People, room: house.Room) -> None:
    for _ in range(2):
        people.ada.get(f"{room.path}/results/said")
    with room.app.app_context():
        seen = db.session.execute(db.select(Seen.contribution_id).where(Seen.user_id == people.ada.id)).scalars().all()
    assert len(seen) == len(set(seen)) == 4


@pytest.mark.shows("P27")
def test_only_what_was_on_the_page_counts_as_read(app: Flask, people: People) -> None:
    room = house.room(app, people.organisation_id, [Words(f"Words {at:02}.") for at in range(60)])
    first = people.ada.get(f"{room.path}/results/said")
    assert "60 contributions" in first.text
    assert "Words 49." in first.text
    assert "Words 50." not in first.text
    assert count_seen(room, people.ada.id) == 50
    second = people.ada.follow(next(link for link in first.links() if "page=2" in link))
    assert "Words 50." in second.text
    assert count_seen(room, people.ada.id) == 60


def count_seen(room: house.Room, user_id: str) -> int:
    with room.app.app_context():
        return db.session.execute(db.select(db.func.count()).where(Seen.user_id == user_id)).scalar_one()


def test_the_room_sees_sides_from_five_and_the_report_from_ten(app: Flask, people: People) -> None:
    for of_each, on_screen, on_paper in ((4, False, False), (6, True, False), (11, True, True)):
        room = house.room(app, people.organisation_id, [Words("A lift.", at="cards"), Words("A ramp.", at="cards")])
        counted(room, of_each)
        page = people.ada.get(f"{room.path}/results")
        paper = people.ada.get(f"{room.path}/results/report")
        assert ("wing lived" in page.html, "wing lived" in paper.html) == (on_screen, on_paper), of_each
        assert "too few to say" in (paper if on_screen else page).text.lower() or on_paper


def test_the_report_prints_only_what_may_leave_the_house(app: Flask, people: People, room: house.Room) -> None:
    with app.app_context():
        house.say(room, [Words("Card for the room.", at="cards", level=2), Words("Card for all.", at="cards")])
        house.say(room, [Words("Not yet approved.", state="waiting")])
    counted(room, 12)
    report = people.ada.get(f"{room.path}/results/report")
    for text in ("For reports.", "Card for all."):
        assert text in report.text
    for text in ("For the service.", "For the room.", "Card for the room.", "Not yet approved.", "Kept to myself."):
        assert text not in report.html, text
    assert "Words that are not shown here" in report.text  # the card for the room got dots, without its words
    assert count_seen(room, people.ada.id) == 2


def test_the_report_says_once_how_many_lines_have_words_that_are_not_shown(people: People, room: house.Room) -> None:
    with room.app.app_context():
        house.say(room, [Words(f"Card for the room {number}.", at="cards", level=2) for number in range(3)])
    counted(room, 12)
    report = people.ada.get(f"{room.path}/results/report").text
    assert report.count("not shown here.") == 1
    assert "3 lines have words that are not shown here." in report
    assert "Words that are not shown here" not in report
    assert all(f"Not shown here, {number}" in report for number in (1, 2, 3))
    assert "not shown here" not in people.ada.get(f"{room.path}/results").text, "ada may read them all"


def test_nothing_is_known_before_the_close(people: People, room: house.Room) -> None:
    room.open("dots")
    with room.app.app_context():
        house.vote(room, [("lived", {})])
    assert "Nobody sees results before the close." in people.ada.get(f"{room.path}/results").text


def test_promises_stand_with_name_and_date(people: People, room: house.Room) -> None:
    assert "No promise has a name and a date yet." in people.ada.get(f"{room.path}/results").text
    with room.app.app_context():
        promise(room)
    for path in ("results", "results/report"):
        text = people.ada.get(f"{room.path}/{path}").text
        assert "Repair the lift" in text
        assert "Cem, house manager" in text
        assert "1 Mar 2027" in text


def test_what_never_opened_was_not_held_once_the_workshop_is_closed(people: People, room: house.Room) -> None:
    assert "This has not begun." in people.ada.get(f"{room.path}/results").text
    people.ada.post(f"{room.path}/console/close", answer_by="2099-01-31")
    page = people.ada.get(f"{room.path}/results")
    assert "This was not held." in page.text
    assert "This has not begun." not in page.text


@command
def promise(room: house.Room) -> None:
    row = Commitment(workshop_id=room.id, what="Repair the lift", who="Cem, house manager", by_date="2027-03-01")
    db.session.add(row)


@pytest.mark.parametrize("path", ["results", "results/said", "results/report"])
def test_only_those_who_run_the_workshop_read_it(people: People, room: house.Room, path: str) -> None:
    address = f"{room.path}/{path}"
    assert people.ada.get(address).status == 200
    assert "/sign-in" in people.stranger().get(address).location
    assert people.dora.get(address).status == 403
    phone = people.bea(room).get(address)
    assert phone.status == 303
    assert "/sign-in" in phone.location


@pytest.mark.parametrize("path", ["results", "results/said", "results/report"])
def test_an_empty_workshop_has_its_pages(app: Flask, people: People, path: str) -> None:
    room = house.build.workshop(app, people.organisation_id)
    assert people.ada.get(f"{room.path}/{path}").status == 200
