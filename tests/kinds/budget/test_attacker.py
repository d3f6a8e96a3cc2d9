"""Somebody reads all that a budget prints, knows every rule, and tries every room that it could be."""

from collections.abc import Callable, Iterator
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import pytest
from flask import Flask

from tests.counting.rooms import printed_alike
from workshop.activities import Item
from workshop.counting import dots
from workshop.counting.asked import EVERYBODY
from workshop.counting.ballots import Ballot
from workshop.counting.budgets.pots import Pot
from workshop.counting.budgets.rules import EQUAL, MOST_VOTES
from workshop.counting.cells import Split
from workshop.kinds.budget.counting import Counting
from workshop.kinds.budget.districts import District
from workshop.kinds.budget.outcome import most_together

K = 3
Room = tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]
A_FILLS_THE_POT = Pot(10, {"A": 10, "B": 6, "C": 4})
A_AND_TWO_OTHERS_DO_NOT_FIT = Pot(10, {"A": 9, "B": 5, "C": 4, "D": 3})


def rooms(pot: Pot, lived: int, service: int) -> Iterator[Room]:
    """Everybody in it has a basket that the pot could pay."""
    sets = (each for many in range(len(pot.costs) + 1) for each in combinations(pot.costs, many))
    baskets = [each for each in sets if pot.spent(each) <= pot.budget]
    yield from product(*(combinations_with_replacement(baskets, many) for many in (lived, service)))  # type: ignore[misc]  # two sides


def ballots(room: Room) -> list[Ballot]:
    sides = zip(("lived", "service"), room, strict=True)
    return [Ballot(side, "phone", dict.fromkeys(basket, 1)) for side, held in sides for basket in held]  # type: ignore[arg-type]  # two of the sides


def printed(pot: Pot, rule: str) -> Callable[[Room], Any]:
    """Everything on the page and in the export: who wanted what, the sides, every turn, and the other rule."""
    projects = {item: (cost, "") for item, cost in pot.costs.items()}
    items = [Item(item, item) for item in pot.costs]

    def paper(room: Room) -> Any:
        counting = Counting(str(room), rule, "€", EVERYBODY, projects, K)
        found = counting.everything([District("", "", pot.budget)], ballots(room), items)
        told = found.found and (
            found.found.turns,
            found.found.instead,
            found.found.decided_by_ties,
            found.found.without_any,
        )
        return *((each.item.id, each.counted.people, each.sides) for each in found.items), told, found.alone

    return paper


def in_words(pot: Pot) -> Callable[[Room], Any]:
    """What a choice without costs prints of the same rooms: the sides of a few in words."""
    return lambda room: tuple(
        (each.item, each.people, each.sides)
        for each in dots.count(ballots(room), list(pot.costs), most_together(pot), 1, K).items
    )


def known_of_a_few(pot: Pot, lived: int, service: int, paper: Callable[[Room], Any]) -> list[tuple[str, set[int]]]:
    """Items of which the paper says that all people of a few want it, or none; unless its total says so already."""
    found = []
    for alike in printed_alike(rooms(pot, lived, service), paper):
        for item in pot.costs:
            wanted = [[sum(item in basket for basket in held) for held in room] for room in alike]
            if 0 < sum(wanted[0]) < lived + service:
                told = zip((lived, service), zip(*wanted, strict=True), strict=True)
                found += [(item, {*each}) for size, each in told if {*each} in ({0}, {size})]
    return found


@pytest.mark.shows("P11", "P12")
@pytest.mark.parametrize("rule", [EQUAL, MOST_VOTES])
def test_no_few_are_known_to_be_of_one_mind_from_full_baskets_and_the_working(app: Flask, rule: str) -> None:
    with app.test_request_context():
        assert known_of_a_few(A_FILLS_THE_POT, 3, 4, printed(A_FILLS_THE_POT, rule)) == []


def test_words_as_other_choices_print_them_would_give_a_few_away() -> None:
    """Else the test above would attack nothing: a basket with A holds no two others, whatever number of them fits."""
    pot = A_AND_TWO_OTHERS_DO_NOT_FIT
    assert known_of_a_few(pot, 3, 3, in_words(pot))


def test_nothing_of_a_side_is_printed_before_ten(app: Flask) -> None:
    pot = A_FILLS_THE_POT
    with app.test_request_context():
        for service, shown in ((9, False), (10, True)):
            sides = [cell for cell in printed(pot, EQUAL)(((("A",),) * 12, (("B",),) * service)) if _is_split(cell)]
            assert bool(sides) is shown


def _is_split(told: Any) -> bool:
    return isinstance(told, tuple) and isinstance(told[-1], Split) and told[-1].shown
