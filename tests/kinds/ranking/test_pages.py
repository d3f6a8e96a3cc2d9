"""People put lines in order on a phone: numbers without script, in secret, changed until the close."""

import re

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.queries import choices

LINES = "Bus stop\nGarden\nLift"


def room_of(app: Flask, people: People, method: str = "schulze", lines: str = LINES) -> Room:
    room = build.workshop(app, people.organisation_id, ("ranking", {"items": lines, "method": method}))
    room.open("ranking")
    return room


def test_bea_ranks_two_of_three_checks_and_sends(app: Flask, people: People) -> None:
    bea = people.bea(room_of(app, people))
    asked = bea.ask("ranking")
    assert set(asked.fields()) >= {"choice-own1", "choice-own2", "choice-own3"}
    check = bea.send(asked, go="next", **{"choice-own3": "1", "choice-own1": "2"})
    assert "Place 1 Lift" in check.text
    assert "Place 2 Bus stop" in check.text
    assert "Lines not ranked 1" in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"


def test_numbers_with_gaps_are_places_without(app: Flask, people: People) -> None:
    room = room_of(app, people, lines="A\nB\nC\nD\nE")
    bea = people.bea(room)
    bea.send(bea.ask("ranking"), go="send", **{"choice-own5": "2", "choice-own1": "4", "choice-own2": "4"})
    room.count("ranking")
    with app.app_context():
        [(_side, _channel, chosen)] = choices.ballots(room.activities["ranking"])
    assert chosen == {"own5": 1, "own1": 2, "own2": 2}


def test_what_is_typed_comes_back_in_its_order_from_the_check(app: Flask, people: People) -> None:
    bea = people.bea(room_of(app, people))
    check = bea.send(bea.ask("ranking"), go="next", **{"choice-own3": "1", "choice-own1": "2"})
    again = bea.send(check, go="back")
    assert re.findall(r'name="choice-(own\d)"', again.html) == ["own3", "own1", "own2"]
    assert [again.fields()[f"choice-own{n}"] for n in (3, 1, 2)] == ["1", "2", ""]


def test_two_lines_may_share_a_place_but_not_where_a_ballot_counts_for_one(app: Flask, people: People) -> None:
    twice = {"choice-own1": "1", "choice-own2": "1"}
    bea = people.bea(room_of(app, people))
    assert "Is this right?" in bea.send(bea.ask("ranking"), go="next", **twice).text
    cem = people.cem(room_of(app, people, "run_off"))
    page = cem.send(cem.ask("ranking"), go="next", **twice)
    assert page.status == 422
    assert "Two lines have place 1. Please give each its own." in page.text
    assert page.fields()["choice-own2"] == "1"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4", "Please write numbers from 1 to 3."),
        ("-1", "Please write whole numbers only."),
        ("first", "Please write whole numbers only."),
        ("9" * 40, "Please write whole numbers only."),
    ],
)
def test_other_numbers_are_told(app: Flask, people: People, typed: str, said: str) -> None:
    bea = people.bea(room_of(app, people))
    page = bea.send(bea.ask("ranking"), go="send", **{"choice-own1": typed, "choice-own2": "2"})
    assert page.status == 422
    assert said in page.text
    assert page.fields()["choice-own2"] == "2"


def test_ranking_nothing_is_a_choice(app: Flask, people: People) -> None:
    room = room_of(app, people)
    bea = people.bea(room)
    check = bea.send(bea.ask("ranking"), go="next")
    assert "Nothing is ranked" in check.text
    bea.send(check, go="send")
    room.count("ranking")
    counted = hall.results(room, "ranking").counted.all
    assert (counted.ballots, counted.blank, counted.winners) == (1, 1, ())
    assert "Nobody ranked anything." in hall.results_page(room, "ranking")


@pytest.mark.shows("P12")
def test_only_the_last_ballot_counts_and_nothing_shows_before_the_count(app: Flask, people: People) -> None:
    room = room_of(app, people)
    bea = people.bea(room)
    bea.send(bea.ask("ranking"), go="send", **{"choice-own1": "1"})
    bea.send(bea.ask("ranking"), go="send", **{"choice-own2": "1"})
    assert 'value="1"' not in re.sub("<button.*?>", "", bea.ask("ranking").html)
    assert hall.results(room, "ranking") is None
    room.close("ranking")
    assert hall.results(room, "ranking") is None
    room.count("ranking")
    assert [item.words for item in hall.results(room, "ranking").winners] == ["Garden"]


def test_a_card_taken_back_while_open_leaves_every_ballot(app: Flask, people: People) -> None:
    ranking = ("ranking", {"items_from": "cards", "items": LINES})
    room = build.workshop(app, people.organisation_id, "cards", ranking, **hall.TRUSTED)
    room.open("cards", "ranking")
    bea, cem = people.bea(room), people.cem(room)
    bea.write("cards", "A bench")
    [card] = bea.words()
    cem.send(cem.ask("ranking"), go="send", **{f"choice-{card}": "1", "choice-own1": "2"})
    bea.post(f"{room.path}/words/{card}/take-back")
    assert "A bench" not in cem.ask("ranking").text
    room.count("ranking")
    results = hall.results(room, "ranking")
    assert [item.words for item in results.winners] == ["Bus stop"]
    assert len(results.items) == 3


def test_fifty_lines_are_the_most(app: Flask, people: People) -> None:
    lines = "\n".join(f"Line {n}" for n in range(51))
    room = build.workshop(app, people.organisation_id, "cards")
    page = people.ada.get(f"{room.path}/agenda/add/ranking")
    refused = people.ada.send(page, action="/agenda/add/ranking", items=lines)
    assert refused.status == 422
    assert "At most 50 lines, please." in refused.text
    more = room_of(app, people, lines=lines)
    assert "Line 49" in people.bea(more).ask("ranking").text
    assert "Line 50" not in people.bea(more).ask("ranking").text
    console = people.ada.follow(f"{more.path}/console")
    assert "1 more are left out." in console.text


@pytest.mark.parametrize(
    ("method", "said", "example"),
    [
        ("schulze", "Who wins against every other comes first.", "Roof wins against both and comes first."),
        ("ranked_pairs", "The clearest wins count first.", "Roof wins against both and comes first."),
        ("run_off", "The line with the fewest leaves.", "Lamp has 5, Bench 4. Lamp comes first."),
        ("borda", "The most points come first.", "That is 11: Roof comes first."),
    ],
)
def test_every_phone_says_how_this_one_is_counted(
    app: Flask, people: People, method: str, said: str, example: str
) -> None:
    shown = people.bea(room_of(app, people, method)).ask("ranking").text
    assert "How is this counted?" in shown
    assert said in shown
    assert example in shown
