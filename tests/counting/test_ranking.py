"""Ranked ballots counted: four methods on one example, orders of sides only where nobody is given away."""

import random
from itertools import permutations

import pytest

from workshop.counting import ranking
from workshop.counting.asked import Asked, Telling
from workshop.counting.ballots import Ballot
from workshop.counting.ranked.agreement import agreement, by_lot, places
from workshop.counting.sides import People, Side

ITEMS = ("bench", "roof", "lamp")
EXAMPLE = [("bench", "roof", "lamp")] * 4 + [("lamp", "roof", "bench")] * 3 + [("roof", "lamp", "bench")] * 2


def ranked(*order: str) -> dict[str, int]:
    return {item: place for place, item in enumerate(order, 1)}


def cast(side: Side, *orders: tuple[str, ...]) -> list[Ballot]:
    return [Ballot(side, "phone", ranked(*order)) for order in orders]


@pytest.mark.parametrize(
    ("method", "order"),
    [
        ("schulze", (("roof",), ("lamp",), ("bench",))),
        ("ranked_pairs", (("roof",), ("lamp",), ("bench",))),
        ("run_off", (("lamp",), ("bench",), ("roof",))),
        ("borda", (("roof",), ("bench", "lamp"))),
    ],
)
def test_four_methods_on_the_same_nine_ballots(method: ranking.Method, order: tuple[tuple[str, ...], ...]) -> None:
    counted = ranking.by_method([ranked(*each) for each in EXAMPLE], ITEMS, method)
    assert counted.order == order
    assert counted.winners == order[0]


def test_the_example_that_every_phone_shows_is_right() -> None:
    votes = [ranked(*each) for each in EXAMPLE]
    table = ranking.by_method(votes, ITEMS, "borda")
    assert table.duels.won == ((0, 4, 4), (5, 0, 6), (5, 3, 0))
    assert table.half_points == {"bench": 16, "roof": 22, "lamp": 16}
    rounds = ranking.by_method(votes, ITEMS, "run_off").rounds
    assert [dict(each.votes) for each in rounds] == [{"bench": 4, "roof": 2, "lamp": 3}, {"bench": 4, "lamp": 5}]


@pytest.mark.parametrize("method", ranking.METHODS)
def test_what_nobody_ranked_stands_last_and_an_empty_ballot_is_a_ballot(method: ranking.Method) -> None:
    counted = ranking.by_method([ranked("roof"), ranked("roof"), {}], ITEMS, method)
    assert counted.order == (("roof",), ("bench", "lamp"))
    assert (counted.ballots, counted.blank) == (3, 1)


@pytest.mark.parametrize("method", ranking.METHODS)
def test_where_nobody_ranked_anything_nobody_has_won(method: ranking.Method) -> None:
    for votes in ([], [{}, {}]):
        counted = ranking.by_method(votes, ITEMS, method)
        assert counted.winners == ()
        assert counted.order == (ITEMS,)
    assert ranking.by_method([], (), method).order == ()


@pytest.mark.parametrize("method", ranking.METHODS)
def test_an_order_has_every_item_once_whatever_the_ballots_and_their_order(method: ranking.Method) -> None:
    dice, items = random.Random(5), "abcdefg"  # noqa: S311 - the same in every run
    for _ in range(60):
        votes = [ranked(*dice.sample(items, dice.randint(0, 7))) for _ in range(dice.randint(0, 14))]
        found = ranking.by_method(votes, items, method).order
        assert sorted(item for tier in found for item in tier) == list(items)
        assert all(found)
        dice.shuffle(votes)
        assert ranking.by_method(votes, items, method).order == found


def test_ten_of_each_side_have_an_order_of_their_own() -> None:
    votes = cast("lived", *[("bench", "roof", "lamp")] * 10) + cast("service", *[("lamp", "bench", "roof")] * 10)
    counted = ranking.count(votes, ITEMS, "schulze", 5)
    assert counted.sides is not None
    assert counted.sides["lived"].order == (("bench",), ("roof",), ("lamp",))
    assert counted.sides["service"].winners == ("lamp",)


@pytest.mark.parametrize(("lived", "service", "other"), [(9, 30, 0), (30, 9, 0), (12, 12, 1), (12, 12, 9)])
def test_fewer_of_any_side_hide_the_orders_of_all_sides_and_not_the_total(lived: int, service: int, other: int) -> None:
    sides: tuple[tuple[Side, int], ...] = (("lived", lived), ("service", service), ("other", other))
    votes = [vote for side, number in sides for vote in cast(side, *[ITEMS] * number)]
    counted = ranking.count(votes, ITEMS, "schulze", 5)
    assert (counted.sides, counted.alike) == (None, None)
    assert counted.all is not None
    assert counted.all.ballots == lived + service + other


@pytest.mark.parametrize("chose", [0, 4, 5, 9])
def test_of_one_side_alone_no_order_depends_on_fewer_than_ten(chose: int) -> None:
    asked = Asked("service", People(lived=20, service=20))
    told = {ranking.count(cast("service", *[order] * chose), ITEMS, "schulze", 5, asked) for order in [ITEMS]}
    other = ranking.count(cast("service", *[ITEMS[::-1]] * chose), ITEMS, "schulze", 5, asked)
    assert told == {other}
    assert (other.told, other.all) == (Telling.NOTHING, None)


def test_of_one_side_alone_ten_have_an_order() -> None:
    asked = Asked("service", People(lived=20, service=20))
    counted = ranking.count(cast("service", *[ITEMS] * 10), ITEMS, "run_off", 5, asked)
    assert counted.all is not None
    assert counted.all.winners == ("bench",)
    assert counted.sides is None


def test_places_of_a_tie_are_shared() -> None:
    assert places((("a",), ("b", "c"), ("d",))) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_agreement_counts_pairs_and_ties_count_for_neither() -> None:
    one, same = ranked(*"abcde"), agreement(ranked(*"abcde"), ranked(*"abcde"))
    assert same is not None
    assert (same.same, same.opposite, same.pairs, same.tau) == (10, 0, 10, 1.0)
    turned = agreement(one, ranked(*"edcba"))
    assert turned is not None
    assert turned.tau == -1.0
    tied = agreement(one, {"a": 1, "b": 1, "c": 3, "d": 3, "e": 5})
    assert tied is not None
    assert (tied.same, tied.opposite) == (8, 0)
    assert tied.tau == pytest.approx(8 / (10 * 8) ** 0.5)


def test_under_five_items_and_where_all_is_tied_nothing_is_said() -> None:
    assert agreement(ranked(*"abcd"), ranked(*"abcd")) is None
    assert agreement(ranked(*"abcde"), dict.fromkeys("abcde", 1)) is None


@pytest.mark.parametrize("items", [5, 6, 7])
def test_what_lots_rarely_reach_is_counted_out_over_all_orders(items: int) -> None:
    one = {item: item for item in range(items)}
    taus = []
    for order in permutations(range(items)):
        opposite = sum(order[a] > order[b] for a in one for b in range(a + 1, items))
        taus.append(1 - 4 * opposite / (items * (items - 1)))
    least = by_lot(items)
    assert sum(tau >= least - 1e-9 for tau in taus) * 20 <= len(taus)
    next_one = least - 4 / (items * (items - 1))
    assert sum(tau >= next_one - 1e-9 for tau in taus) * 20 > len(taus)
