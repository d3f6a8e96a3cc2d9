"""A hall taps at once: an answer costs the same with four lines and with fifty, in a room and in a hall."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.kinds.statements.test_cost import queries_of_an_answer
from tests.support import build
from tests.support.people import People
from workshop.kinds.pairs import asking
from workshop.queries import choices


def test_the_database_is_asked_as_often_for_many_as_for_few(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "FRESH", 3600.0)  # what the room was asked is read once a while, not for every tap
    asked = []
    for many in (4, 50):
        own = "\n".join(f"Line {n}" for n in range(many))
        room = build.workshop(app, people.organisation_id, "cards", ("pairs", {"items": own, "items_from": "cards"}))
        room.open("pairs")
        asked.append(queries_of_an_answer(app, people.bea(room), room, "pairs"))
    assert asked[0] == asked[1]
    for_page, for_answer = asked[0]
    assert for_page <= 6
    assert for_answer <= 9, "one more than for a statement: what this person has answered, and how much"


def test_what_was_asked_is_known_without_how_it_was_answered(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "FRESH", 3600.0)
    room = hall.asked(app, people, "pairs")
    hall.fill(room, "pairs", "lived", {"own1|own2": 1, "own1|own3": 0}, {"own1|own2": -1})
    with app.app_context():
        assert choices.how_often(room.activities["pairs"]) == {"own1|own2": 2, "own1|own3": 1}
        assert asking.asked_so_far(room.activities["pairs"]) == {("own1", "own2"): 2, ("own1", "own3"): 1}
        hall.fill(room, "pairs", "lived", {"own2|own3": 1})
        assert ("own2", "own3") not in asking.asked_so_far(room.activities["pairs"]), "read a moment ago"


@pytest.mark.shows("P12")
def test_the_next_pair_is_the_same_whatever_others_answered(app: Flask, people: People) -> None:
    """Two rooms in which the same was asked and the opposite was answered: nobody can tell them apart by what comes."""
    items = [f"own{n}" for n in range(1, 9)]
    asked = [{f"own1|own{n}": 1 for n in range(2, 6)}, {"own2|own3": 1, "own4|own5": 1, "own7|own8": 0}]
    turned = [{pair: -answer for pair, answer in each.items()} for each in asked]
    nothing = choices.Progress("a ballot", frozenset({"own1|own2"}))
    found = []
    for cast in (asked, turned):
        room = hall.asked(app, people, "pairs", items="\n".join(items))
        hall.fill(room, "pairs", "lived", *cast)
        with app.app_context():
            found.append(asking.next_pair(room.activity("pairs"), None, items, nothing))
    assert found[0] == found[1] is not None
