"""What is printed of one item, and that nobody can work out that a few were of one mind."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.cells import HIDDEN, Band, band, few, split
from workshop.counting.sides import SIDES, People, Side, may_split

from .rooms import printed_alike, spread

K = 3
SIZES = [
    People(*sizes)
    for sizes in product((3, 4, 5, 10), (3, 4, 6, 11), (0, 3, 4, 10))
    if sizes[0] < 10 or sizes[1] < 10 or 0 < sizes[2] < 10
]


def test_numbers_are_exact_where_every_side_is_large() -> None:
    shown = split(People(64, 78, 92), People(64, 39, 0), 5)
    assert (shown.lived.share, shown.service.share, shown.other.share) == (1.0, 0.5, 0.0)
    assert (shown.lived.n, shown.lived.band) == (64, None)


def test_a_small_side_that_is_divided_is_told_exactly() -> None:
    shown = split(People(6, 8, 0), People(3, 6, 0), 5)
    assert (shown.lived.share, shown.service.share) == (0.5, 0.75)


@pytest.mark.parametrize("lived", [5, 6])
def test_all_of_a_small_side_reads_nearly_all_and_so_does_all_but_one(lived: int) -> None:
    shown = split(People(6, 20, 0), People(lived, 9, 0), 5)
    assert (shown.lived.band, shown.lived.share) == ("nearly all", None)
    assert shown.service.share is None, "the other side's exact number would give this one away"
    assert (shown.total, shown.people) == (lived + 9, 26)


def test_none_of_a_small_side_reads_nearly_none() -> None:
    assert split(People(6, 20, 0), People(0, 9, 0), 5).lived.band == "nearly none"


def test_opposite_sides_still_look_opposite() -> None:
    shown = split(People(6, 6, 0), People(6, 0, 0), 5)
    assert (shown.lived.band, shown.service.band) == ("nearly all", "nearly none")


def test_too_few_shows_the_total_only() -> None:
    shown = split(People(18, 3, 5), People(9, 3, 1), 5)
    assert (shown.shown, shown.total, shown.people) == (False, 13, 26)
    assert (shown.lived, shown.service, shown.other, shown.nearest) == (HIDDEN, HIDDEN, HIDDEN, None)


@pytest.mark.shows("P12")
@pytest.mark.parametrize("answered", SIZES, ids=str)
def test_no_printed_item_tells_that_a_few_were_of_one_mind(answered: People) -> None:
    for total in range(1, answered.total):
        for alike in printed_alike(spread(total, answered), lambda chose: split(answered, chose, K)):
            for side in _few(answered):
                seen = {chose.of(side) for chose in alike}
                assert seen not in ({0}, {answered.of(side)}), (answered, total, side, alike)


@pytest.mark.parametrize("answered", [People(2, 9, 0), People(9, 1, 3), People(5, 5, 2), People(2, 2, 2)], ids=str)
def test_a_hidden_item_looks_the_same_whatever_the_sides_said(answered: People) -> None:
    for total in range(answered.total + 1):
        assert len(printed_alike(spread(total, answered), lambda chose: split(answered, chose, K))) == 1


@given(st.integers(3, 40), st.integers(3, 40), st.sampled_from((0, 3, 7, 10, 25)), st.data())
def test_totals_are_exact_and_words_are_true_within_one_person_or_two(
    lived: int, service: int, other: int, data: st.DataObject
) -> None:
    answered = People(lived, service, other)
    chose = People(*(data.draw(st.integers(0, number)) for number in answered))
    shown = split(answered, chose, K)
    assert (shown.shown, shown.total) == (may_split(answered, K), chose.total)
    for side in (side for side in SIDES if answered.of(side) and 2 < chose.total < answered.total - 2):
        cell, n, x = shown.of(side), answered.of(side), chose.of(side)
        near = range(max(0, x - 2), min(n, x + 2) + 1)
        assert cell.share == x / n or cell.band in {band(other, n).value for other in near}


def test_every_word_has_a_place_to_be_drawn_at() -> None:
    assert [word.middle for word in Band] == sorted(word.middle for word in Band)


def _few(answered: People) -> list[Side]:
    return [side for side, guard in zip(SIDES, few(answered), strict=True) if guard]
