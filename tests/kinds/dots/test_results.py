"""What the dots say once they are counted: side by side where there are enough, ties as ties, and the export."""

from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import kind_of
from workshop.consent import Viewer

LINES = "Bus stop\nGarden\nLift"


def counted(app: Flask, people: People, lived: int, service: int) -> Room:
    """Lived experience chooses the bus stop, the service the garden; one of each chooses the other's."""
    room = hall.asked(app, people, "dots")
    hall.fill(room, "dots", "lived", *[{"own1": 1}] * (lived - 1), {"own2": 1})
    hall.fill(room, "dots", "service", *[{"own2": 1}] * (service - 1), {"own1": 1})
    room.count("dots")
    return room


def test_twelve_and_eleven_stand_side_by_side_in_numbers(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 12, 11), "dots")
    assert "too few to say" not in shown
    assert "92%" in shown
    assert "Clear gap" in shown


def test_six_and_six_stand_side_by_side_in_words(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 6, 6), "dots")
    assert "nearly all" in shown
    assert "83%" not in shown


def test_a_tie_is_said(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    hall.fill(room, "dots", "lived", {"own1": 1}, {"own2": 1})
    room.count("dots")
    shown = hall.results_page(room, "dots")
    assert "Shared first place:" in shown
    assert shown.count("1 dot, shared place 1") == 2
    assert "0 dots<" in shown


def test_the_table_shows_sides_from_ten_on_and_holds_words_only_for_those_who_may_read_them(
    app: Flask, people: People
) -> None:
    room = counted(app, people, 12, 6)
    with app.test_request_context():
        [table] = kind_of(room.activity("dots")).tables(room.activity("dots"), Viewer.ORGANISER_EXPORT)
    names = [column.name for column in table.columns]
    first = dict(zip(names, next(iter(table.rows)), strict=True))
    assert first["text"] == "Bus stop"
    assert (first["dots"], first["people"]) == (12, 18)
    assert first["sides_shown"] is False
    assert first["lived_people"] is None


def test_a_card_that_only_the_room_may_read_goes_out_without_its_words(app: Flask, people: People) -> None:
    agenda = (("cards", {"level": 2}), ("dots", {"items_from": "cards"}))
    room = build.workshop(app, people.organisation_id, *agenda, **hall.TRUSTED)
    room.open("cards", "dots")
    people.bea(room).write("cards", "A bench")
    room.count("dots")
    assert "A bench" in hall.results_page(room, "dots")
    with app.test_request_context():
        [table] = kind_of(room.activity("dots")).tables(room.activity("dots"), Viewer.ORGANISER_EXPORT)
    [row] = list(table.rows)
    assert "A bench" not in row
    assert row[2] is False, "it was not taken back: it may only not be read here"
