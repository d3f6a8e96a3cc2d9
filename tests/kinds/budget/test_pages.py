"""People fill a basket within the pot: in secret, nothing lost when it is too much, changed until the close."""

import re

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People

LINES = "A bench | 400\nA lift | 9,000 | The house is protected.\nA roof | 700\nSwings"
POT = {"items": LINES, "pot": 1000, "currency": "€"}


def pot(app: Flask, people: People, **settings: object) -> Room:
    room = build.workshop(app, people.organisation_id, ("budget", {**POT, **settings}))
    room.open("budget")
    return room


def test_bea_takes_a_bench_checks_and_sends(app: Flask, people: People) -> None:
    room = pot(app, people)
    bea = people.bea(room)
    asked = bea.ask("budget")
    assert "The pot holds 1,000 €." in asked.text
    assert "A bench 400 €" in asked.text
    check = bea.send(asked, go="next", **{"choice-own1": "1"})
    assert "A bench 400 €" in check.text
    assert "Left in the pot 600 €" in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"


def test_what_cannot_be_done_is_shown_with_its_reason_and_takes_no_tick(app: Flask, people: People) -> None:
    room = pot(app, people)
    bea = people.bea(room)
    asked = bea.ask("budget")
    assert "A lift The house is protected." in asked.text
    assert "Swings Nobody has said yet whether it can be done" in asked.text
    assert set(re.findall(r'name="choice-(own\d)"', asked.html)) == {"own1", "own3"}
    bea.send(asked, go="send", **{"choice-own1": "1", "choice-own2": "1", "choice-own4": "1"})
    room.count("budget")
    assert [each.item.words for each in hall.results(room, "budget").items] == ["A bench", "A roof"]


@pytest.mark.shows("A12")
def test_too_much_is_told_without_script_and_every_tick_stays(app: Flask, people: People) -> None:
    room = pot(app, people)
    bea = people.bea(room)
    for go in ("next", "send"):
        page = bea.send(bea.ask("budget"), go=go, **{"choice-own1": "1", "choice-own3": "1"})
        assert page.status == 422
        assert "That is 100 € more than there is. Please take something out." in page.text
        assert page.fields().keys() >= {"choice-own1", "choice-own3"}


def test_an_empty_basket_is_a_ballot_and_the_last_one_counts(app: Flask, people: People) -> None:
    room = pot(app, people)
    bea = people.bea(room)
    bea.send(bea.ask("budget"), go="send", **{"choice-own1": "1"})
    check = bea.send(bea.ask("budget"), go="next")
    assert "None of these" in check.text
    bea.send(check, go="send")
    room.count("budget")
    results = hall.results(room, "budget")
    assert (results.counted.ballots, results.paid) == (1, ())
    assert "No project is chosen." in hall.results_page(room, "budget")


@pytest.mark.shows("P12")
def test_nobody_knows_anything_before_the_count(app: Flask, people: People) -> None:
    room = pot(app, people)
    hall.fill(room, "budget", "lived", {"own1": 1})
    assert hall.results(room, "budget") is None
    screen = people.ada.follow(f"{room.path}/screen").text
    assert "A bench 400 €" in screen
    assert "The house is protected." not in screen


def test_ideas_of_an_earlier_activity_get_their_costs_and_answers_from_ada(app: Flask, people: People) -> None:
    agenda = ("cards", ("budget", {"items_from": "cards", "pot": 1000, "currency": "€"}))
    room = build.workshop(app, people.organisation_id, *agenda, **hall.TRUSTED)
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench")
    bea.write("cards", "A lift")
    bench, lift = ids(room, people)
    path = f"/agenda/{room.activities['budget']}"
    form = people.ada.get(f"{room.path}{path}")
    said = {f"answers-can-{bench}": "yes", f"answers-cost-{bench}": "4oo"}
    wrong = people.ada.send(form, action=path, **said)
    assert wrong.status == 422
    assert "Write the cost in digits, in whole money." in wrong.text
    said = {f"answers-can-{bench}": "yes", f"answers-cost-{bench}": "400"}
    refused = {f"answers-can-{lift}": "no", f"answers-why-{lift}": "The house is protected."}
    assert people.ada.send(form, action=path, **said, **refused).status == 303
    room.open("budget")
    asked = bea.ask("budget")
    assert "A bench 400 €" in asked.text
    assert "A lift The house is protected." in asked.text


def ids(room: Room, people: People) -> list[str]:
    """The two cards, as the settings page asks about them."""
    page = people.ada.get(f"{room.path}/agenda/{room.activities['budget']}")
    asked = re.findall(r'name="answers-can-([^"]+)"', page.html)
    return sorted(asked, key=lambda item: page.html.index("A lift") < page.html.index(f"answers-can-{item}"))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"pot": "much"}, "Write whole money in digits, more than nothing."),
        ({"pot": "100", "items": "A bench | 400"}, "Line 1 costs more than there is in the pot."),
        ({"items": "A bench | 400\n| 3"}, "Line 2: write words | cost"),
        ({"items": "A bench | 4.5"}, "Line 1: write words | cost"),
    ],
)
def test_what_makes_no_sense_is_told_to_ada(app: Flask, people: People, settings: dict[str, str], says: str) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    page = people.ada.get(f"{room.path}/agenda/add/budget")
    refused = people.ada.send(page, action="/agenda/add/budget", **settings)
    assert refused.status == 422
    assert says in refused.text


def test_a_card_taken_back_after_the_count_keeps_its_place_and_loses_its_words(app: Flask, people: People) -> None:
    agenda = ("cards", ("budget", {"items_from": "cards", "pot": 1000, "currency": "€"}))
    room = build.workshop(app, people.organisation_id, *agenda, **hall.TRUSTED)
    room.open("cards")
    bea, cem = people.bea(room), people.cem(room)
    bea.write("cards", "A bench")
    [card] = bea.words()
    path = f"/agenda/{room.activities['budget']}"
    form = people.ada.get(f"{room.path}{path}")
    people.ada.send(form, action=path, **{f"answers-can-{card}": "yes", f"answers-cost-{card}": "400"})
    room.open("budget")
    cem.send(cem.ask("budget"), go="send", **{f"choice-{card}": "1"})
    room.count("budget")
    assert "A bench" in hall.results_page(room, "budget")
    bea.post(f"{room.path}/words/{card}/take-back")
    shown = hall.results_page(room, "budget")
    assert "A bench" not in shown
    assert "Taken back" in shown
    assert "It costs 400\u00a0€ of 1,000\u00a0€." in shown


def test_the_phone_says_the_rule_of_this_pot(app: Flask, people: People) -> None:
    shares = people.bea(pot(app, people)).ask("budget").text
    assert "Everybody has the same part of the pot in mind." in shares
    assert "An example with equal shares" in shares
    greedy = people.cem(pot(app, people, rule="greedy")).ask("budget").text
    assert "The project that most people want comes first." in greedy
    assert "An example with equal shares" not in greedy
