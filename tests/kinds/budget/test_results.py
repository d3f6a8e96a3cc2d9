"""What the pot pays: by the stated rule, side by side where there are enough, and a working that can be checked."""

from typing import Any

from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import kind_of
from workshop.commands import agenda
from workshop.consent import Viewer

LINES = "Park | 600\nBus | 300\nStairs | 300"
BIG, SMALL = {"own1": 1, "own2": 1}, {"own3": 1}


def counted(app: Flask, people: People, lived: int, service: int, **settings: object) -> Room:
    """People with lived experience want park and bus; the service wants the stairs. There is money for two thirds."""
    room = build.workshop(
        app, people.organisation_id, ("budget", {"items": LINES, "pot": 900, "currency": "€", **settings})
    )
    room.open("budget")
    hall.fill(room, "budget", "lived", *[BIG] * lived)
    hall.fill(room, "budget", "service", *[SMALL] * service)
    room.count("budget")
    return room


def page_of(room: Room, key: str) -> str:
    return hall.results_page(room, key).replace("\u00a0", " ")


def paid(room: Room) -> list[str]:
    return [each.item.words for each in hall.results(room, "budget").paid]


def test_with_equal_shares_a_third_of_the_people_decides_on_a_third_of_the_money(app: Flask, people: People) -> None:
    room = counted(app, people, 20, 10)
    assert paid(room) == ["Bus", "Stairs"]
    shown = page_of(room, "budget")
    assert "2 projects are chosen. They cost 600 € of 900 €." in shown
    assert "With the other rule, most wanted first: also <bdi>«Park»</bdi>; but not <bdi>«Stairs»</bdi>." in shown
    assert "20 people paid, at most 15 € each" in shown
    assert "Next comes the project of which each supporter has to pay the smallest part." in shown


def test_most_votes_first_gives_all_to_the_larger_group(app: Flask, people: People) -> None:
    room = counted(app, people, 20, 10, rule="greedy")
    assert paid(room) == ["Bus", "Park"]
    shown = page_of(room, "budget")
    assert "The project that most people want comes first." in shown
    assert "With the other rule, equal shares: also <bdi>«Stairs»</bdi>; but not <bdi>«Park»</bdi>." in shown


def test_most_votes_for_the_money_takes_the_cheap_ones_first(app: Flask, people: People) -> None:
    room = counted(app, people, 12, 10, rule="greedy-cost", pot=600)
    assert paid(room) == ["Bus", "Stairs"]


def test_shares_grow_until_the_pot_is_used(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("budget", {"items": LINES, "pot": 700}))
    room.open("budget")
    hall.fill(room, "budget", "lived", {"own1": 1}, {"own1": 1}, {})
    room.count("budget")
    results = hall.results(room, "budget")
    assert paid(room) == ["Park"]
    assert (results.shares.coins, results.shares.coin) == (34, 2), "of 233 in mind, and two have to pay 300 each"


def test_or_until_nothing_more_fits(app: Flask, people: People) -> None:
    held = {"items": "Park | 300\nBus | 300\nStairs | 700", "pot": 900}
    grown = hall.results(counted(app, people, 3, 1, **held), "budget")
    full = hall.results(counted(app, people, 3, 1, **held, until_full=True), "budget")
    assert [each.item.words for each in full.paid] == ["Park", "Bus"]
    assert full.found.rule == "equal-shares-exhaustive"
    assert full.shares.coins == 0 < grown.shares.coins


def test_a_tie_that_decides_is_said(app: Flask, people: People) -> None:
    assert hall.results(counted(app, people, 20, 10), "budget").ties == [["Bus", "Park"]]
    rule = {"items": "A | 300\nB | 300", "pot": 300, "rule": "greedy"}
    room = build.workshop(app, people.organisation_id, ("budget", rule))
    room.open("budget")
    hall.fill(room, "budget", "lived", {"own1": 1}, {"own2": 1})
    room.count("budget")
    assert hall.results(room, "budget").ties == [["A", "B"]]
    assert "Some stood equal. The rule for equals decided." in page_of(room, "budget")


def test_whose_choice_won_is_told_from_ten_of_each_side(app: Flask, people: People) -> None:
    shown = page_of(counted(app, people, 20, 10), "budget")
    assert "Of 2 chosen projects, lived experience alone would have chosen 1. The service alone: 1." in shown
    assert "Whose choice won?" not in page_of(counted(app, people, 20, 9), "budget")


def test_nine_do_not_stand_beside_others_for_full_baskets_would_tell_of_them(app: Flask, people: People) -> None:
    ten = page_of(counted(app, people, 12, 10), "budget")
    assert "<span>100%" in ten
    nine = page_of(counted(app, people, 12, 9), "budget")
    assert "Too few to say by side" in nine
    assert "wanted by 12 people, chosen" in nine
    assert "nearly all" not in nine


def test_a_few_of_the_one_side_asked_learn_no_order(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("budget", {"items": LINES, "pot": 900}))
    asks_the_service(room)
    room.open("budget")
    hall.fill(room, "budget", "service", *[SMALL] * 6)
    room.count("budget")
    shown = page_of(room, "budget")
    assert hall.results(room, "budget").found is None
    assert "is chosen" not in shown
    assert "Too few to say what they chose." in shown
    assert "Bus" not in shown
    assert [table.name for table in tables(room)] == ["activity_1_budget"]


def asks_the_service(room: Room) -> None:
    with room.app.app_context():
        agenda.change(room.activity("budget"), who="service")


def tables(room: Room) -> list[Any]:
    with room.app.test_request_context():
        return kind_of(room.activity("budget")).tables(room.activity("budget"), Viewer.ORGANISER_EXPORT)


def rows(table: Any) -> list[dict[str, Any]]:
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def test_the_tables_hold_all_that_a_citizen_needs_to_check_by_hand(app: Flask, people: People) -> None:
    projects, turns, rule = map(rows, tables(counted(app, people, 20, 10)))
    assert [(each["text"], each["chosen"], each["chosen_by_the_other_rule"]) for each in projects] == [
        ("Bus", True, True),
        ("Stairs", True, False),
        ("Park", False, True),
    ]
    assert [(each["item"], each["payers"], each["most_paid"], each["left"]) for each in turns] == [
        ("own2", 20, 15.0, 600),
        ("own3", 10, 30.0, 300),
    ]
    assert rule == [
        {"rule": "equal-shares", "pot": 900, "currency": "€", "baskets": 30, "coin": 1, "coins": 14, "share": 44.0}
        | {"spent": 600, "left": 300, "without_any": 0}
    ]


def test_a_later_activity_gets_what_is_paid_first(app: Flask, people: People) -> None:
    room = counted(app, people, 20, 10)
    with app.test_request_context():
        items = kind_of(room.activity("budget")).items(room.activity("budget"))
    assert [item.text for item in items] == ["Bus", "Stairs", "Park"]
