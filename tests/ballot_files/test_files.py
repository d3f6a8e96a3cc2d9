"""Files of ballots: read as others wrote them, refused in plain words."""

import pytest

from tests.counting.rooms import needs_reference
from workshop.ballot_files import pabulib, preflib

from .published import BUDGET_FILES, budget_of

SMALL = """META
key;value
budget;100.50
rule;greedy
PROJECTS
project_id;cost;name;selected
park;60.25;A park; 1
bus;40;"A bus; at night";0
VOTES
voter_id;age;vote
1;71;park
2;33;park,bus
"""


def test_costs_with_hundredths_and_quoted_names() -> None:
    found = pabulib.read(SMALL)
    assert (found.pot.budget, dict(found.pot.costs), found.coin) == (10050, {"park": 6025, "bus": 4000}, 100)
    assert found.names["bus"] == "A bus; at night"
    assert found.selected == {"park"}
    assert [(vote.projects, vote.about["age"]) for vote in found.votes] == [(("park",), "71"), (("park", "bus"), "33")]


def test_what_we_write_we_read_again_without_what_it_said_of_people() -> None:
    first = pabulib.read(SMALL)
    again = pabulib.read(pabulib.write(first))
    assert (again.pot, again.names, again.selected, again.coin) == (first.pot, first.names, first.selected, first.coin)
    assert [vote.projects for vote in again.votes] == [vote.projects for vote in first.votes]
    assert "71" not in pabulib.write(first)


@needs_reference
@pytest.mark.parametrize("name", BUDGET_FILES)
def test_real_budgets_survive_writing(name: str) -> None:
    first = budget_of(name)
    again = pabulib.read(pabulib.write(first))
    assert (again.pot, again.selected) == (first.pot, first.selected)
    assert [vote.projects for vote in again.votes] == [vote.projects for vote in first.votes]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("", "nothing under META"),
        ("hello", "begins with META"),
        (SMALL.replace("100.50", "much"), "no amount of money"),
        (SMALL.replace("park,bus", "moon"), "no project of this file"),
        (SMALL.replace("project_id", "id"), "no column project_id"),
    ],
)
def test_a_file_that_makes_no_sense_says_where(broken: str, says: str) -> None:
    with pytest.raises(pabulib.NotPabulib, match=says):
        pabulib.read(broken)


def test_shared_places_and_items_without_one() -> None:
    held = preflib.read(
        "# ALTERNATIVE NAME 1: Park\n# ALTERNATIVE NAME 2: Bus\n# ALTERNATIVE NAME 3: Choir\n2: 3,{1,2}\n1: 2\n"
    )
    assert held.names == {"1": "Park", "2": "Bus", "3": "Choir"}
    assert held.ballots == ({"3": 1, "1": 2, "2": 2},) * 2 + ({"2": 1},)


def test_orders_that_make_no_sense_say_where() -> None:
    with pytest.raises(preflib.NotPrefLib, match="ALTERNATIVE NAME"):
        preflib.read("1: 2,3")
    with pytest.raises(preflib.NotPrefLib, match="line 2"):
        preflib.read("# ALTERNATIVE NAME 1: Park\nmany: 1\n")
