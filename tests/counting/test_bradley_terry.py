"""Strengths from pairs: as they were published, and what must hold of every room."""

import random
from itertools import pairwise, permutations
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.bradley_terry import ALIKE, Duel, chance, strengths

from .rooms import needs_reference, reference

NEARLY_NONE = 1e-7  # the published tables know no imagined answers

# Stigler 1994: how often each journal cites the others, as in Agresti, Categorical Data Analysis (2002), table 10.10.
JOURNALS = ("Biometrika", "Comm Statist", "JASA", "JRSS-B")
CITED = {(0, 1): (730, 33), (0, 2): (498, 320), (0, 3): (221, 284), (1, 2): (68, 813), (1, 3): (17, 276)}
CITED |= {(2, 3): (142, 325)}

# Agresti 2002, table 10.11: games won by the row against the column in the American League's eastern division, 1987.
TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
GAMES = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
ITEMS = ("bench", "roof", "lamp", "lift")
pairs = st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(lambda pair: pair[0] != pair[1])
answers = st.lists(st.tuples(pairs, st.integers(1, 6)).map(lambda found: (*found[0], found[1])), max_size=12)


def against(strong: dict[str, float], other: str) -> list[float]:
    return [own - strong[other] for own in strong.values()]


def test_the_published_strengths_of_four_journals() -> None:
    both = [((a, b, first), (b, a, second)) for (a, b), (first, second) in CITED.items()]
    duels = [(JOURNALS[a], JOURNALS[b], times) for pair in both for a, b, times in pair]
    found = against(strengths(duels, JOURNALS, NEARLY_NONE), "Biometrika")
    assert found == pytest.approx([0, -2.94907, -0.47957, 0.26895], abs=1e-5)


def test_the_published_strengths_of_seven_teams() -> None:
    duels = [(TEAMS[a], TEAMS[b], GAMES[a][b]) for a, b in permutations(range(7), 2)]
    found = against(strengths(duels, TEAMS, NEARLY_NONE), "Baltimore")
    assert found == pytest.approx([1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0], abs=1e-4)


@needs_reference
def test_rankings_of_dots_by_number_give_the_strengths_of_other_programs() -> None:
    for name, told in reference("pairwise.json").items():
        if not name.endswith(".soc"):
            continue
        items, won = told["items"], told["wins"]
        duels = [(items[a], items[b], won[a][b]) for a, b in permutations(range(len(items)), 2)]
        other = dict(zip(items, told["choix_ilsr"], strict=True))
        found = against(strengths(duels, items, NEARLY_NONE), items[0])
        assert found == pytest.approx(against(other, items[0]), abs=1e-6), name


def test_of_two_items_the_odds_are_those_of_the_answers_and_the_imagined_ones() -> None:
    """Three to one, and a tenth of a duel each way against the average: by hand (x - y: 2σ - 3 + 0.2(σ' - 1/2))."""
    found = strengths([("bench", "roof", 3), ("roof", "bench", 1)], ("bench", "roof"))
    own = found["bench"]
    assert found["roof"] == pytest.approx(-own)
    assert 3 - 4 * chance(2 * own) + 0.1 * (1 - 2 * chance(own)) == pytest.approx(0, abs=1e-9)
    assert 0.9 < 2 * own / log(3) < 1


def test_nobody_is_infinitely_strong_and_who_never_met_stands_in_the_middle() -> None:
    found = strengths([("bench", "roof", 1000)], ITEMS)
    assert found["bench"] < 6
    assert found["lamp"] == found["lift"] == 0


def test_a_win_against_the_strong_lifts_more() -> None:
    """The lamp and the lift each won one duel: the one against the winner of ten, the other against its loser."""
    found = strengths([("bench", "roof", 10), ("lamp", "bench", 1), ("lift", "roof", 1)], ITEMS)
    assert found["lamp"] > found["lift"]


@pytest.mark.parametrize("times", [1, 1000])
def test_a_long_chain_is_found_however_clear_it_is(times: int) -> None:
    items = [f"line {n}" for n in range(50)]
    found = list(strengths([(a, b, times) for a, b in pairwise(items)], items).values())
    assert found == sorted(found, reverse=True)
    assert found[0] == pytest.approx(-found[-1])


@given(answers)
def test_every_item_wins_as_often_as_its_strength_says(duels: list[Duel]) -> None:
    """What makes it the answer: for each item, duels won and expected are the same, the imagined ones among them."""
    found = strengths(duels, ITEMS)
    for item in ITEMS:
        own = found[item]
        surplus = 0.1 * (1 - 2 * chance(own))
        for better, worse, times in duels:
            if item == better:
                surplus += times * (1 - chance(own, found[worse]))
            if item == worse:
                surplus -= times * chance(own, found[better])
        assert surplus == pytest.approx(0, abs=1e-7)


@given(answers, st.randoms(), st.permutations(ITEMS))
def test_order_and_names_make_no_difference(duels: list[Duel], lot: random.Random, names: list[str]) -> None:
    new = dict(zip(ITEMS, names, strict=True))
    named = [(new[a], new[b], times) for a, b, times in duels]
    lot.shuffle(named)
    after, before = strengths(named, names), strengths(duels, ITEMS)
    assert all(abs(after[new[item]] - before[item]) < ALIKE / 100 for item in ITEMS)


@given(answers, pairs)
def test_one_more_win_lifts(duels: list[Duel], pair: tuple[str, str]) -> None:
    before, after = strengths(duels, ITEMS), strengths([*duels, (*pair, 1)], ITEMS)
    assert after[pair[0]] > before[pair[0]] + ALIKE
    assert after[pair[1]] < before[pair[1]] - ALIKE


def test_a_circle_is_a_tie() -> None:
    found = strengths([("bench", "roof", 7), ("roof", "lamp", 7), ("lamp", "bench", 7)], ("bench", "roof", "lamp"))
    assert max(found.values()) - min(found.values()) < ALIKE
