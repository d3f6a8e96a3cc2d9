"""Who would rather hold a pen gets a ballot of paper, with the same lines and rules as the phones have."""

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask

from tests.support import answering, build
from tests.support.page import Page
from tests.support.people import People
from workshop.activities import discover

LINES = ("A bench", "A roof", "A lift")
ITEMS = {"items": "\n".join(LINES)}
BOXES: list[tuple[str, dict[str, Any], int]] = [
    ("approval", ITEMS, 1),
    ("dots", {**ITEMS, "per_person": 3, "per_item": 2}, 2),
    ("mentions", ITEMS, 5),
    ("ranking", ITEMS, 1),
    ("score", {**ITEMS, "scale": "5"}, 6),
    ("statements", ITEMS, 3),
]


def paper(room: build.Room, key: str, asked: str = "") -> str:
    return f"{room.path}/console/activity/{room.activities[key]}/paper?{asked}"


def ballots(page: Page) -> list[str]:
    return re.findall(r"<article.*?</article>", page.html, re.DOTALL)


def lines_of(ballot: str) -> list[str]:
    return [words.strip() for words in re.findall(r'<th scope="row" dir="auto">([^<]*)', ballot)]


def test_each_kind_that_has_a_paper_is_here(app: Flask) -> None:
    printed = {name for name, kind in discover().items() if kind.prints}
    assert printed == {"budget", "jury", "pairs", *(kind for kind, *_ in BOXES)}


def test_a_jurys_sheet_has_every_criterion_of_every_idea_and_says_what_levels_mean(app: Flask, people: People) -> None:
    criteria = "Help | 1 | None | A little | Much | Very much\nCost | 2 | High | Middle | Low | Nothing"
    room = build.workshop(app, people.organisation_id, ("jury", {**ITEMS, "criteria": criteria}))
    found = ballots(people.ada.get(paper(room, "jury", "many=8")))
    one = ["Help", "Cost", "I know these people: I leave this one out"]
    assert all(lines_of(each) == one * 3 for each in found)
    assert "Help: 1 None / 2 A little / 3 Much / 4 Very much" in found[0]
    ideas = [re.findall(r"<bdi>(A \w+)</bdi>", each) for each in found]
    assert all(sorted(each) == sorted(LINES) for each in ideas)
    assert len({tuple(each) for each in ideas}) > 1, "ideas change places"


@pytest.mark.parametrize(("kind", "settings", "boxes"), BOXES)
def test_every_line_has_the_boxes_of_its_kind_and_each_ballot_an_order_of_its_own(
    app: Flask, people: People, kind: str, settings: dict[str, Any], boxes: int
) -> None:
    room = build.workshop(app, people.organisation_id, (kind, settings))
    room.open(kind)
    assert "Paper ballots" in people.ada.get(f"{room.path}/console").text
    found = ballots(people.ada.get(paper(room, kind, "many=12")))
    assert len(found) == 12
    assert all(sorted(lines_of(each)) == sorted(LINES) for each in found)
    assert len({tuple(lines_of(each)) for each in found}) > 1
    assert {each.count("pen-box") for each in found} == {boxes * len(LINES)}


def test_a_budget_prints_what_each_project_costs_and_only_what_can_be_paid(app: Flask, people: People) -> None:
    lines = "A bench | 400\nNorth | A roof | 300\nA palace | 90000"
    settings = {"items": lines, "pot": 1000, "districts": "North | 500"}
    room = build.workshop(app, people.organisation_id, ("budget", settings))
    (ballot,) = ballots(people.ada.get(paper(room, "budget", "many=1")))
    assert lines_of(ballot) == ["A bench", "A roof"]
    text = " ".join(re.sub("<[^>]+>", " ", ballot).split())
    assert "For everybody: 1,000 € A bench 400 €" in text
    assert "North: 500 € A roof 300 €" in text


def test_words_that_nobody_has_approved_are_on_no_paper(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards", ("approval", {"items_from": "cards"}))
    room.open("cards", "approval")
    bea = people.bea(room)
    bea.write("cards", "A bench for all")
    answering.approve(people, room, bea.words()[0])
    bea.write("cards", "Still waiting")
    page = people.ada.get(paper(room, "approval"))
    assert "A bench for all" in page.text
    assert "Still waiting" not in page.text


def test_whose_ballots_these_are_stands_on_each(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", ITEMS))
    for asked, words in (("", "I use the service"), ("side=service", "I work in the service"), ("side=x", "I use the")):
        assert words in ballots(people.ada.get(paper(room, "dots", asked)))[0]


@pytest.mark.parametrize(("many", "there"), [("", 10), ("0", 1), ("3", 3), ("100000", 10), ("999", 100), ("-4", 10)])
def test_as_many_as_were_asked_for_and_never_a_thousand(app: Flask, people: People, many: str, there: int) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", ITEMS))
    assert len(ballots(people.ada.get(paper(room, "dots", f"many={many}")))) == there


def test_an_empty_ballot_is_not_printed(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards", ("dots", {"items_from": "cards"}))
    page = people.ada.get(paper(room, "dots"))
    assert "There is nothing to choose from yet" in page.text
    assert ballots(page) == []


def test_strangers_find_no_paper_and_what_is_no_choice_has_none(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", ITEMS), "cards")
    assert people.ada.get(paper(room, "cards")).status == 404
    assert people.dora.get(paper(room, "dots")).status == 403
    assert people.bea(room).get(paper(room, "dots")).status in (303, 403, 404)


def test_pairs_on_paper_are_as_many_as_everybody_answers_and_no_line_is_asked_about_much_more(
    app: Flask, people: People
) -> None:
    lines = "\n".join("ABCDEF")
    room = build.workshop(app, people.organisation_id, ("pairs", {"items": lines, "each": 6}))
    room.open("pairs")
    one, other = ballots(people.ada.get(paper(room, "pairs", "many=2")))
    assert sorted(lines_of(one)) == sorted(lines_of(other)), "the same pairs on each paper"
    met = Counter(line for pair in lines_of(one) for line in pair.split(", or "))
    assert met == dict.fromkeys("ABCDEF", 2)
    assert one.count("pen-box") == 6 * 3
