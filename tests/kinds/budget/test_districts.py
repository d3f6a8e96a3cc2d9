"""A pot for everybody and pots of districts: people choose in one district, and what they want there stays apart."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.exports import house
from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.consent import Viewer
from workshop.exports import tables
from workshop.queries import choices

LINES = "A lift | 600\nA ramp | 500\nNorth | A bench | 200\nNorth | A swing | 300\nSouth | A tree | 100"
CITY = {"items": LINES, "pot": 1000, "currency": "€", "whole": "Whole city", "districts": "North | 300\nSouth | 100"}
NORTH, SOUTH = {"pot1": 1, "own3": 1, "own1": 1}, {"pot2": 1, "own5": 1, "own2": 1}


def city(app: Flask, people: People, **settings: Any) -> Room:
    return hall.asked(app, people, "budget", **CITY | settings)


def test_bea_says_her_district_and_fills_a_basket_for_each_pot(app: Flask, people: People) -> None:
    room = city(app, people)
    bea = people.bea(room)
    which = bea.ask("budget")
    assert "Which district do you choose in?" in which.text
    assert "South 100" in which.text
    north = bea.send(which, go="next", choice_district="pot1")
    assert set(re.findall(r'name="choice_nearby-(own\d)"', north.html)) == {"own3", "own4"}
    assert "The pot holds 300 €." in north.text
    whole = bea.send(north, go="next", **{"choice_nearby-own3": "1"})
    assert set(re.findall(r'name="choice_all-(own\d)"', whole.html)) == {"own1", "own2"}
    check = bea.send(whole, go="next", **{"choice_all-own1": "1"})
    assert "Your district North" in check.text
    assert "Left in the pot: North 100 €" in check.text
    assert "Left in the pot: Whole city 400 €" in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"
    assert ballots(room) == [{"pot1": 1, "own3": 1, "own1": 1}]


def ballots(room: Room) -> list[dict[str, int]]:
    with room.app.test_request_context():
        return [dict(row.choices) for row in choices.ballots(room.activities["budget"])]


def test_a_district_is_asked_for_and_may_be_none(app: Flask, people: People) -> None:
    room = city(app, people)
    bea = people.bea(room)
    refused = bea.send(bea.ask("budget"), go="next")
    assert refused.status == 422
    assert "Please choose one of these." in refused.text
    whole = bea.send(refused, go="next", choice_district="none")
    assert 'name="choice_all-own1"' in whole.html
    bea.send(whole, go="send", **{"choice_all-own1": "1"})
    assert ballots(room) == [{"own1": 1}]


def test_who_changes_the_district_takes_no_project_along(app: Flask, people: People) -> None:
    room = city(app, people)
    bea = people.bea(room)
    whole = bea.send(
        bea.ask("budget"), go="send", choice_district="pot1", **{"choice_nearby-own3": "1", "choice_nearby-own5": "1"}
    )
    assert whole.status == 303
    assert ballots(room) == [{"pot1": 1, "own3": 1}]
    bea.send(
        bea.ask("budget"), go="send", choice_district="pot2", **{"choice_nearby-own3": "1", "choice_nearby-own5": "1"}
    )
    assert ballots(room) == [{"pot2": 1, "own5": 1}]


@pytest.mark.shows("A12")
def test_too_much_in_one_pot_is_told_on_its_own_page(app: Flask, people: People) -> None:
    room = city(app, people)
    bea = people.bea(room)
    held = {"choice_nearby-own3": "1", "choice_nearby-own4": "1", "choice_all-own1": "1"}
    page = bea.send(bea.ask("budget"), go="send", choice_district="pot1", **held)
    assert page.status == 422
    assert "That is 200 € more than there is. Please take something out." in page.text
    assert page.fields().keys() >= {"choice_nearby-own3", "choice_nearby-own4", "choice_all-own1"}


def test_each_pot_is_counted_for_itself(app: Flask, people: People) -> None:
    room = city(app, people)
    hall.fill(room, "budget", "lived", *[NORTH] * 5, {"pot1": 1}, *[SOUTH] * 4)
    room.count("budget")
    results = hall.results(room, "budget")
    assert [each.item.words for each in results.paid] == ["A lift"]
    north = results.districts["pot1"]
    assert ([each.item.words for each in north.paid], north.found.people) == (["A bench"], 6)
    shown = hall.results_page(room, "budget").replace("\u00a0", " ")
    assert "1 project is chosen. It costs 200 € of 300 €." in shown
    assert "Too few people chose here. What they want stays secret, and this pot pays nothing." in shown
    assert "A tree" not in shown
    assert hall.handed_on(room, "budget")[:2] == ["A lift", "A bench"]


def test_a_district_of_nobody_and_one_without_projects_count_as_well(app: Flask, people: People) -> None:
    room = city(app, people, districts="North | 300\nSouth | 100\nEast | 50")
    hall.fill(room, "budget", "lived", *[NORTH] * 5, *[{"pot3": 1}] * 5)
    room.count("budget")
    shown = hall.results_page(room, "budget")
    assert "There was nothing to choose from." in shown


def test_a_card_gets_its_pot_from_ada(app: Flask, people: People) -> None:
    asked = {"items_from": "cards", "pot": 1000, "districts": "North | 300"}
    room = build.workshop(app, people.organisation_id, "cards", ("budget", asked), **hall.TRUSTED)
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench")
    [card] = bea.words()
    path = f"/agenda/{room.activities['budget']}"
    form = people.ada.get(f"{room.path}{path}")
    said = {f"answers-can-{card}": "yes", f"answers-cost-{card}": "400", f"answers-pot-{card}": "pot1"}
    refused = people.ada.send(form, action=path, **said)
    assert "One of these costs more than there is in the pot." in refused.text
    people.ada.send(form, action=path, **{**said, f"answers-cost-{card}": "200"})
    room.open("budget")
    north = bea.send(bea.ask("budget"), go="next", choice_district="pot1")
    assert f'name="choice_nearby-{card}"' in north.html


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"districts": "North"}, "Line 1: write name | money"),
        ({"districts": "North | 5\nnorth | 6"}, "Give each district a name of its own"),
        ({"districts": "North | 50", "items": "North | A bench | 60"}, "Line 1 costs more than there is in the pot."),
    ],
)
def test_pots_that_make_no_sense_are_told_to_ada(app: Flask, people: People, settings: Any, says: str) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    page = people.ada.get(f"{room.path}/agenda/add/budget")
    refused = people.ada.send(page, action="/agenda/add/budget", **settings)
    assert refused.status == 422
    assert says in refused.text


@pytest.mark.shows("P11")
def test_sides_of_districts_show_together_or_not_at_all(app: Flask, people: People) -> None:
    assert split_of(app, people, (10, 10), (10, 10)) == [True, True, True]
    assert split_of(app, people, (10, 10), (10, 9)) == [True, False, False], "or nine would follow by taking away"
    assert split_of(app, people, (10, 10), (10, 10), rest=1) == [True, False, False], (
        "whoever chose in none is a part, too"
    )


def split_of(app: Flask, people: People, north: tuple[int, int], south: tuple[int, int], rest: int = 0) -> list[bool]:
    room = city(app, people)
    for side, many, others in zip(("lived", "service"), north, south, strict=True):
        hall.fill(room, "budget", side, *[NORTH] * many, *[SOUTH] * others)
    hall.fill(room, "budget", "lived", *[{"own1": 1}] * rest)
    room.count("budget")
    results = hall.results(room, "budget")
    return [each.split for each in (results, *results.districts.values())]


@pytest.mark.shows("P12")
def test_no_list_of_ballots_says_what_somebody_wants_in_two_pots(app: Flask, people: People) -> None:
    room = city(app, people)
    hall.fill(room, "budget", "lived", *[NORTH] * 11, *[SOUTH] * 9)
    room.count("budget")
    lists = {table.name: table for table in exported(room) if table.name.startswith("ballots_")}
    assert {name: [column.means for column in table.columns] for name, table in lists.items()} == {
        "ballots_1_budget": ["A lift", "A ramp"],
        "ballots_1_budget_pot1": ["A bench", "A swing"],
    }, "of nine people in the South there is no list"
    assert len(list(lists["ballots_1_budget"].rows)) == 20
    assert [row[1] for row in printed(room)] == [*lists]


def exported(room: Room) -> list[Any]:
    with room.app.test_request_context():
        return tables(house.rooms.workshop(room.id), Viewer.REPORT)


def printed(room: Room) -> list[Any]:
    return next(list(table.rows) for table in exported(room) if table.name == "fingerprints")
