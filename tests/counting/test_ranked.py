"""Ranked ballots: real elections as they were published, small ones by hand, and what no method may do."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ballot_files.published import RANKED_FILES, ranked_of
from workshop.counting.ranked.borda import borda, half_points
from workshop.counting.ranked.duels import Tiers, duels
from workshop.counting.ranked.ranked_pairs import ranked_pairs
from workshop.counting.ranked.runoff import BEFORE, BORDA, LOT, run_off
from workshop.counting.ranked.schulze import schulze, strongest_paths

from .rooms import needs_reference, reference

ITEMS = ("a", "b", "c", "d")
Ballot = Mapping[str, int]


def ballots(*orders: str) -> list[Ballot]:
    """«3 abc» is three ballots with a first, b second, c third; «ab=c» has b and c on one place."""
    found: list[Ballot] = []
    for order in orders:
        times, _, letters = order.rpartition(" ")
        place, ballot = 0, {}
        for at, letter in enumerate(letters.replace("=", "")):
            shared = letters[max(0, letters.index(letter) - 1)] == "=" and at > 0
            place += not shared
            ballot[letter] = place
        found += [ballot] * int(times or 1)
    return found


cast = st.lists(st.dictionaries(st.sampled_from(ITEMS), st.integers(1, 4)), max_size=12)


@needs_reference
@pytest.mark.parametrize("name", RANKED_FILES)
def test_real_elections_come_out_as_published(name: str) -> None:
    """Duels, Condorcet winner, Schulze's order, ranked pairs, Borda's points, and each round of the run-off."""
    known, held = reference("ranked.json")[name], ranked_of(name)
    items = list(known["candidates"])
    met = duels(held, items)
    assert (met.ballots, [list(row) for row in met.won]) == (known["n_ballots"], known["pairwise"])
    assert [met.beats_everybody()] == [str(winner) for winner in known["condorcet_winner"]]
    assert [[int(item) for item in tier] for tier in schulze(met)] == known["schulze_winning"]
    assert [int(item) for item in ranked_pairs(met)[0]] == known["ranked_pairs_winning"]
    assert {item: half / 2 for item, half in half_points(met).items()} == known["borda"]
    rounds = known.get("irv_rounds") or known["irv_overvote_exhausts_rounds"]
    told = [(dict(each.votes), each.resting) for each in run_off(held, items).rounds]
    assert told == [(each["tally"], each["exhausted"]) for each in rounds]


def test_schulzes_own_example_of_forty_five_people() -> None:
    """Schulze (2011), example 1: the strongest paths and the order E, A, C, B, D."""
    orders = ("5 acbed", "5 adecb", "8 bedac", "3 cabed", "7 caebd", "2 cbade", "7 dceba", "8 ebadc")
    met = duels(ballots(*orders), "abcde")
    assert strongest_paths(met)[0][1:] == [28, 28, 30, 24]
    assert schulze(met) == (("e",), ("a",), ("c",), ("b",), ("d",))


def test_what_has_no_place_stands_last_together() -> None:
    met = duels(ballots("3 a", "2 b=c"), "abc")
    assert met.won == ((0, 3, 3), (2, 0, 0), (2, 0, 0))
    assert schulze(met) == (("a",), ("b", "c"))


def test_a_circle_of_equal_victories_is_a_tie_and_nobody_makes_an_order_up() -> None:
    met = duels(ballots("abc", "bca", "cab"), "abc")
    assert met.beats_everybody() is None
    assert schulze(met) == ranked_pairs(met) == borda(met) == (("a", "b", "c"),)


def test_the_weakest_victory_of_a_circle_is_left_out() -> None:
    """Tideman: 4 abc, 3 bca, 2 cab – c beats a by the least."""
    met = duels(ballots("4 abc", "3 bca", "2 cab"), "abc")
    assert ranked_pairs(met) == (("a",), ("b",), ("c",))


def test_a_run_off_can_miss_whom_everybody_else_would_lose_to() -> None:
    """As in Burlington 2009: b beats each other one alone, and leaves in the first round."""
    held = ballots("4 abc", "3 cba", "2 bac")
    assert duels(held, "abc").beats_everybody() == "b"
    found = run_off(held, "abc")
    assert (found.rounds[0].leaves, found.winners) == (("b",), ("a",))


def test_ties_at_the_bottom_are_decided_by_the_stated_rule_and_told() -> None:
    earlier = run_off(ballots("5 a", "4 b", "3 cd", "2 d", "1 ec", "1 fd"), "abcdef")
    assert [each.tie for each in earlier.rounds if each.tie][:1] in ([BEFORE], [BORDA], [LOT])
    by_points = run_off(ballots("3 a", "2 bca", "2 cba", "1 ab"), "abc")
    assert (by_points.rounds[0].tied, by_points.rounds[0].tie, by_points.rounds[0].leaves) == (
        ("b", "c"),
        BORDA,
        ("c",),
    )
    by_lot = run_off(ballots("3 a", "2 b", "2 c"), "abc", lot=("c", "b", "a"))
    assert (by_lot.rounds[0].tie, by_lot.rounds[0].leaves) == (LOT, ("b",))


def test_the_last_two_with_the_same_number_both_win() -> None:
    assert run_off(ballots("2 a", "2 b"), "ab").winners == ("a", "b")
    assert run_off([], "ab").winners == ("a", "b")


def test_an_item_that_is_not_on_the_ballot_is_refused() -> None:
    with pytest.raises(ValueError, match="not on this ballot"):
        duels([{"z": 1}], "abc")


@given(cast, st.permutations(ITEMS))
def test_neither_the_order_of_ballots_nor_that_of_the_list_says_anything(held: list[Ballot], other: list[str]) -> None:
    for method in (schulze, ranked_pairs, borda):
        ours, theirs = method(duels(held, ITEMS)), method(duels(reversed(held), other))
        assert [set(tier) for tier in ours] == [set(tier) for tier in theirs]


@given(cast)
def test_everybody_twice_changes_no_order(held: list[Ballot]) -> None:
    for method in (schulze, ranked_pairs, borda):
        assert method(duels(held, ITEMS)) == method(duels([*held, *held], ITEMS))


@given(cast, st.permutations(ITEMS))
def test_names_decide_nothing(held: list[Ballot], names: list[str]) -> None:
    """Neutrality: with other names the same items win, under their new names."""
    new = dict(zip(ITEMS, names, strict=True))
    renamed = [{new[item]: place for item, place in ballot.items()} for ballot in held]
    for method in (schulze, ranked_pairs, borda):
        ours: Tiers = tuple(tuple(new[item] for item in tier) for tier in method(duels(held, ITEMS)))
        assert [set(tier) for tier in ours] == [set(tier) for tier in method(duels(renamed, ITEMS))]


@given(cast)
def test_who_beats_everybody_wins_and_who_is_lifted_does_not_fall(held: list[Ballot]) -> None:
    """The Condorcet criterion and monotonicity, for both methods that promise them."""
    met = duels(held, ITEMS)
    for method in (schulze, ranked_pairs):
        order = method(met)
        if winner := met.beats_everybody():
            assert order[0] == (winner,)
        best = order[0][0]
        lifted = [{**{item: place + 1 for item, place in ballot.items()}, best: 1} for ballot in held]
        assert best in method(duels(lifted, ITEMS))[0]
