"""What comes of a jury: both means, places, how far the judges agree, and the audience beside it."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.commands import agenda, running

ONE = "Use | 1 | No use. | Some use. | Much use. | Great use."
LIFT = {"own1|1": 2, "own2|1": 1, "own3|1": 4}
MILD = {"own1|1": 3, "own2|1": 2, "own3|1": 4}


def counted(app: Flask, people: People, lived: int, service: int) -> Room:
    room = hall.asked(app, people, "jury", criteria=ONE)
    hall.fill(room, "jury", "lived", *[LIFT] * lived)
    hall.fill(room, "jury", "service", *[MILD] * service)
    room.count("jury")
    return room


def test_the_first_place_stands_in_words_before_the_picture_and_both_means(app: Flask, people: People) -> None:
    page = hall.results_page(counted(app, people, 3, 1), "jury")
    assert page.index("The jury put first:") < page.index("<svg viewBox") < page.index("Plain mean</th>")
    assert "Judges: 4. Left out by: 0." in page
    assert "The points that decide are evened out" in page
    assert "The judges agree well." in page
    assert "No single sheet is shown to anybody." in page


def test_a_later_activity_gets_the_most_points_first(app: Flask, people: People) -> None:
    assert hall.handed_on(counted(app, people, 3, 0), "jury") == ["Lift", "Bus stop", "Garden"]


@pytest.mark.shows("P11")
def test_two_judges_are_told_nothing_of_one_another(app: Flask, people: People) -> None:
    room = counted(app, people, 1, 1)
    page = hall.results_page(room, "jury")
    assert "The jury put first" not in page
    assert "points</span>" not in page
    orders, each_level = hall.exported(room, "jury")
    assert {row[name] for row in orders for name in ("place", "raw", "share", "judges", "alpha")} == {None}
    assert each_level == []


def test_every_level_leaves_in_the_export_to_be_added_up(app: Flask, people: People) -> None:
    orders, each_level = hall.exported(counted(app, people, 3, 1), "jury")
    assert [row["raw"] for row in orders] == [4.0, 2.25, 1.25]
    assert [each_level[0][f"gave_{level}"] for level in (1, 2, 3, 4)] == [0, 0, 0, 4]


def test_each_side_has_a_mean_from_ten_judges_on(app: Flask, people: People) -> None:
    for many, told in ((9, None), (10, 3.0)):
        orders, _levels = hall.exported(counted(app, people, 10, many), "jury")
        assert orders[1]["service_raw"] == told


def beside_dots(app: Flask, people: People) -> Room:
    """The audience gives dots, the jury points; both are counted."""
    room = build.workshop(
        app, people.organisation_id, ("dots", {"items": hall.LINES}), ("jury", {"items": hall.LINES, "criteria": ONE})
    )
    with app.app_context():
        agenda.change(room.activity("jury"), {"beside": room.activities["dots"]})
    room.open("dots", "jury")
    hall.fill(room, "dots", "lived", *[{"own1": 1}] * 6)
    hall.fill(room, "jury", "lived", *[LIFT] * 3)
    room.count("dots")
    room.count("jury")
    return room


def test_the_audience_stands_beside_the_jury_once_the_room_has_seen_it(app: Flask, people: People) -> None:
    room = beside_dots(app, people)
    before = hall.results_page(room, "jury")
    assert "The audience put first:" not in before
    assert "as soon as the room has seen it" in before
    with app.app_context():
        running.reveal(room.activity("dots"))
    page = hall.results_page(room, "jury")
    assert page.index("«Lift»") < page.index("The audience put first:") < page.index("«Bus stop»")


def test_an_earlier_choice_can_stand_beside_and_cards_cannot(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards", "dots")
    page = people.ada.get(f"{room.path}/agenda/add/jury").html
    _before, of_beside = page.split('name="beside"')
    assert room.activities["dots"] in of_beside
    assert room.activities["cards"] not in of_beside
