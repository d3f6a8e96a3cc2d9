"""What every choice from lines promises, whatever its method: how it is counted, what a few may learn, what follows."""

import re

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support.people import People
from workshop.activities import kind_of

LIFT_THEN_BUS_STOP = {
    "approval": ({"own1": 1, "own2": 1, "own3": 1}, {"own1": 1, "own3": 1}, {"own3": 1}),
    "budget": ({"own1": 1, "own2": 1, "own3": 1}, {"own1": 1, "own3": 1}, {"own3": 1}),
    "dots": ({"own1": 1, "own2": 1, "own3": 1}, {"own1": 1, "own3": 1}, {"own3": 1}),
    "jury": ({"own1|1": 3, "own2|1": 2, "own3|1": 4},) * 3,
    "mentions": ({"own1": 2, "own2": 1, "own3": 3},) * 3,
    "ranking": ({"own1": 2, "own2": 3, "own3": 1},) * 3,
    "score": ({"own1": 3, "own2": 2, "own3": 5},) * 3,
}
PRICED = {"budget": {"items": "Bus stop | 100\nGarden | 100\nLift | 100"}}
ONE_A_PAGE = {"jury"}
BY_SHARES = ("approval", "dots", "mentions", "score")

every_choice = pytest.mark.parametrize("kind", LIFT_THEN_BUS_STOP)


@every_choice
def test_how_it_is_counted_stands_where_people_answer(app: Flask, people: People, kind: str) -> None:
    room = hall.asked(app, people, kind, **PRICED.get(kind, {}))
    page = people.bea(room).ask(kind)
    assert "How is this counted?" in page.text
    with app.test_request_context():
        for sentence in kind_of(room.activity(kind)).how(room.activity(kind)):
            assert str(sentence) in page.text


@every_choice
def test_a_later_activity_gets_first_what_came_out_first(app: Flask, people: People, kind: str) -> None:
    room = hall.asked(app, people, kind, **PRICED.get(kind, {}))
    assert hall.handed_on(room, kind) == ["Bus stop", "Garden", "Lift"]
    hall.fill(room, kind, "lived", *LIFT_THEN_BUS_STOP[kind])
    room.count(kind)
    assert hall.handed_on(room, kind) == ["Lift", "Bus stop", "Garden"]


@pytest.mark.parametrize("kind", sorted(LIFT_THEN_BUS_STOP.keys() - ONE_A_PAGE))
def test_every_phone_has_its_own_order_and_keeps_it(app: Flask, people: People, kind: str) -> None:
    lines = "\n".join(f"Line {n} | 1" if kind == "budget" else f"Line {n}" for n in range(12))
    room = hall.asked(app, people, kind, items=lines)
    bea, cem = people.bea(room), people.cem(room)
    first, again, other = (re.findall(r'name="choice-(own\d+)"', who.ask(kind).html) for who in (bea, bea, cem))
    assert first == again != other
    assert sorted(first) == sorted(other)


@pytest.mark.parametrize("kind", BY_SHARES)
def test_four_of_a_side_are_too_few_to_stand_apart(app: Flask, people: People, kind: str) -> None:
    room = hall.asked(app, people, kind)
    for side, people_of_it in (("lived", 12), ("service", 4)):
        hall.fill(room, kind, side, *[LIFT_THEN_BUS_STOP[kind][0]] * people_of_it)
    room.count(kind)
    shown = hall.results_page(room, kind)
    assert "Too few to say by side" in shown
    assert not hall.exported(room, kind)[0][0]["sides_shown"]


@pytest.mark.parametrize(("many", "told"), [(12, True), (9, False)])
def test_from_ten_of_each_side_it_is_told_whether_both_want_the_same(
    app: Flask, people: People, many: int, told: bool
) -> None:
    """Of five lines the two in the middle change places: one pair of ten, and one of the first three."""
    room = hall.asked(app, people, "approval", items="A\nB\nC\nD\nE")
    for side, wanted in (("lived", (10, 8, 6, 4, 2)), ("service", (10, 8, 4, 6, 2))):
        ballots = [{f"own{at}": 1 for at, most in enumerate(wanted, 1) if number < most} for number in range(many)]
        hall.fill(room, "approval", side, *ballots)
    room.count("approval")
    page = people.ada.get(f"{room.path}/results").text
    assert ("Of 10 pairs of lines, the sides put 9 in the same order." in page) is told
    assert ("Of the first 3 lines of each side, 2 are the same. By lot it would be 1.8." in page) is told
    assert ("tau-b): 0.80" in page) is told
