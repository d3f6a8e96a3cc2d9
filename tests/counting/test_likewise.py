"""Do both sides want the same? The likeness of two orders, beside what lots would bring."""

from fractions import Fraction

import pytest

from workshop.counting.cells import Split, split
from workshop.counting.likewise import likewise
from workshop.counting.sides import ROOM, People

from .rooms import needs_reference, reference

OF_TWENTY = (18, 15, 12, 9, 6, 3)


def printed(lived: tuple[int, ...], service: tuple[int, ...], n: int = 20) -> list[Split]:
    return [split(People(n, n, 0), People(a, b, 0), ROOM) for a, b in zip(lived, service, strict=True)]


def test_two_sides_that_want_the_same_and_two_that_want_the_opposite() -> None:
    same, opposite = (likewise(printed(OF_TWENTY, other)) for other in (OF_TWENTY, OF_TWENTY[::-1]))
    assert same is not None
    assert (same.order.tau, same.same, same.by_lot) == (1.0, 3, Fraction(3, 2))
    assert opposite is not None
    assert (opposite.order.tau, opposite.same) == (-1.0, 0)


def test_where_a_tie_leaves_open_which_are_the_first_nothing_is_said_of_them() -> None:
    found = likewise(printed(OF_TWENTY, (18, 15, 12, 12, 6, 3)))
    assert found is not None
    assert found.same is None
    assert 0 < found.order.tau < 1


def test_nine_of_a_side_five_lines_too_few_and_fifty_one_too_many_say_nothing() -> None:
    assert likewise(printed((8, 7, 6, 5, 4), (4, 5, 6, 7, 8), n=9)) is None
    assert likewise(printed(OF_TWENTY[:4], OF_TWENTY[:4])) is None
    assert likewise(printed(OF_TWENTY * 9, OF_TWENTY * 9)) is None
    assert likewise([]) is None


def test_one_line_that_is_hidden_hides_the_likeness() -> None:
    lines = printed(OF_TWENTY, OF_TWENTY)
    lines[2] = split(People(20, 3, 0), People(12, 1, 0), ROOM)
    assert not lines[2].shown
    assert likewise(lines) is None


@needs_reference
def test_the_likeness_of_three_real_electorates() -> None:
    told = 0
    for electorate in reference("twogroups.json").values():
        items, overall = electorate["items"], electorate["overall"]
        lines = [
            split(People(each["n_F"], each["n_M"], 0), People(each["x_F"], each["x_M"], 0), ROOM) for each in items
        ]
        found = likewise(lines)
        if found is not None:
            told += 1
            assert found.order.tau == pytest.approx(overall["kendall_tau_b"], abs=1e-12)
            if found.same is not None and "top3_overlap" in overall:
                assert found.same / 3 == pytest.approx(overall["top3_overlap"], abs=1e-12)
    assert told
