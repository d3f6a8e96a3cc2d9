"""Dots are counted as people gave them, shown side by side, and tell of no few."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop.counting.ballots import Ballot
from workshop.counting.cells import FEW
from workshop.counting.dots import DotsResult, count, unmasked
from workshop.counting.sides import SIDES, Crowd, People, Side, presence

from .rooms import ballots, in_room, printed_alike

ITEMS = ("garden", "bus", "phone line")
K = 3
Sum = tuple[int, ...]


def test_dots_people_ranks_and_ties() -> None:
    found = count(ballots("lived", {"garden": 2, "bus": 1}, {"bus": 1, "phone line": 2}), ITEMS, 3, 3, 5)
    told = [(each.item, each.dots, each.people, each.rank, each.tied) for each in found.items]
    assert told == [("garden", 2, 1, 1, True), ("bus", 2, 2, 1, True), ("phone line", 2, 1, 1, True)]
    assert (found.ballots, found.dots, found.unused) == (2, 6, 0)


def test_after_a_tie_a_rank_is_left_out() -> None:
    found = count(ballots("lived", {"garden": 2, "bus": 2}, {"phone line": 1}), ITEMS, 4, 4, 5)
    assert [each.rank for each in found.items] == [1, 1, 3]
    assert [each.tied for each in found.items] == [True, True, False]


def test_large_sides_show_how_many_chose_and_the_mean() -> None:
    cast = ballots("lived", *[{"garden": 2}] * 12) + ballots("service", *[{"bus": 1}] * 10)
    garden = count(cast, ITEMS, 3, 2, 5).items[0]
    assert (garden.sides.lived.share, garden.sides.service.share) == (1.0, 0.0)
    assert (garden.mean.lived, garden.mean.service, garden.mean.other) == (2.0, 0.0, None)
    assert garden.mean.all == pytest.approx(24 / 22)


def test_small_sides_are_told_in_words_and_have_no_mean() -> None:
    cast = ballots("lived", *[{"garden": 2, "bus": 1}] * 4, *[{"garden": 1, "phone line": 1}] * 2)
    cast += ballots("service", *[{"bus": 2}] * 3, *[{"phone line": 2, "garden": 1}] * 4)
    garden = next(each for each in count(cast, ITEMS, 3, 2, 5).items if each.item == "garden")
    assert (garden.sides.lived.band, garden.sides.service.band) == ("nearly all", "most")
    assert (garden.dots, garden.people) == (14, 10)
    assert (garden.mean.lived, garden.sides.nearest, garden.gap.difference) == (None, None, None)


def test_four_of_a_side_are_too_few_in_words_as_well() -> None:
    cast = ballots("lived", *[{"garden": 1}] * 20) + ballots("service", *[{"bus": 1}] * 4)
    found = count(cast, ITEMS, 3, 2, 5)
    assert not found.voters.shown
    assert not any(each.sides.shown for each in found.items)
    assert found.items[0].dots == 20


def test_a_room_of_nobody_counts_to_nothing() -> None:
    found = count([], ITEMS, 3, 3, 5)
    assert [(each.dots, each.people, each.mean.all) for each in found.items] == [(0, 0, None)] * 3


def test_channels_are_counted_in_all() -> None:
    cast = ballots("lived", {"bus": 1}) + ballots("other", {"bus": 1}, {}, channel="paper")
    assert count(cast, ITEMS, 3, 3, 5).channels == (("paper", 2), ("phone", 1))


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        ({"garden": 4}, "3 dots of one"),
        ({"garden": 3, "bus": 3}, "has 5 dots"),
        ({"boat": 1}, "not on this ballot"),
        ({"garden": -1}, "0 to 3"),
    ],
)
def test_a_ballot_beyond_the_rules_is_refused(choices: dict[str, int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        count([Ballot("lived", "phone", choices)], ITEMS, 5, 3, 5)


def cast_by(number: int, per_person: int, per_item: int) -> st.SearchStrategy[list[dict[str, int]]]:
    return st.lists(st.sampled_from(_ways(per_person, per_item)), min_size=number, max_size=number)


def _ways(per_person: int, per_item: int) -> list[dict[str, int]]:
    given_dots = product(range(per_item + 1), repeat=len(ITEMS))
    return [dict(zip(ITEMS, dots, strict=True)) for dots in given_dots if sum(dots) <= per_person]


@given(st.data())
@settings(deadline=None)
def test_neither_the_order_of_ballots_nor_that_of_items_matters(data: st.DataObject) -> None:
    cast = [*ballots("lived", *data.draw(cast_by(6, 3, 2))), *ballots("service", *data.draw(cast_by(11, 3, 2)))]
    mixed, items = data.draw(st.permutations(cast)), data.draw(st.permutations(ITEMS))
    first, second = count(cast, ITEMS, 3, 2, 5), count(mixed, items, 3, 2, 5)
    assert {each.item: each for each in first.items} == {each.item: each for each in second.items}
    twice = count(cast * 2, ITEMS, 3, 2, 5)
    assert [(each.item, each.rank) for each in twice.items] == [(each.item, each.rank) for each in first.items]


@given(st.data())
@settings(deadline=None)
def test_the_sides_add_up_to_the_total(data: st.DataObject) -> None:
    cast = [*ballots("lived", *data.draw(cast_by(3, 3, 2))), *ballots("other", *data.draw(cast_by(2, 3, 2)))]
    found = count(cast, ITEMS, 3, 2, 5)
    exact = unmasked(cast, ITEMS, 3, 2)
    assert {each.item: (each.dots, each.people) for each in found.items} == {
        item: (each.dots.total, each.chose.total) for item, each in exact.items()
    }


def test_a_choice_of_one_of_three_does_not_tell_by_its_sum_that_nobody_chose() -> None:
    """Three of six chose the garden and three the bus: by the sum, nobody of them the phone line."""
    cast = ballots("lived", *[{"garden": 1}] * 3, *[{"bus": 1}] * 3)
    cast += ballots("service", *[{"garden": 1}] * 2, *[{"bus": 1}] * 3, *[{"phone line": 1}] * 2)
    _nothing_is_given_away(cast, 1, 1, 5)


@given(st.data())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_who_adds_up_all_dots_cannot_tell_that_a_few_were_of_one_mind(data: st.DataObject) -> None:
    per_person, per_item = data.draw(st.sampled_from([(1, 1), (2, 1), (2, 2)]))
    lived, service = data.draw(st.integers(3, 4)), data.draw(st.integers(3, 4))
    cast = [*ballots("lived", *data.draw(cast_by(lived, per_person, per_item)))]
    cast += ballots("service", *data.draw(cast_by(service, per_person, per_item)))
    _nothing_is_given_away(cast, per_person, per_item, K)


@given(st.data())
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_nor_in_a_room_of_three_sides(data: st.DataObject) -> None:
    cast = [vote for side in SIDES for vote in ballots(side, *data.draw(cast_by(3, 1, 1)))]
    _nothing_is_given_away(cast, 1, 1, K)


def _nothing_is_given_away(cast: list[Ballot], per_person: int, per_item: int, k: int) -> None:
    """The attacker tries every room of ballots with these totals, and keeps those that would be printed alike."""
    real = _print(cast, per_person, per_item, k)
    worlds = [world for sizes in _sizes(real.voters, k) for world in _worlds(cast, sizes, per_person, per_item)]
    alike = printed_alike(worlds, lambda world: _print(world, per_person, per_item, k))
    same = next((group for group in alike if _print(group[0], per_person, per_item, k) == real), [])
    assert same, "the real room is among them"
    for item, side in product(ITEMS, SIDES):
        by_paper = {_mind(world, item, side) for world in same}
        by_totals = {_mind(world, item, side) for world in worlds}
        assert by_paper not in ({"none"}, {"all"}) or by_paper == by_totals, (item, side, real)


def _sizes(crowd: Crowd, k: int) -> list[People]:
    return [sizes for sizes in in_room(People(crowd.total)) if presence(sizes, k) == crowd]


def _mind(world: list[Ballot], item: str, side: Side) -> str:
    """What could be told of this side and item: that of a few none, or all, chose it."""
    voters = sum(vote.side == side for vote in world)
    chose = sum(1 for vote in world if vote.side == side and vote.choices.get(item))
    if not 0 < voters < FEW:
        return "not guarded"
    return {0: "none", voters: "all"}.get(chose, "divided")


def _print(cast: list[Ballot], per_person: int, per_item: int, k: int) -> DotsResult:
    return count(cast, ITEMS, per_person, per_item, k)


def _worlds(cast: list[Ballot], sizes: People, per_person: int, per_item: int) -> Iterator[list[Ballot]]:
    real = _sum([vote.choices for vote in cast])
    lived, service, other = (_rooms(number, per_person, per_item) for number in sizes)
    for (one, first), (two, second) in product(lived.items(), service.items()):
        rest = tuple(all_ - a - b for all_, a, b in zip(real, one, two, strict=True))
        if rest in other:
            yield [*ballots("lived", *first), *ballots("service", *second), *ballots("other", *other[rest])]


@cache
def _rooms(number: int, per_person: int, per_item: int) -> dict[Sum, list[dict[str, int]]]:
    """For every sum of dots and choosers that so many people can make, one way to make it."""
    rooms: dict[Sum, list[dict[str, int]]] = {_sum([]): []}
    for _ in range(number):
        rooms = {
            _plus(total, way): [*room, way] for total, room in rooms.items() for way in _ways(per_person, per_item)
        }
    return rooms


def _sum(choices: Iterable[Mapping[str, int]]) -> Sum:
    total: Sum = (0,) * (2 * len(ITEMS))
    for way in choices:
        total = _plus(total, way)
    return total


def _plus(total: Sum, way: Mapping[str, int]) -> Sum:
    dots = [way.get(item, 0) for item in ITEMS]
    return tuple(a + b for a, b in zip(total, [*dots, *map(bool, dots)], strict=True))
