"""Which splits may be shown, and that "too few to say" never says a number."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.sides import EXPORT, ROOM, SIDES, Crowd, People, arrivals, may_split, people, presence

from .rooms import printed_alike, spread

K = 3
ROOMS = [People(*numbers) for numbers in product(range(7), range(7), range(6))]


def test_five_of_each_side_are_enough_in_the_room_and_ten_in_exports() -> None:
    assert may_split(People(5, 5, 0), ROOM)
    assert not may_split(People(4, 40, 0), ROOM)
    assert not may_split(People(40, 4, 0), ROOM)
    assert may_split(People(10, 10, 0), EXPORT)
    assert not may_split(People(9, 10, 0), EXPORT)


def test_a_few_of_no_side_hide_the_split_since_the_total_would_tell_of_them() -> None:
    assert not may_split(People(20, 20, 4), ROOM)
    assert may_split(People(20, 20, 5), ROOM)
    assert may_split(People(64, 78, 92), EXPORT)


def test_a_part_of_the_room_is_split_only_if_the_room_is() -> None:
    assert not may_split(People(6, 6, 0), ROOM, among=People(6, 6, 2))


def test_one_more_is_asked_for_where_four_would_be_the_only_hidden_number() -> None:
    room = People(10, 20, 0)
    assert not may_split(People(4, 20, 0), ROOM, room)
    assert not may_split(People(5, 19, 0), ROOM, room)
    assert may_split(People(6, 18, 0), ROOM, room)
    assert may_split(People(5, 18, 0), ROOM, room)


def test_a_limit_under_three_is_refused() -> None:
    with pytest.raises(ValueError, match="hides nobody"):
        may_split(People(9, 9, 0), 2)


@pytest.mark.shows("P11")
@pytest.mark.parametrize("room", [room for room in ROOMS if may_split(room, K)], ids=str)
def test_who_knows_the_room_cannot_reckon_a_hidden_number(room: People) -> None:
    for answered in range(1, room.total + 1):
        ways = printed_alike(spread(answered, room), lambda way: way if may_split(way, K, room) else "too few to say")
        for hidden in (alike for alike in ways if not may_split(alike[0], K, room)):
            for side in (side for side in SIDES if room.of(side)):
                assert len({way.of(side) for way in hidden}) > 1, (room, answered, side, hidden)
        shown = [alike[0] for alike in ways if may_split(alike[0], K, room)]
        assert all(min(way.lived, way.service) >= K and way.other not in range(1, K) for way in shown)


@pytest.mark.parametrize("total", range(1, 13))
def test_who_sees_only_the_total_cannot_reckon_a_hidden_room(total: int) -> None:
    rooms = [room for room in spread(total, People(total, total, total)) if not may_split(room, K)]
    for side in SIDES:
        assert len({room.of(side) for room in rooms}) > 1


def test_presence_is_told_in_steps() -> None:
    assert presence(People(13, 7, 0), ROOM) == Crowd(True, 20, 10, 5, 0)
    assert presence(People(18, 3, 5), ROOM) == Crowd(False, 26)


@pytest.mark.shows("P11")
@given(st.lists(st.sampled_from(SIDES), max_size=60), st.sampled_from(SIDES))
def test_the_picture_of_the_room_never_changes_with_one_arrival_alone(before: list[str], newest: str) -> None:
    then = arrivals([*before, newest], ROOM)  # type: ignore[list-item]
    others = [arrivals([*before, side], ROOM) for side in SIDES]  # type: ignore[list-item]
    assert then.total == len(before) + 1
    if (len(before) + 1) % ROOM:
        assert {(each.shown, each.lived, each.service, each.other) for each in others} == {
            (then.shown, then.lived, then.service, then.other)
        }


@given(st.lists(st.sampled_from(SIDES), max_size=80))
def test_nobody_is_counted_twice_or_lost(sides: list[str]) -> None:
    assert people(sides).total == len(sides)  # type: ignore[arg-type]


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(ValueError, match="not a side"):
        people(["staff"])  # type: ignore[list-item]
