"""Approval is dots with one on a line and as many as there are lines: what holds of every count of ticks."""

import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ballot_files.published import BUDGET_FILES, budget_of, text_of
from workshop.counting.ballots import Ballot
from workshop.counting.dots import DotsResult, count
from workshop.counting.sides import SIDES, Side

from .rooms import needs_reference

ITEMS = ("garden", "bus", "lift", "roof")
ticks = st.dictionaries(st.sampled_from(ITEMS), st.just(1))
ballot = st.builds(Ballot, st.sampled_from(SIDES), st.just("phone"), ticks)
room = st.lists(ballot, max_size=40)


def counted(cast: list[Ballot], items: tuple[str, ...] = ITEMS) -> DotsResult:
    return count(cast, items, len(items), 1, 5)


def told(found: DotsResult) -> dict[str, object]:
    return {each.item: (each.people, each.rank, each.tied, each.sides, each.gap) for each in found.items}


@needs_reference
@pytest.mark.parametrize("name", BUDGET_FILES)
def test_real_elections_have_the_published_numbers(name: str) -> None:
    """The column `votes` of the official files, for every project and tens of thousands of ballots."""
    lines = text_of(name).split("PROJECTS\n")[1].split("VOTES\n")[0].splitlines()
    published = {row["project_id"]: int(row["votes"]) for row in csv.DictReader(lines, delimiter=";")}
    cast = [Ballot("lived", "paper", dict.fromkeys(vote.projects, 1)) for vote in budget_of(name).votes]
    assert {each.item: each.people for each in counted(cast, tuple(published)).items} == published


@given(room, st.randoms())
def test_who_came_first_makes_no_difference(cast: list[Ballot], lot: random.Random) -> None:
    mixed = sorted(cast, key=lambda _: lot.random())
    assert told(counted(mixed)) == told(counted(cast))


@given(room, st.permutations(ITEMS))
def test_what_a_line_is_called_makes_no_difference(cast: list[Ballot], names: list[str]) -> None:
    new = dict(zip(ITEMS, names, strict=True))
    named = [Ballot(each.side, each.channel, {new[item]: 1 for item in each.choices}) for each in cast]
    before, after = told(counted(cast)), told(counted(named))
    assert {new[item]: numbers for item, numbers in before.items()} == after


@given(room, st.sampled_from(SIDES), st.sampled_from(ITEMS))
def test_one_more_tick_never_harms(cast: list[Ballot], side: Side, item: str) -> None:
    one_more = [*cast, Ballot(side, "phone", {item: 1})]
    places = [{each.item: each.rank or 0 for each in counted(room).items} for room in (cast, one_more)]
    assert places[1][item] <= places[0][item]


@given(room)
def test_the_same_number_is_the_same_place(cast: list[Ballot]) -> None:
    items = counted(cast).items
    assert all((one.people == other.people) == (one.rank == other.rank) for one in items for other in items)


@given(room)
def test_a_side_under_five_is_never_shown(cast: list[Ballot]) -> None:
    few = any(0 < sum(each.side == side for each in cast) < 5 for side in SIDES)
    assert not few or not any(each.sides.shown for each in counted(cast).items)
