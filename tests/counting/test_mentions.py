"""Majority judgment: as its authors published it, by taking words away one by one, and what must hold of every room."""

from collections.abc import Sequence
from itertools import accumulate
from math import lcm
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.asked import Asked, Telling
from workshop.counting.ballots import Ballot
from workshop.counting.favourites import Favourites
from workshop.counting.marks import Counts, Row, count
from workshop.counting.mentions import Mentioned, favourites, ladder, majority, mentioned
from workshop.counting.sides import SIDES

from .rooms import ballots

ITEMS = ("garden", "bus", "lift")
FOUR = Row(range(4), 2)
POOR, FAIR, GOOD, VERY_GOOD = range(4)
words = st.dictionaries(st.sampled_from(ITEMS), st.integers(POOR, VERY_GOOD))
rooms = st.lists(st.builds(Ballot, st.sampled_from(SIDES), st.just("phone"), words), max_size=24)
some = st.lists(st.integers(0, 6), min_size=4, max_size=4).map(tuple).filter(any)

# Orsay, 22 April 2007 (Balinski and Laraki 2010): tenths of percent, from «to reject» to «excellent», in their order.
ORSAY = {
    "Bayrou": (74, 84, 148, 251, 307, 136),
    "Royal": (126, 122, 168, 191, 227, 167),
    "Sarkozy": (282, 71, 115, 143, 198, 191),
    "Voynet": (205, 261, 237, 175, 93, 29),
    "Besancenot": (311, 226, 160, 163, 99, 41),
    "Buffet": (304, 264, 206, 125, 76, 25),
}


def by_hand(counts: Counts, times: int) -> list[int]:
    """The words as they are taken away from the middle, each said so many times."""
    left, taken = [word for word, people in enumerate(counts) for _ in range(people * times)], []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


def judged(cast: Sequence[Ballot], k: int = 5) -> dict[str, Mentioned]:
    return {each.marked.item: each for each in mentioned(count(cast, ITEMS, FOUR, k).items)}


def test_the_published_election_comes_out_as_published() -> None:
    assert sorted(ORSAY, key=lambda name: ladder(ORSAY[name]), reverse=True) == list(ORSAY)
    assert [majority(counts) for counts in ORSAY.values()] == [3, 3, 3, 2, 1, 1]


def test_the_worse_of_two_in_the_middle_is_the_word() -> None:
    assert majority((0, 1, 1, 0)) == FAIR
    assert majority((1, 0, 1, 1)) == GOOD
    assert majority((5, 0, 0, 0)) == POOR


def test_more_who_say_better_lift_and_more_who_say_worse_press_down() -> None:
    """All three have «good» in the middle: two say better and one worse, the other way round, and both alike."""
    lifted, pressed, even = (0, 1, 4, 2), (0, 2, 4, 1), (0, 1, 5, 1)
    assert ladder(lifted) > ladder(even) > ladder(pressed)


def test_who_says_worse_comes_first_where_as_many_say_better() -> None:
    """The gauge alone would tie them; taking words away finds «poor» before «fair»."""
    assert ladder((0, 2, 3, 2)) > ladder((2, 0, 3, 2))


@given(some, some)
def test_the_ladder_is_the_same_as_taking_words_away_one_by_one(one: Counts, other: Counts) -> None:
    """Of as many words for each, as the paper asks; and which has more of them makes no difference."""
    even = lcm(sum(one), sum(other))
    first, second = by_hand(one, even // sum(one)), by_hand(other, even // sum(other))
    assert (ladder(one) > ladder(other), ladder(one) == ladder(other)) == (first > second, first == second)


@given(some, st.integers(1, 4))
def test_the_first_word_taken_away_is_the_majoritys_and_a_room_twice_as_large_says_the_same(
    counts: Counts, times: int
) -> None:
    assert by_hand(counts, 1)[0] == majority(counts)
    assert ladder(tuple(people * times for people in counts)) == ladder(counts)


@given(some)
def test_half_of_the_people_say_the_word_or_better(counts: Counts) -> None:
    word, below = majority(counts), [0, *accumulate(counts)]
    assert 2 * (sum(counts) - below[word]) > sum(counts)
    assert 2 * below[word + 1] >= sum(counts)


@given(some, st.integers(0, 2))
def test_a_better_word_of_one_person_never_harms(counts: Counts, word: int) -> None:
    if not counts[word]:
        return
    better = list(counts)
    better[word], better[word + 1] = better[word] - 1, better[word + 1] + 1
    assert ladder(tuple(better)) > ladder(counts)


@given(rooms, st.randoms())
def test_who_came_first_makes_no_difference(cast: list[Ballot], lot: Random) -> None:
    assert judged(lot.sample(cast, len(cast))) == judged(cast)


@given(rooms, st.permutations(ITEMS))
def test_what_a_line_is_called_makes_no_difference(cast: list[Ballot], names: list[str]) -> None:
    new = dict(zip(ITEMS, names, strict=True))
    named = [Ballot(each.side, "phone", {new[item]: said for item, said in each.choices.items()}) for each in cast]
    after = {item: (each.word, each.place, each.tied) for item, each in judged(named).items()}
    assert after == {new[item]: (each.word, each.place, each.tied) for item, each in judged(cast).items()}


@given(rooms)
def test_places_are_ties_where_words_are_equal_and_what_nobody_judged_has_none(cast: list[Ballot]) -> None:
    for each in judged(cast).values():
        assert (each.place is None) == (not any(each.marked.counts or ()))
        alike = [other for other in judged(cast).values() if other.place == each.place and each.place]
        assert each.tied == (len(alike) > 1)


def test_ten_of_each_side_have_a_word_of_their_own_and_a_favourite() -> None:
    cast = ballots("lived", *[{"garden": VERY_GOOD, "bus": POOR, "lift": FAIR}] * 10)
    cast += ballots("service", *[{"garden": FAIR, "bus": GOOD, "lift": GOOD}] * 10)
    found = judged(cast)
    assert (found["garden"].word, found["garden"].lived, found["garden"].service) == (FAIR, VERY_GOOD, FAIR)
    assert favourites(found.values()) == Favourites(("garden",), ("lift", "bus"))


@pytest.mark.parametrize(("lived", "service", "other"), [(9, 20, 0), (20, 9, 0), (20, 20, 5)])
def test_a_small_side_has_neither(lived: int, service: int, other: int) -> None:
    cast = ballots("lived", *[{"garden": GOOD}] * (lived - 4), *[{"garden": POOR}] * 4)
    cast += ballots("service", *[{"garden": FAIR}] * service) + ballots("other", *[{"garden": POOR}] * other)
    found = judged(cast)
    assert (found["garden"].lived, found["garden"].service, found["garden"].marked.apart) == (None, None, None)
    assert favourites(found.values()) is None


def test_of_one_small_side_alone_no_word_of_the_middle() -> None:
    cast = ballots("lived", *[{"garden": GOOD}] * 7)
    found = count(cast, ITEMS, FOUR, 5, Asked("lived"))
    assert found.told is Telling.WORDS
    assert [each.word for each in mentioned(found.items)] == [None, None, None]
