"""What is told of opinion groups: what stands for them, what all share; and nothing by which a few could be known."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest

from workshop.counting import statements
from workshop.counting.asked import Asked
from workshop.counting.ballots import Ballot
from workshop.counting.opinion_groups import NOT_PLACED, OpinionGroups, rows, tell
from workshop.counting.sides import EXPORT, ROOM, Side

ITEMS = ("bus", "bench", "lamp")
MIDDLES = [(1.0, 0.0), (-1.0, 0.5)]
Crowd = Mapping[tuple[Side, int], Sequence[Mapping[str, int]]]


def ballots_of(crowd: Crowd) -> tuple[list[Ballot], list[int]]:
    cast = [(Ballot(side, "phone", chosen), group) for (side, group), each in crowd.items() for chosen in each]
    return [ballot for ballot, _ in cast], [group for _, group in cast]


def told(crowd: Crowd, k: int = ROOM) -> OpinionGroups:
    return tell(*ballots_of(crowd), MIDDLES, ITEMS, k)


def alike(people: int, **chosen: int) -> list[dict[str, int]]:
    return [dict(chosen) for _ in range(people)]


LARGE: Crowd = {
    ("lived", 0): alike(20, bus=1, bench=1, lamp=-1),
    ("service", 0): alike(10, bus=1, bench=1, lamp=-1),
    ("lived", 1): alike(10, bus=-1, bench=1, lamp=-1),
    ("service", 1): alike(20, bus=-1, bench=1, lamp=0),
}


def test_what_stands_for_a_group_and_what_all_share() -> None:
    found = told(LARGE)
    assert [(group.people, group.agrees, group.disagrees) for group in found.groups] == [
        (30, ("bus",), ("lamp",)),
        (30, (), ("bus",)),
    ]
    assert found.shared == ("bench",)
    assert found.refused == ()
    assert (found.by_group["bus"][0].agree, found.by_group["bus"][1].disagree) == (30, 30)


def test_how_the_sides_lie_in_the_groups_is_told_in_numbers_where_every_part_is_large() -> None:
    one, other = told(LARGE).groups
    assert (one.sides.lived.n, one.sides.lived.share, other.sides.service.share) == (30, 20 / 30, 20 / 30)
    assert told(LARGE).in_numbers


def test_else_in_words_and_no_number_by_group() -> None:
    found = told({**LARGE, ("service", 0): alike(2, bus=1, bench=1, lamp=-1)})
    assert [group.sides.service.band for group in found.groups] == ["nearly none", "nearly all"]
    assert [group.sides.service.share for group in found.groups] == [None, None]
    assert not found.by_group
    assert found.groups[0].agrees == ("bus",), "what stands for a group is told without a number"


def test_where_sides_may_not_be_told_apart_they_are_not() -> None:
    found = told({**LARGE, ("service", 0): [], ("service", 1): alike(4, bus=-1, bench=1, lamp=0)})
    assert not any(group.sides.shown for group in found.groups)


def test_where_one_side_was_asked_there_is_nothing_beside_it() -> None:
    crowd: Crowd = {("lived", 0): alike(20, bus=1), ("lived", 1): alike(20, bus=-1)}
    found = tell(*ballots_of(crowd), MIDDLES, ITEMS, ROOM, Asked("lived"))
    assert not any(group.sides.shown for group in found.groups)
    assert found.by_group["bus"][0].agree == 20


def test_a_few_in_no_group_hold_numbers_back() -> None:
    """All, less the groups, would be what these few said."""
    assert not told({**LARGE, ("lived", NOT_PLACED): alike(3, bus=1)}).by_group.get("bus")
    assert told({**LARGE, ("lived", NOT_PLACED): alike(3)}).by_group["bus"], "who said nothing of it is not in it"
    assert told({**LARGE, ("lived", NOT_PLACED): alike(3, bus=1)}).beside == 3


def test_groups_of_other_ballots_are_refused() -> None:
    ballots, found = ballots_of(LARGE)
    with pytest.raises(ValueError, match="not the groups"):
        tell(ballots, found[1:], MIDDLES, ITEMS, ROOM)


def test_ballots_become_signs_without_side_or_person() -> None:
    ballots = [Ballot("lived", "paper", {"bus": 1, "lamp": -1}), Ballot("service", "phone", {"bench": 0})]
    assert rows(ballots, ITEMS) == ["+.-", ".0."]


# The attack: everything that is printed of one statement is put together, and every room that fits is looked at.


Voices = Mapping[str, Sequence[int]]  # how many of each group agree, where that is told


def known_of_one_mind(crowd: Crowd, k: int, by_group: Voices) -> set[tuple[str, Side, int]]:
    """The few, by side and group, of whom what is printed says that all agree, or that nobody does."""
    by_side = statements.count(ballots_of(crowd)[0], ITEMS, k)
    return {(each.item, *few) for each in by_side.items for few in _pinned(crowd, each, by_group.get(each.item))}


def ours(crowd: Crowd, k: int) -> Voices:
    return {item: [said.agree for said in each] for item, each in told(crowd, k).by_group.items()}


def leaky(crowd: Crowd) -> Voices:
    return {item: [_agree(crowd, item, group) for group in (0, 1)] for item in ITEMS}


def _agree(crowd: Crowd, item: str, group: int) -> int:
    return sum(chosen.get(item) == 1 for (_, at), each in crowd.items() if at == group for chosen in each)


def _pinned(
    crowd: Crowd, printed: statements.StatementResult, by_group: Sequence[int] | None
) -> Iterator[tuple[Side, int]]:
    cells = list(product(("lived", "service"), (0, 1)))
    sizes = [sum(printed.item in chosen for chosen in crowd.get(cell, ())) for cell in cells]  # type: ignore[call-overload]
    fitting = [table for table in product(*(range(size + 1) for size in sizes)) if _fits(table, printed, by_group)]
    assert fitting, "the true room fits what is printed of it"
    for at, (side, group) in enumerate(cells):
        values = {table[at] for table in fitting}
        if 0 < sizes[at] < 10 and (values == {0} or values == {sizes[at]}):
            yield side, group  # type: ignore[misc]


def _fits(table: tuple[int, ...], printed: statements.StatementResult, by_group: Sequence[int] | None) -> bool:
    lived_a, lived_b, service_a, service_b = table
    if printed.all is not None and sum(table) != printed.all.agree:
        return False
    for cell, agreed in ((printed.sides.lived, lived_a + lived_b), (printed.sides.service, service_a + service_b)):
        if cell.share is not None and round(cell.share * (cell.n or 0)) != agreed:
            return False
    return by_group is None or (lived_a + service_a, lived_b + service_b) == tuple(by_group)


def a_crowd(dice: random.Random) -> Crowd:
    """Two groups of ten and more: either few of one side are in one of them, or few answered some of the statements."""
    few = dice.random() < 0.5
    sizes: dict[tuple[Side, int], int] = {
        ("lived", 0): 11,
        ("service", 0): dice.randint(1, 4) if few else 10,
        ("lived", 1): dice.randint(0, 3) if few else 10,
        ("service", 1): 10,
    }
    agrees, answer = (dice.choice((0.03, 0.97)), dice.choice((0.03, 0.97))), 1 if few else 0.96
    return {
        cell: [
            {item: 1 if dice.random() < agrees[cell[1]] else -1 for item in ITEMS if dice.random() < answer}
            for _ in range(many)
        ]
        for cell, many in sizes.items()
    }


@pytest.mark.shows("P11", "P12")
@pytest.mark.parametrize("k", [ROOM, EXPORT])
def test_nobody_learns_that_a_few_of_one_side_in_a_group_were_of_one_mind(k: int) -> None:
    """What is told of sides, groups and all together, put together: first shown on a telling that leaks."""
    crowds = [a_crowd(random.Random(seed)) for seed in range(16)]  # noqa: S311 - the same in every run
    assert any(ours(crowd, k) for crowd in crowds), "of some rooms numbers are told"
    by_sides_alone = [known_of_one_mind(crowd, k, {}) for crowd in crowds]
    assert [known_of_one_mind(crowd, k, leaky(crowd)) for crowd in crowds] != by_sides_alone, "it finds what leaks"
    assert [known_of_one_mind(crowd, k, ours(crowd, k)) for crowd in crowds] == by_sides_alone
