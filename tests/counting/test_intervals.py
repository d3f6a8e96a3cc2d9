"""Intervals as printed in the papers, and the three sentences."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.cells import split
from workshop.counting.intervals import Verdict, gap, newcombe, wilson
from workshop.counting.sides import People

from .rooms import needs_reference, reference

# Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]
# Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3 (Wilson).
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "low", "high"), NEWCOMBE)
def test_differences_of_the_paper(x1: int, n1: int, x2: int, n2: int, low: float, high: float) -> None:
    found = newcombe(x1, n1, x2, n2)
    assert [found.low, found.high] == pytest.approx([low, high], abs=6e-5)


@pytest.mark.parametrize(("x", "n", "low", "high"), WILSON)
def test_shares_of_the_paper(x: int, n: int, low: float, high: float) -> None:
    found = wilson(x, n)
    assert [found.low, found.high] == pytest.approx([low, high], abs=6e-5)


@needs_reference
def test_two_groups_of_three_real_electorates() -> None:
    for electorate in reference("twogroups.json").values():
        for item in electorate["items"]:
            numbers = item["x_F"], item["n_F"], item["x_M"], item["n_M"]
            found = newcombe(*numbers)
            assert [found.low, found.high] == pytest.approx(item["gap_ci95_newcombe"], abs=1e-12)
            one = wilson(item["x_F"], item["n_F"])
            assert [one.low, one.high] == pytest.approx(item["wilson_F"], abs=1e-12)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_an_interval_holds_the_difference_and_turns_over_with_the_sides(n1: int, n2: int, data: st.DataObject) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    here, there = newcombe(x1, n1, x2, n2), newcombe(x2, n2, x1, n1)
    assert here.low - 1e-12 <= x1 / n1 - x2 / n2 <= here.high + 1e-12
    assert math.isclose(here.low, -there.high, abs_tol=1e-12)
    assert -1 - 1e-12 <= here.low <= here.high <= 1 + 1e-12


def test_the_three_sentences() -> None:
    assert gap(split(People(30, 30, 0), People(24, 12, 0), 5)).verdict is Verdict.CLEAR
    assert gap(split(People(30, 30, 0), People(16, 14, 0), 5)).verdict is Verdict.NOT_CLEAR
    assert gap(split(People(30, 4, 0), People(30, 0, 0), 5)).verdict is Verdict.TOO_FEW


def test_a_sure_but_small_difference_is_not_called_clear() -> None:
    found = gap(split(People(4000, 4000, 0), People(2200, 2000, 0), 5))
    assert found.interval is not None
    assert found.interval.low > 0
    assert found.verdict is Verdict.NOT_CLEAR


def test_a_gap_has_no_number_where_the_sides_are_in_words() -> None:
    found = gap(split(People(6, 20, 0), People(6, 2, 0), 5))
    assert (found.verdict, found.difference, found.interval) == (Verdict.CLEAR, None, None)
