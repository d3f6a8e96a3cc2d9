"""Groups that were put into the answers are found; where there is one cloud, there are none; and order says nothing."""

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from workshop.counting import opinion_groups, opinion_map
from workshop.counting.opinion_map import answers, find, likeness, positions, silhouette

STATEMENTS = 12
ONE_MIND = (0.95, 0.95, 0.05, 0.05, 0.95, 0.95, 0.9, 0.8, 0.1, 0.2, 0.9, 0.1)
OTHER_MIND = (0.05, 0.05, 0.95, 0.95, 0.05, 0.05, 0.9, 0.8, 0.1, 0.2, 0.9, 0.1)
Mind = Sequence[float]


def room(*minds: tuple[Mind, int], seed: int = 1, seen: float = 0.9) -> list[str]:
    """So many people of each mind, who answered most statements and passed now and then."""
    dice = random.Random(seed)  # noqa: S311 - the same in every run
    return ["".join(_sign(agrees, dice, seen) for agrees in mind) for mind, people in minds for _ in range(people)]


def _sign(agrees: float, dice: random.Random, seen: float) -> str:
    if dice.random() > seen:
        return "."
    return "0" if dice.random() < 0.1 else "+" if dice.random() < agrees else "-"


def test_two_minds_are_two_groups() -> None:
    found = find(room((ONE_MIND, 30), (OTHER_MIND, 20)))
    assert found.groups is not None
    assert likeness(np.array(found.groups), np.array([0] * 30 + [1] * 20)) > 0.8
    assert found.groups.count(0) > found.groups.count(1), "the largest comes first"


def test_one_cloud_has_no_groups() -> None:
    """Of forty rooms in which everybody answers by the same lots, at most four are said to fall into groups."""
    dice = random.Random(4)  # noqa: S311 - the same in every run
    rooms = (room(([dice.random() for _ in range(STATEMENTS)], 60), seed=seed) for seed in range(40))
    assert sum(find(rows).groups is not None for rows in rooms) <= 4


def test_a_few_of_another_mind_are_no_group() -> None:
    """Under ten people would be known by it."""
    found = find(room((ONE_MIND, 40), (OTHER_MIND, 6)))
    assert found.groups is None or min(found.groups.count(group) for group in {*found.groups} - {-1}) >= 10


def test_under_thirty_people_nothing_is_looked_for() -> None:
    few = find(room((ONE_MIND, 15), (OTHER_MIND, 14)))
    assert (few.groups, few.because) == (None, "few")


def test_who_answered_too_little_is_in_no_group() -> None:
    found = find([*room((ONE_MIND, 30), (OTHER_MIND, 20)), "+++........."])
    assert found.groups is not None
    assert found.groups[-1] == opinion_groups.NOT_PLACED


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_people_come_says_nothing(seed: int) -> None:
    rows = room((ONE_MIND, 25), (OTHER_MIND, 22), seed=seed)
    dice = random.Random(seed)  # noqa: S311 - the same in every run
    shuffled = dice.sample(range(len(rows)), len(rows))
    here, there = find(rows), find([rows[at] for at in shuffled])
    assert here.groups is not None
    assert there.groups == [here.groups[at] for at in shuffled]
    assert there.places == [here.places[at] for at in shuffled]


def test_nobody_answered_anything() -> None:
    assert find(["." * STATEMENTS] * 40).because == "few"
    assert find([]).because == "few"


def test_everybody_says_the_same() -> None:
    assert find(["+" * STATEMENTS] * 40).groups is None


def test_one_statement_alone_makes_no_groups() -> None:
    """Two answers to one question are two answers: by lot people come apart as clearly."""
    assert find(["+"] * 25 + ["-"] * 20).because == "chance"


def test_places_are_those_of_the_paper() -> None:
    """Four people and two statements by hand: means 0 and 0.5, axes along the statements, root 2 for one answer."""
    lie = positions(answers(["++", "-+", "+.", "-0"]))
    assert lie[:, 0].tolist() == pytest.approx([1, -1, np.sqrt(2), -1], abs=0.3)
    assert abs(lie[2, 1]) < abs(lie[2, 0])


def test_a_silhouette_by_hand() -> None:
    """Rousseeuw 1987: two pairs, one apart in each and ten between them: (b - a) / b for each."""
    lie = np.array([[0.0, 0], [1, 0], [10, 0], [11, 0]])
    far = opinion_map.distances(lie, lie)
    each = [(10.5 - 1) / 10.5, (9.5 - 1) / 9.5] * 2
    assert silhouette(far, np.array([0, 0, 1, 1])) == pytest.approx(sum(each) / 4)


def test_likeness_by_hand() -> None:
    """Hubert and Arabie 1985: the same groups under other names are 1; half of them exchanged is under 0."""
    assert likeness(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0])) == 1
    assert likeness(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])) == pytest.approx(-0.5)


def test_it_runs_alone_and_hears_answers_only() -> None:
    """As the job starts it: by its path, without the app."""
    rows = room((ONE_MIND, 30), (OTHER_MIND, 20))
    program = Path(opinion_map.__file__)
    done = subprocess.run(
        [sys.executable, "-P", str(program)], input=json.dumps(rows).encode(), capture_output=True, check=True
    )
    assert json.loads(done.stdout)["groups"] == find(rows).groups


def test_both_halves_know_the_same_limits() -> None:
    assert opinion_groups.FEWEST_PEOPLE == opinion_map.FEWEST_PEOPLE
    assert opinion_map.SMALLEST_GROUP >= opinion_groups.FEW
