"""Budgets: real ones as they were published, small ones by hand, and shares that nobody can complain about."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ballot_files.published import BUDGET_FILES, budget_of
from workshop.counting.budgets import rules
from workshop.counting.budgets.equal_shares import NEAR, _Count, _Hall, coin_for, equal_shares
from workshop.counting.budgets.greedy import greedy
from workshop.counting.budgets.pots import Pot, votes

from .rooms import needs_reference, reference

PARK = Pot(100, {"park": 60, "bus": 30, "stairs": 30, "choir": 10})
halls = st.lists(st.frozensets(st.sampled_from(list(PARK.costs))), min_size=1, max_size=9)
pots = st.builds(Pot, st.integers(1, 60), st.fixed_dictionaries({name: st.integers(1, 40) for name in PARK.costs}))


@needs_reference
@pytest.mark.parametrize("name", BUDGET_FILES)
def test_real_budgets_come_out_as_published(name: str) -> None:
    known, election = reference("pabulib.json")[name], budget_of(name)
    wishes = [vote.projects for vote in election.votes]
    assert votes(wishes, election.pot) == known["tally"]
    assert sorted(greedy(wishes, election.pot).selected) == sorted(known["greedy"])
    assert sorted(greedy(wishes, election.pot, stop=True).selected) == sorted(known["greedy_no_skip"])
    plain = equal_shares(wishes, election.pot, complete=False)
    assert sorted(plain.selected) == sorted(known["mes"]["plain_exact_cost"])
    if "add1_cost" in known["mes"]:
        completed = known["mes"]["add1_cost"]
        found = equal_shares(wishes, election.pot)
        assert (sorted(found.selected), found.spent) == (sorted(completed["selected"]), completed["cost"])
        assert float(found.share) == pytest.approx(completed["per_voter"])
        assert set(found.selected) == election.selected
        stopped = equal_shares(wishes, election.pot, exhaustive=True)
        assert float(stopped.share) == pytest.approx(known["mes"]["add1_cost_stop_when_exhaustive"]["per_voter"])


def test_the_most_wanted_first_and_what_does_not_fit_is_passed_over() -> None:
    held = [{"park"}] * 5 + [{"bus", "choir"}] * 4 + [{"stairs"}] * 3
    found = greedy(held, PARK)
    assert (found.selected, found.spent) == (("park", "choir", "bus"), 100)
    assert [(step.project, step.left, step.taken) for step in found.steps][-1] == ("stairs", 0, False)
    assert greedy(held, Pot(80, PARK.costs), stop=True).selected == ("park", "choir")
    assert greedy(held, PARK, least=4).selected == ("park", "choir", "bus")


def test_same_votes_and_same_cost_are_told_as_a_tie() -> None:
    found = greedy([{"bus"}, {"stairs"}], Pot(30, PARK.costs))
    assert (found.selected, found.tied) == (("bus",), (("bus", "stairs"),))
    assert equal_shares([{"bus", "stairs"}], Pot(30, PARK.costs)).bought[0].tied == ("stairs",)


def test_a_third_of_the_people_decides_on_a_third_of_the_money() -> None:
    """Greedy gives everything to the larger group; with equal shares the smaller one buys what it wants."""
    held = [{"park", "bus"}] * 20 + [{"stairs"}] * 10
    pot = Pot(90, {"park": 60, "bus": 30, "stairs": 30})
    assert greedy(held, pot).selected == ("bus", "park")
    found = equal_shares(held, pot, complete=False)
    assert set(found.selected) == {"bus", "stairs"}
    stairs = next(each for each in found.bought if each.project == "stairs")
    assert (stairs.supporters, stairs.payers, stairs.most) == (10, 10, 3.0)


def test_whoever_is_short_gives_what_they_have() -> None:
    """Everybody has 10. Three buy the choir for 4 each; then Cem has 6 for the garden, and Dora gives the other 9."""
    held = [{"choir"}, {"choir"}, {"choir", "garden"}, {"garden"}]
    found = equal_shares(held, Pot(40, {"choir": 12, "garden": 15}), complete=False)
    assert [(each.project, each.most, each.payers) for each in found.bought] == [("choir", 4.0, 3), ("garden", 9.0, 2)]


def test_coins_are_imagined_until_the_next_one_would_cost_too_much() -> None:
    held = [{"park"}] * 3 + [{"bus"}] * 2
    assert equal_shares(held, PARK, complete=False).selected == ("park", "bus")
    poor = Pot(59, PARK.costs)
    found = equal_shares(held, poor)
    assert found.selected == ("bus",)
    assert found.coins > 0
    assert found.share == Fraction(59, 5) + found.coins


def test_free_projects_and_unknown_wishes_are_refused() -> None:
    with pytest.raises(ValueError, match="cost nothing"):
        Pot(10, {"air": 0})
    with pytest.raises(ValueError, match="not on this ballot"):
        equal_shares([{"moon"}], PARK)


def test_nobody_came() -> None:
    assert equal_shares([], PARK).selected == greedy([], PARK).selected == ()


@given(halls, pots)
@settings(deadline=None)
def test_no_more_is_spent_than_there_is(held: list[frozenset[str]], pot: Pot) -> None:
    for selected in (greedy(held, pot).selected, equal_shares(held, pot).selected):
        assert pot.spent(selected) <= pot.budget


@given(halls, pots, st.randoms())
@settings(deadline=None)
def test_the_order_of_ballots_says_nothing(held: list[frozenset[str]], pot: Pot, chance: object) -> None:
    other = [*held]
    chance.shuffle(other)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    assert equal_shares(held, pot) == equal_shares(other, pot)
    assert greedy(held, pot) == greedy(other, pot)


@given(halls, pots)
@settings(deadline=None)
def test_what_is_bought_has_a_price_that_its_supporters_can_pay(held: list[frozenset[str]], pot: Pot) -> None:
    """Priceability (Peters and Skowron 2020): nobody pays more than their share, only supporters pay, each project is
    paid in full, and no supporters of another project have enough left to buy it."""
    share = Fraction(pot.budget, len(held))
    left = [share] * len(held)
    chosen = equal_shares(held, pot, complete=False).selected
    for project in chosen:
        fans = [at for at, wish in enumerate(held) if project in wish]
        owed, poor = Fraction(pot.costs[project]), sorted(fans, key=lambda at: left[at])
        for at in poor:
            pays = min(left[at], owed / (len(poor) - poor.index(at)))
            left[at], owed = left[at] - pays, owed - pays
        assert owed == 0
    for project in pot.costs.keys() - set(chosen):
        assert sum((left[at] for at, wish in enumerate(held) if project in wish), Fraction(0)) < pot.costs[project]


@given(halls, pots)
@settings(deadline=None)
def test_a_group_that_agrees_gets_what_its_shares_can_pay(held: list[frozenset[str]], pot: Pot) -> None:
    """Extended justified representation up to one project, for groups that want one project together."""
    chosen = set(equal_shares(held, pot, complete=False).selected)
    for project, cost in pot.costs.items():
        fans = [wish for wish in held if project in wish]
        if fans and len(fans) * Fraction(pot.budget, len(held)) >= cost:
            assert any(wish & chosen for wish in fans)


@settings(max_examples=200, deadline=None)
@given(halls, pots, st.integers(0, 3))
def test_floating_numbers_decide_only_where_they_cannot_err(held: list[frozenset[str]], pot: Pot, coins: int) -> None:
    hall = _Hall(held, pot)
    rough = _Count(hall, float(hall.share(coins)))
    found, exact = [turn.at for turn in rough.turns()], [turn.at for turn in _Count(hall, hall.share(coins)).turns()]
    assert rough.unsure or found == exact
    assert [turn.at for turn in hall.turns(coins)] == exact
    assert 0 < NEAR < 1e-6


@given(halls)
@settings(deadline=None)
def test_more_votes_do_not_hurt_in_greedy(held: list[frozenset[str]]) -> None:
    """Monotonicity: one more ballot for a winner alone leaves it a winner."""
    for winner in greedy(held, PARK).selected:
        assert winner in greedy([*held, frozenset({winner})], PARK).selected


def test_every_subset_of_three_wishes_is_counted_the_same_in_fractions() -> None:
    """All small halls of three people with two wishes each: no difference to reckoning in fractions throughout."""
    wishes = [frozenset(pair) for pair in combinations(PARK.costs, 2)]
    for held in combinations(wishes * 2, 3):
        hall = _Hall(held, PARK)
        assert [t.at for t in hall.turns(0)] == [t.at for t in _Count(hall, hall.share(0)).turns()]


@given(halls, pots, st.integers(1, 5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_coins_that_can_change_nothing_are_passed_over_rightly(
    held: list[frozenset[str]], pot: Pot, coin: int, exhaustive: bool
) -> None:
    hall = _Hall(held, pot, coin)
    coins, now = 0, hall.turns(0)
    while not hall._is_done(now, exhaustive) and hall._fits(now := hall.turns(coins + 1)):
        coins += 1
    assert hall.last_that_fits(exhaustive) == coins


def test_one_person_with_a_dear_wish_keeps_nobody_waiting() -> None:
    """Coin by coin this would be three hundred thousand counts."""
    pot = Pot(10_000_000, {"dear": 3_000_000, "park": 1_000_000})
    found = equal_shares([{"dear"}, *[{"park"}] * 999], pot, coin=coin_for(1000, pot))
    assert (found.selected, found.coin) == (("park", "dear"), 100)


def test_every_rule_by_its_name() -> None:
    held, pot = [{"park"}] * 3 + [{"choir"}] * 2 + [{"bus"}], Pot(60, PARK.costs)
    paid = {rule: rules.spend(held, pot, rule).selected for rule in rules.RULES}
    assert paid == {
        "equal-shares": ("choir",),
        "equal-shares-exhaustive": ("choir",),
        "greedy": ("park",),
        "greedy-cost": ("choir", "bus"),
    }
    with pytest.raises(ValueError, match="no rule of ours"):
        rules.spend(held, pot, "dice")


def test_the_most_votes_for_the_money_are_compared_exactly() -> None:
    held = [{"park", "bus"}] * 2 + [{"bus"}]
    found = rules.by_cost(held, Pot(90, {"park": 20, "bus": 30, "stairs": 7}))
    assert found.selected == ("park", "bus"), "two of 20 and three of 30 are the same: the cheaper comes first"
