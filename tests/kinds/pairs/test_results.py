"""What comes of pairs: the order, the picture, each side from ten people on, and every pair to count again by."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.commands import agenda
from workshop.counting.bradley_terry import strengths

LIFT_FIRST = {"own1|own2": 1, "own1|own3": -1, "own2|own3": -1}
BUS_FIRST = {"own1|own2": 1, "own1|own3": 1, "own2|own3": 0}


def counted(app: Flask, people: People, lived: int, service: int) -> Room:
    room = hall.asked(app, people, "pairs")
    hall.fill(room, "pairs", "lived", *[LIFT_FIRST] * lived)
    hall.fill(room, "pairs", "service", *[BUS_FIRST] * service)
    room.count("pairs")
    return room


def test_the_winner_stands_in_words_before_the_picture_and_its_table(app: Flask, people: People) -> None:
    page = hall.results_page(counted(app, people, 9, 3), "pairs")
    assert page.index("Strongest of all pairs:") < page.index("<svg viewBox") < page.index("The same in numbers")
    assert "Chosen 18 times of 21. Would win about 8 of 10 against an average line." in page
    assert "Each side shows from ten of its people for every line." in page
    assert "Answers: 36. Could not decide: 3." in page


def test_from_ten_of_each_side_on_each_stands_for_itself(app: Flask, people: People) -> None:
    page = hall.results_page(counted(app, people, 12, 10), "pairs")
    assert "A full bar: this side chose the line in all of its pairs." in page
    assert "Most wanted by each side" in page


def test_a_later_activity_gets_the_strongest_first(app: Flask, people: People) -> None:
    room = counted(app, people, 6, 0)
    assert hall.handed_on(room, "pairs") == ["Lift", "Bus stop", "Garden"]


def test_nobody_decided_and_nobody_came(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs")
    hall.fill(room, "pairs", "lived", {"own1|own2": 0})
    room.count("pairs")
    assert "Nobody decided about any pair." in hall.results_page(room, "pairs")
    assert hall.exported(room, "pairs")[0][0]["place"] is None


def test_a_circle_is_said_and_shares_the_place(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs", items="Bus stop\nGarden\nLift\nRoof")
    around = {"own1|own2": 1, "own2|own3": 1, "own1|own3": -1, "own1|own4": 1}
    hall.fill(room, "pairs", "lived", *[around] * 3)
    room.count("pairs")
    assert "More chose «Lift» than «Bus stop», although it stands behind." in hall.results_page(room, "pairs")


@pytest.mark.shows("P11")
def test_of_one_small_side_alone_nothing_is_told(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("pairs", {"items": hall.LINES}))
    with app.app_context():
        agenda.change(room.activity("pairs"), who="lived")
    room.open("pairs")
    hall.fill(room, "pairs", "lived", *[LIFT_FIRST] * 9)
    room.count("pairs")
    page = hall.results_page(room, "pairs")
    assert "Only people with lived experience were asked." in page
    assert "Too few to say what they chose." in page
    assert "Strongest" not in page
    [order] = hall.exported(room, "pairs")
    assert {row["chosen"] for row in order} == {None}


def test_the_table_of_pairs_gives_the_strengths_again(app: Flask, people: People) -> None:
    order, duels = hall.exported(counted(app, people, 7, 4), "pairs")
    cast = [(row["item"], row["other_id"], row["item_chosen"]) for row in duels]
    cast += [(row["other_id"], row["item"], row["other_chosen"]) for row in duels]
    again = strengths(cast, sorted({row["item"] for row in order}))
    assert {row["item"]: row["strength"] for row in order} == pytest.approx(again)
    assert [row["place"] for row in order] == [1, 2, 3]
    assert not any(row["sides_shown"] for row in order)
