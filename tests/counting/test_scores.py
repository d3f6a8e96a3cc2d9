"""Scores: exact averages, «no answer» left out, and nothing of a side that is too small for it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.asked import Asked, Telling
from workshop.counting.ballots import Ballot
from workshop.counting.favourites import Favourites
from workshop.counting.marks import MarksResult, Row, count
from workshop.counting.scores import LEAST_ANSWERS, Scored, favourites, mean, scored
from workshop.counting.sides import SIDES, Side

from .rooms import ballots

ITEMS = ("garden", "bus", "lift")
FIVE, TEN = Row(range(1, 6), 4), Row(range(11), 7)
given_scores = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 10))
rooms = st.lists(st.builds(Ballot, st.sampled_from(SIDES), st.just("phone"), given_scores), max_size=30)


def counted(cast: Sequence[Ballot], row: Row = TEN, k: int = 5, asked: Asked | None = None) -> MarksResult:
    return count(cast, ITEMS, row, k, asked or Asked())


def by_item(cast: Sequence[Ballot], row: Row = TEN) -> Mapping[str, Scored]:
    return {each.marked.item: each for each in scored(counted(cast, row).items, row.marks)}


def scores(item: str, side: Side, *numbers: int) -> list[Ballot]:
    return ballots(side, *({item: number} for number in numbers))


def test_the_mean_is_a_fraction_and_a_tie_is_a_tie() -> None:
    """A third three times over is a whole: floats would have put one of them first."""
    cast = (
        scores("garden", "lived", 1, 2, 2) + scores("bus", "lived", *[1, 2, 2] * 3) + scores("lift", "lived", 1, 1, 2)
    )
    found = by_item(cast, FIVE)
    assert found["garden"].mean == found["bus"].mean == Fraction(5, 3)
    assert [(each.place, each.tied) for each in found.values()] == [(1, True), (1, True), (3, False)]


def test_no_answer_is_no_nought() -> None:
    cast = scores("garden", "lived", 6, 6, 6) + ballots("lived", {}, {"bus": 0})
    garden = by_item(cast)["garden"]
    assert (garden.mean, garden.answers, garden.marked.no_answer) == (6, 3, 2)


def test_a_nought_is_an_answer() -> None:
    garden = by_item(scores("garden", "lived", 0, 0, 9))["garden"]
    assert (garden.mean, garden.marked.no_answer) == (3, 0)


def test_under_three_answers_there_is_no_place_and_whoever_has_more_comes_first() -> None:
    found = by_item(scores("garden", "lived", *[10] * (LEAST_ANSWERS - 1)) + scores("bus", "lived", 1, 1, 1))
    assert (found["garden"].mean, found["garden"].place) == (None, None)
    assert (found["bus"].place, next(iter(found))) == (1, "bus")


def test_the_distribution_has_every_number() -> None:
    [garden, *_] = counted(scores("garden", "lived", 1, 5, 5), FIVE).items
    assert garden.counts == (1, 0, 0, 0, 2)
    assert mean((0, 0), range(2)) is None


def test_what_is_no_number_of_the_row_is_refused() -> None:
    for cast in (scores("garden", "lived", 6), scores("roof", "lived", 1)):
        with pytest.raises(ValueError, match="no mark of this ballot"):
            counted(cast, FIVE)


def test_ten_of_each_side_have_means_and_favourites() -> None:
    both = {"garden": 5, "bus": 1, "lift": 3}, {"garden": 2, "bus": 4, "lift": 4}
    cast = ballots("lived", *[both[0]] * 10) + ballots("service", *[both[1]] * 10)
    found = by_item(cast, FIVE)
    assert (found["garden"].lived, found["garden"].service) == (5, 2)
    assert found["garden"].marked.sides.lived.share == 1.0
    assert favourites(found.values()) == Favourites(("garden",), ("lift", "bus"))


@pytest.mark.parametrize(("lived", "service", "other"), [(9, 30, 0), (30, 9, 0), (20, 20, 6)])
def test_a_small_side_has_neither(lived: int, service: int, other: int) -> None:
    cast = scores("garden", "lived", *[5, 3] * lived)[:lived] + scores("garden", "service", *[2] * service)
    found = by_item([*cast, *scores("garden", "other", *[1] * other)], FIVE)
    assert (found["garden"].lived, found["garden"].service, found["garden"].marked.apart) == (None, None, None)
    assert favourites(found.values()) is None


def test_an_item_that_few_of_a_side_answered_has_none_though_many_chose() -> None:
    cast = ballots("lived", *[{"garden": 5, "bus": 5}] * 9, *[{"bus": 4}] * 5)
    cast += ballots("service", *[{"garden": 3, "bus": 3}] * 14)
    found = by_item(cast, FIVE)
    assert (found["bus"].lived, found["garden"].lived) == (Fraction(65, 14), None)
    assert favourites(found.values()) is None


def test_of_one_small_side_alone_a_word_and_no_number() -> None:
    found = counted(scores("garden", "service", 5, 5, 4, 1, 5, 5, 5), FIVE, asked=Asked("service"))
    garden = found.items[0]
    assert (found.told, found.ballots) == (Telling.WORDS, None)
    assert (garden.counts, garden.no_answer, garden.sides.word) == (None, None, "nearly all")
    assert scored(found.items, FIVE.marks)[0].mean is None


def test_of_three_of_one_side_alone_nothing() -> None:
    found = counted(scores("garden", "service", 5, 5, 4), FIVE, asked=Asked("service"))
    assert found.told is Telling.NOTHING
    assert all(each.sides.word is None and each.counts is None for each in found.items)


@given(rooms, st.randoms())
def test_who_came_first_makes_no_difference(cast: list[Ballot], lot: Random) -> None:
    assert counted(lot.sample(cast, len(cast))) == counted(cast)


@given(rooms, st.permutations(ITEMS))
def test_what_a_line_is_called_makes_no_difference(cast: list[Ballot], names: list[str]) -> None:
    new = dict(zip(ITEMS, names, strict=True))
    named = [Ballot(each.side, "phone", {new[item]: said for item, said in each.choices.items()}) for each in cast]
    before, after = by_item(cast), by_item(named)
    told = {item: (each.mean, each.place, each.tied, each.marked.sides) for item, each in after.items()}
    assert told == {new[item]: (each.mean, each.place, each.tied, each.marked.sides) for item, each in before.items()}


@given(rooms, st.data())
def test_who_gives_more_never_harms(cast: list[Ballot], data: st.DataObject) -> None:
    before = by_item(cast)
    low = [(at, item) for at, each in enumerate(cast) for item, said in each.choices.items() if said < 10]
    if not low:
        return
    at, item = data.draw(st.sampled_from(low))
    higher = Ballot(cast[at].side, "phone", {**cast[at].choices, item: cast[at].choices[item] + 1})
    after = by_item([*cast[:at], higher, *cast[at + 1 :]])
    assert (after[item].mean or 0) >= (before[item].mean or 0)
    assert (after[item].place or 99) <= (before[item].place or 99)


@given(rooms)
def test_the_same_mean_is_the_same_place(cast: list[Ballot]) -> None:
    found = [each for each in by_item(cast).values() if each.place]
    assert all((one.mean == other.mean) == (one.place == other.place) for one in found for other in found)
    assert [each.mean for each in found] == sorted((each.mean or 0 for each in found), reverse=True)


@given(rooms)
def test_nothing_of_a_side_is_told_under_ten_but_its_share(cast: list[Ballot]) -> None:
    for each in counted(cast).items:
        gave = [sum(each.item in ballot.choices for ballot in cast if ballot.side == side) for side in SIDES]
        assert each.apart is None or all(number >= 10 or (at == 2 and number == 0) for at, number in enumerate(gave))
