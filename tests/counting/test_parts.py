"""People choose in one of several pots. Somebody reads what is printed of each, and tries every room it could be."""

from collections.abc import Iterator, Sequence

import pytest

from tests.counting.rooms import printed_alike, spread
from workshop.counting.asked import EVERYBODY, Asked
from workshop.counting.parts import NEVER, limit
from workshop.counting.sides import SIDES, People, may_split

K = 3
Parts = tuple[People, ...]


def all_parts(room: People, sizes: Sequence[int]) -> Iterator[Parts]:
    """Every way in which these people could have gone into parts of these sizes."""
    if len(sizes) == 1:
        yield (room,)
        return
    for first in spread(sizes[0], room):
        yield from ((first, *rest) for rest in all_parts(room.without([first]), sizes[1:]))


def paper(parts: Parts) -> tuple[object, ...]:
    """What everybody sees: the size of each part, and its sides where they are told."""
    k = limit(parts, K, EVERYBODY)
    return tuple((part.total, part if may_split(part, k) else None) for part in parts)


def sizes_of(total: int, many: int) -> Iterator[tuple[int, ...]]:
    if many == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in sizes_of(total - first, many - 1))


@pytest.mark.shows("P11")
@pytest.mark.parametrize(
    "room", [People(3, 3), People(3, 4), People(6, 6), People(5, 8), People(3, 4, 3), People(6, 5, 3)]
)
@pytest.mark.parametrize("many", [2, 3])
def test_no_few_of_a_side_follow_from_the_parts_that_are_told(room: People, many: int) -> None:
    """The attacker knows how many there are of each side, and how many chose in each part."""
    for sizes in sizes_of(room.total, many):
        for worlds in printed_alike(all_parts(room, sizes), paper):
            _hides_every_few(worlds)


def _hides_every_few(worlds: list[Parts]) -> None:
    for at, part in enumerate(worlds[0]):
        if may_split(part, limit(worlds[0], K, EVERYBODY)) or part.total in (0, sum(each.total for each in worlds[0])):
            continue
        for side in (side for side in SIDES if any(each.of(side) for each in worlds[0])):
            told = {world[at].of(side) for world in worlds}
            assert len(told) > 1, (worlds, side)


def test_one_part_alone_that_is_too_small_hides_the_others() -> None:
    assert limit([People(6, 6), People(6, 6)], 5, EVERYBODY) == 5
    assert limit([People(6, 6), People(6, 4)], 5, EVERYBODY) == NEVER
    assert limit([People(6, 6), People()], 5, EVERYBODY) == 5, "a part of nobody hides nobody"


def test_parts_of_one_side_alone_are_told_where_each_has_enough_for_numbers() -> None:
    service = Asked("service")
    assert limit([People(0, 12), People(0, 10)], 5, service) == 5
    assert limit([People(0, 12), People(0, 9)], 5, service) == NEVER
