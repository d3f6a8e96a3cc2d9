"""Which two come next: what would tell most, a draw of each person's own, and nothing of how others answered."""

from collections import Counter
from itertools import combinations
from math import exp
from random import Random

import pytest

from workshop.counting.bradley_terry import strengths
from workshop.counting.next_pair import AMONG, Pair, evenly, following, gain, variance
from workshop.counting.pair_answers import pairs_of

ITEMS = [f"line {n:02}" for n in range(20)]
PAIRS = pairs_of(ITEMS)


def exact(items: int, asked: dict[tuple[int, int], int]) -> list[list[float]]:
    """What is unknown of all strengths together: the inverse of what is known of them (Gauss and Jordan)."""
    known = [[0.05 * (a == b) for b in range(items)] + [float(a == b) for b in range(items)] for a in range(items)]
    for (a, b), times in asked.items():
        for x, y, sign in ((a, a, 1), (b, b, 1), (a, b, -1), (b, a, -1)):
            known[x][y] += sign * times / 4
    for a in range(items):
        known[a] = [value / known[a][a] for value in known[a]]
        for b in range(items):
            if b != a:
                known[b] = [x - known[b][a] * y for x, y in zip(known[b], known[a], strict=True)]
    return [row[items:] for row in known]


def test_of_two_items_alone_the_variance_is_exact() -> None:
    found = exact(2, {(0, 1): 7})
    assert variance(7, 7, 7) == pytest.approx(found[0][0] + found[1][1] - 2 * found[0][1])


def test_with_others_it_is_never_more_than_what_is_really_unknown() -> None:
    """The others are held still: less is unknown then, never more."""
    asked = {(0, 1): 2, (0, 2): 3, (1, 2): 1, (2, 3): 4, (1, 4): 2}
    found, met = exact(5, asked), Counter[int]()
    for (a, b), times in asked.items():
        met.update({a: times, b: times})
    for a, b in combinations(range(5), 2):
        really = found[a][a] + found[b][b] - 2 * found[a][b]
        assert variance(met[a], met[b], asked.get((a, b), 0)) <= really + 1e-12


def test_an_answer_tells_the_less_the_more_there_are() -> None:
    assert gain(0, 0, 0) > gain(1, 0, 0) > gain(1, 1, 0) > gain(1, 1, 1) > gain(2, 2, 1) > gain(2, 2, 2) > 0


def test_a_new_line_is_asked_about_as_soon_as_it_is_drawn() -> None:
    asked = dict.fromkeys([pair for pair in PAIRS if "line 19" not in pair], 5)
    drawn = [following(PAIRS, asked, f"person {n}") for n in range(400)]
    about_it = sum("line 19" in pair for pair in drawn if pair)
    assert about_it > 400 * (1 - (171 / 190) ** AMONG) * 0.9, "in nearly every draw of twelve that has it"


def test_phones_that_know_the_same_ask_differently_and_the_same_phone_the_same() -> None:
    asked: dict[Pair, int] = {}
    first = [following(PAIRS, asked, f"person {n}") for n in range(100)]
    assert first == [following(PAIRS, asked, f"person {n}") for n in range(100)]
    assert len(set(first)) > 60


def test_nobody_can_wait_for_the_pair_they_want() -> None:
    """Whatever others answer meanwhile, one place of one person leads to a dozen pairs at most."""
    lot, seen = Random(7), set()  # noqa: S311 - the same in every run
    for _ in range(300):
        seen.add(following(PAIRS, {pair: lot.randrange(9) for pair in PAIRS}, "one person 0"))
    assert len(seen) <= AMONG


def test_the_last_pair_comes_and_then_none() -> None:
    assert following([("a", "b")], {}, "") == ("a", "b")
    assert following([], {}, "") is None


def room(by_wins: bool, people: int, each: int, seed: int) -> tuple[float, int]:
    """A made-up room answers: the share of pairs that stand the right way round, and how seldom a line came up."""
    lot = Random(seed)  # noqa: S311 - the same room each time
    true = {item: lot.gauss(0, 1) for item in ITEMS}
    asked, won = Counter[Pair](), Counter[Pair]()
    seen: list[set[Pair]] = [set() for _ in range(people)]
    for turn in range(each):
        strong = strengths([(*pair, times) for pair, times in won.items()], ITEMS) if by_wins else {}
        for person in range(people):
            left = [pair for pair in PAIRS if pair not in seen[person]]
            one, other = _closest(left, asked, strong, lot) if by_wins else _blind(left, asked, f"{person} {turn}")
            seen[person].add((one, other))
            asked[one, other] += 1
            better = lot.random() < 1 / (1 + exp(true[other] - true[one]))
            won[(one, other) if better else (other, one)] += 1
    found = strengths([(*pair, times) for pair, times in won.items()], ITEMS)
    right = sum((found[a] > found[b]) == (true[a] > true[b]) for a, b in PAIRS)
    met = Counter(item for pair, times in asked.items() for item in pair for _ in range(times))
    return right / len(PAIRS), min(met[item] for item in ITEMS)


def _blind(left: list[Pair], asked: Counter[Pair], seed: str) -> Pair:
    found = following(left, asked, seed)
    assert found
    return found


def _closest(left: list[Pair], asked: Counter[Pair], strong: dict[str, float], lot: Random) -> Pair:
    """The same gain, steered by everybody's answers: p(1 - p) in place of a quarter."""
    met = Counter(item for pair, times in asked.items() for item in pair for _ in range(times))

    def worth(pair: Pair) -> float:
        likely = 1 / (1 + exp(strong[pair[1]] - strong[pair[0]]))
        return likely * (1 - likely) * variance(met[pair[0]], met[pair[1]], asked[pair])

    return max(lot.sample(left, min(AMONG, len(left))), key=worth)


def test_what_others_answered_would_hardly_help() -> None:
    """The measure behind the decision: 20 people, 15 pairs each, 20 lines; in the mean of eight rooms."""
    blind = [room(False, 20, 15, seed) for seed in range(8)]
    told = [room(True, 20, 15, seed) for seed in range(8)]
    mean_blind, mean_told = (sum(right for right, _ in each) / len(each) for each in (blind, told))
    assert mean_blind > 0.8
    assert mean_told - mean_blind < 0.02
    assert min(least for _, least in blind) >= 20, "600 places in pairs for twenty lines: each is asked about evenly"


@pytest.mark.parametrize("number", [0, 1, 2, 3, 6, 7, 20])
def test_pairs_for_a_paper_are_all_different_and_even_at_any_length(number: int) -> None:
    """No two items differ by more than one, or by two where one rests in turn; all pairs together are every two."""
    items = [f"item{at}" for at in range(number)]
    every = evenly(items, 10_000)
    assert sorted(every) == pairs_of(items)
    for many in range(len(every) + 1):
        met = Counter(item for pair in evenly(items, many) for item in pair)
        times = [met[item] for item in items]
        assert not items or max(times) - min(times) <= 1 + number % 2
