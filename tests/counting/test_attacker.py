"""Somebody reads everything that is printed of a room, knows every rule, and tries every room it could be."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workshop.counting.ballots import Ballot
from workshop.counting.cells import FEW, Split, hidden, split
from workshop.counting.sides import SIDES, Crowd, People, Side, may_split, presence
from workshop.counting.statements import StatementsResult, count

from .rooms import ballots, in_room, spread

ITEMS = ("early idea", "late idea")
K = 3
ANSWERS = st.sampled_from((1, -1, 1, -1, 1, None))


@dataclass(frozen=True, slots=True)
class Guess:
    """How many voters a room might have by side, who answered one item, and who agreed to it."""

    voters: People
    answered: People
    agreed: People


@st.composite
def rooms(draw: st.DrawFn) -> list[Ballot]:
    """Small rooms; some people leave out an item, some leave out all."""
    lived, service, other = draw(st.integers(2, 4)), draw(st.integers(3, 5)), draw(st.sampled_from((0, 0, 3, 1)))
    sizes = zip(SIDES, (lived, service, other), strict=True)
    sides = [side for side, size in sizes for _ in range(size)]
    return [Ballot(side, "phone", _choices(draw(st.tuples(ANSWERS, ANSWERS)))) for side in sides]


def _choices(answers: tuple[int | None, int | None]) -> dict[str, int]:
    return {item: answer for item, answer in zip(ITEMS, answers, strict=True) if answer is not None}


EARLY, BOTH = {"early idea": 1}, {"early idea": 1, "late idea": -1}
FOUR_AND_FIVE = [*ballots("lived", EARLY, EARLY, BOTH, BOTH), *ballots("service", BOTH, BOTH, BOTH, BOTH, BOTH)]


@pytest.mark.shows("P11")
@given(rooms())
@example(FOUR_AND_FIVE)
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_hidden_follows_from_all_that_is_printed(room: list[Ballot]) -> None:
    paper = count(room, ITEMS, K)
    guesses = [list(_guesses(paper, at)) for at in range(len(ITEMS))]
    possible = set.intersection(*({guess.voters for guess in each} for each in guesses))
    assert _voters(room) in possible
    for item, fitting in zip(paper.items, guesses, strict=True):
        left = [guess for guess in fitting if guess.voters in possible]
        _tells_nothing_hidden(item.sides, left)
        _tells_no_few_of_one_mind(item.sides, left)
    _hides_the_voters(paper.voters, possible)


def _guesses(paper: StatementsResult, at: int) -> Iterator[Guess]:
    printed = paper.items[at].sides
    for voters in in_room(People(paper.ballots)):
        if presence(voters, K) != paper.voters:
            continue
        for answered in spread(printed.people, voters):
            for agreed in spread(printed.total, answered):
                if _print(voters, answered, agreed) == printed:
                    yield Guess(voters, answered, agreed)


def _print(voters: People, answered: People, agreed: People) -> Split:
    return split(answered, agreed, K, voters) if may_split(voters, K) else hidden(answered, agreed)


def _tells_nothing_hidden(printed: Split, left: list[Guess]) -> None:
    if printed.shown or printed.people == 0:
        return
    for side in (side for side in SIDES if any(guess.voters.of(side) for guess in left)):
        assert len({guess.answered.of(side) for guess in left}) > 1, (printed, side, left)
        assert printed.total == 0 or len({guess.agreed.of(side) for guess in left}) > 1, (printed, side, left)


def _tells_no_few_of_one_mind(printed: Split, left: list[Guess]) -> None:
    if printed.total in (0, printed.people):
        return
    for side in SIDES:
        minds = {_mind(guess, side) for guess in left}
        assert minds not in ({"none"}, {"all"}), (printed, side, left)


def _mind(guess: Guess, side: Side) -> str:
    answered, agreed = guess.answered.of(side), guess.agreed.of(side)
    if not 0 < answered < FEW:
        return "not guarded"
    return {0: "none", answered: "all"}.get(agreed, "divided")


def _hides_the_voters(crowd: Crowd, possible: set[People]) -> None:
    if not crowd.shown and crowd.total:
        assert all(len({voters.of(side) for voters in possible}) > 1 for side in SIDES)


def _voters(room: list[Ballot]) -> People:
    return People(*(sum(vote.side == side for vote in room) for side in SIDES))


@given(rooms())
@settings(deadline=None, max_examples=40)
def test_the_attacker_guesses_what_is_really_printed(room: list[Ballot]) -> None:
    """Else the test above would attack something else than the paper."""
    voters = _voters(room)
    for item in count(room, ITEMS, K).items:
        answered = _voters([vote for vote in room if item.item in vote.choices])
        agreed = _voters([vote for vote in room if vote.choices.get(item.item) == 1])
        assert item.sides == _print(voters, answered, agreed)
