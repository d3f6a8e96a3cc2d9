"""Which of these two? The count of a room, the numbers of a side, and what a few may learn."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.asked import Asked, Telling
from workshop.counting.ballots import Ballot
from workshop.counting.favourites import Favourites
from workshop.counting.intervals import Verdict, wilson
from workshop.counting.pair_answers import name_of, pairs_of, two_of
from workshop.counting.pairs import Paired, count, favourites
from workshop.counting.sides import SIDES, People, Side

from .rooms import ballots

ITEMS = ("bus", "garden", "lift", "roof")
NAMES = [name_of(*pair) for pair in pairs_of(ITEMS)]
choices = st.dictionaries(st.sampled_from(NAMES), st.sampled_from((1, 0, -1)))
rooms = st.lists(st.builds(Ballot, st.sampled_from(SIDES), st.just("phone"), choices), max_size=30)


def by(*order: str) -> dict[str, int]:
    """Every pair as somebody answers it whose order this is."""
    place = {item: at for at, item in enumerate(order)}
    return {name_of(*pair): 1 if place[pair[0]] < place[pair[1]] else -1 for pair in pairs_of(order)}


def found(cast: Sequence[Ballot], k: int = 5, asked: Asked | None = None) -> dict[str, Paired]:
    return {each.item: each for each in count(cast, ITEMS, k, asked or Asked()).items}


def test_a_pair_has_one_name_whoever_stands_first() -> None:
    assert name_of("lift", "bus") == name_of("bus", "lift") == "bus|lift"
    assert two_of("bus|lift") == ("bus", "lift")
    assert len(pairs_of(ITEMS)) == len(set(NAMES)) == 6


def test_shares_are_counted_by_hand() -> None:
    cast = ballots("lived", {"bus|lift": 1}, {"bus|lift": 1, "garden|lift": -1}, {"bus|lift": -1, "bus|garden": 0})
    bus, lift, roof = (found(cast)[item] for item in ("bus", "lift", "roof"))
    assert bus.all
    assert lift.all
    assert roof.all
    assert (bus.all.chosen, bus.all.other, bus.all.undecided, bus.all.people) == (2, 1, 1, 3)
    assert (bus.all.share, bus.all.smoothed) == (Fraction(2, 3), Fraction(3, 5))
    assert (lift.all.chosen, lift.all.decided) == (2, 4)
    assert (roof.all.share, roof.all.smoothed, roof.place, roof.interval) == (None, Fraction(1, 2), None, None)


def test_how_sure_a_share_is_goes_by_people_and_not_by_answers() -> None:
    cast = ballots("lived", by("bus", "garden", "lift", "roof"), by("bus", "roof", "lift", "garden"))
    bus = found(cast)["bus"]
    assert bus.all
    assert bus.all.decided == 6
    assert bus.interval == wilson(2, 2)


def test_the_first_of_everybodys_order_is_first_and_the_result_is_in_that_order() -> None:
    result = count(ballots("lived", *[by("lift", "bus", "roof", "garden")] * 3), ITEMS, 5)
    assert [each.item for each in result.items] == ["lift", "bus", "roof", "garden"]
    assert [each.place for each in result.items] == [1, 2, 3, 4]
    assert result.upsets == []


def test_a_circle_is_a_shared_place() -> None:
    around = ballots("lived", {"bus|garden": 1, "garden|lift": 1, "bus|lift": -1})
    assert [(each.place, each.tied) for each in found(around).values() if each.place] == [(1, True)] * 3


def test_who_lost_the_duel_and_still_stands_before_is_named() -> None:
    cast = ballots("lived", *[{"bus|lift": -1}] * 2, {"bus|lift": 1}, *[{"bus|garden": 1, "bus|roof": 1}] * 9)
    cast += ballots("lived", *[{"garden|lift": 1, "lift|roof": -1}] * 9)
    result = count(cast, ITEMS, 5)
    assert result.items[0].item == "bus"
    assert ("lift", "bus") in result.upsets


def test_an_answer_to_no_pair_is_refused() -> None:
    for odd in ({"bus|tram": 1}, {"lift|bus": 1}, {"bus|lift": 2}, {"bus": 1}):
        with pytest.raises(ValueError, match="no pair of this ballot"):
            count(ballots("lived", odd), ITEMS, 5)


@given(rooms, st.randoms())
def test_who_came_first_makes_no_difference(cast: list[Ballot], lot: Random) -> None:
    assert found(lot.sample(cast, len(cast))) == found(cast)


@given(rooms, st.permutations(ITEMS))
def test_what_a_line_is_called_makes_no_difference(cast: list[Ballot], names: list[str]) -> None:
    new = dict(zip(ITEMS, names, strict=True))
    after = found([Ballot(each.side, "phone", renamed(each, new)) for each in cast])
    for item, before in found(cast).items():
        there = after[new[item]]
        assert (there.place, there.tied, there.all) == (before.place, before.tied, before.all)


def renamed(ballot: Ballot, new: dict[str, str]) -> dict[str, int]:
    said = {}
    for pair, answer in ballot.choices.items():
        one, other = (new[item] for item in two_of(pair))
        said[name_of(one, other)] = answer if one < other else -answer
    return said


@given(rooms)
def test_chosen_and_not_chosen_are_as_many(cast: list[Ballot]) -> None:
    totals = [each.all for each in found(cast).values() if each.all]
    assert sum(each.chosen for each in totals) == sum(each.other for each in totals)


FOND_OF_LIFT, FOND_OF_ROOF = by("lift", "bus", "garden", "roof"), by("roof", "bus", "garden", "lift")


def both_sides(lived: int, service: int, other: int = 0) -> list[Ballot]:
    room: list[tuple[Side, int, dict[str, int]]] = [("lived", lived, FOND_OF_LIFT), ("service", service, FOND_OF_ROOF)]
    room.append(("other", other, FOND_OF_LIFT))
    return [ballot for side, many, answers in room for ballot in ballots(side, *[answers] * many)]


def test_ten_of_each_side_have_shares_strengths_and_a_favourite() -> None:
    result = count(both_sides(10, 12), ITEMS, 5)
    lift = {each.item: each for each in result.items}["lift"]
    assert (lift.sides.lived.share, lift.sides.service.share, lift.sides.lived.n) == (1.0, 0.0, 10)
    assert lift.gap.verdict is Verdict.CLEAR
    assert lift.lived is not None
    assert lift.service is not None
    assert lift.lived > lift.service
    assert favourites(iter(result.items)) == Favourites(("lift",), ("roof",))


@pytest.mark.shows("P11")
@pytest.mark.parametrize(("lived", "service", "other"), [(9, 20, 0), (20, 9, 0), (20, 20, 5)])
def test_of_a_small_side_nothing_is_told(lived: int, service: int, other: int) -> None:
    result = count(both_sides(lived, service, other), ITEMS, 5)
    assert not any(each.sides.shown or each.lived is not None for each in result.items)
    assert favourites(result.items) is None


@pytest.mark.shows("P11")
def test_where_one_line_has_few_of_a_side_no_line_is_told_by_side() -> None:
    """Else what the few said of it would follow: all duels that were won are as many as those that were lost."""
    nine_leave_out = {pair: answer for pair, answer in FOND_OF_ROOF.items() if "garden" not in pair}
    cast = both_sides(12, 9) + ballots("service", *[nine_leave_out] * 3)
    result = count(cast, ITEMS, 5)
    assert not any(each.sides.shown for each in result.items)


@pytest.mark.shows("P11")
def test_what_is_printed_of_a_hidden_side_is_the_same_whichever_side_is_which() -> None:
    """The two sides change places: nobody can tell from the paper."""
    room = both_sides(9, 14)
    turned = [Ballot("service" if each.side == "lived" else "lived", "phone", each.choices) for each in room]
    one, other = count(room, ITEMS, 5), count(turned, ITEMS, 5)
    assert (one.items, one.answers, one.upsets) == (other.items, other.answers, other.upsets)


@pytest.mark.parametrize(("people", "told"), [(4, Telling.NOTHING), (9, Telling.NOTHING), (10, Telling.NUMBERS)])
def test_of_one_side_alone_all_numbers_or_nothing(people: int, told: Telling) -> None:
    asked = Asked("lived", People(people, 20))
    result = count(both_sides(people, 0), ITEMS, 5, asked)
    assert result.told is told
    assert (result.ballots is None) == (told is Telling.NOTHING)
    assert all((each.all is None) == (told is Telling.NOTHING) for each in result.items)
    assert bool(result.answers) == (told is Telling.NUMBERS)
    assert not any(each.sides.shown for each in result.items)


def test_every_pair_with_its_answers_gives_the_same_strengths_again() -> None:
    """A citizen with the table of pairs needs nothing else."""
    cast = both_sides(3, 4, 2) + ballots("other", {"bus|lift": 0, "garden|roof": 1})
    told = count(cast, ITEMS, 5).answers
    again = [
        Ballot("other", "paper", {name_of(*pair): answer})
        for pair, (first, second, neither) in told.items()
        for answer, times in ((1, first), (-1, second), (0, neither))
        for _ in range(times)
    ]
    places = {item: each.place for item, each in found(again).items()}
    assert places == {item: each.place for item, each in found(cast).items()}
    assert len(told) == len(list(combinations(ITEMS, 2)))
