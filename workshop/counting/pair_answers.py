"""What people answered about pairs: on one ballot, for every two, and for each item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from workshop.counting.ballots import Ballot
from workshop.counting.bradley_terry import Duel
from workshop.counting.sides import SIDES, People, Side

FIRST, NEITHER, SECOND = 1, 0, -1
BETWEEN = "|"
Pair = tuple[str, str]
Answers = tuple[int, int, int]  # how many chose the first, the second, neither


def name_of(one: str, other: str) -> str:
    """What a pair is called on a ballot: the same whichever is named first."""
    return BETWEEN.join(sorted((one, other)))


def two_of(pair: str) -> Pair:
    one, _, other = pair.partition(BETWEEN)
    return one, other


def pairs_of(items: Iterable[str]) -> list[Pair]:
    """Every two items, each pair in the order of its name."""
    return list(combinations(sorted(items), 2))


@dataclass(frozen=True, slots=True)
class Total:
    """How often everybody together chose an item, how often the other one, how often they could not decide; and how
    many people decided about it at all."""

    chosen: int
    other: int
    undecided: int
    people: int

    @property
    def decided(self) -> int:
        return self.chosen + self.other

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.chosen, self.decided) if self.decided else None

    @property
    def smoothed(self) -> Fraction:
        return Fraction(self.chosen + 1, self.decided + 2)


@dataclass(frozen=True, slots=True)
class Record:
    """The same by side, exact, whatever its size: for counting and recounts, never to be printed."""

    chosen: People
    other: People
    undecided: People
    people: People

    @property
    def decided(self) -> People:
        return People(*(here + there for here, there in zip(self.chosen, self.other, strict=True)))

    @property
    def total(self) -> Total:
        return Total(self.chosen.total, self.other.total, self.undecided.total, self.people.total)


def answers(ballots: Iterable[Ballot], items: Sequence[str]) -> dict[Pair, Answers]:
    """How each pair was answered, in the order of the pairs."""
    said = {pair: Counter[int]() for pair in pairs_of(items)}
    for ballot in ballots:
        for pair, answer in ballot.choices.items():
            if two_of(pair) not in said or answer not in (FIRST, NEITHER, SECOND):
                raise ValueError(f"no pair of this ballot: {pair}, {answer}")
            said[two_of(pair)][answer] += 1
    return {pair: (each[FIRST], each[SECOND], each[NEITHER]) for pair, each in said.items() if each}


def records(ballots: Iterable[Ballot], items: Sequence[str]) -> dict[str, Record]:
    """Each item by side."""
    won, lost, even, decided = ({item: Counter[Side]() for item in items} for _ in range(4))
    for ballot in ballots:
        by: set[str] = set()
        for pair, answer in ballot.choices.items():
            one, other = two_of(pair)
            if answer == NEITHER:
                even[one][ballot.side] += 1
                even[other][ballot.side] += 1
                continue
            better, worse = (one, other) if answer == FIRST else (other, one)
            won[better][ballot.side] += 1
            lost[worse][ballot.side] += 1
            by |= {one, other}
        for item in by:
            decided[item][ballot.side] += 1
    return {item: Record(*(_by_side(each[item]) for each in (won, lost, even, decided))) for item in items}


def duels(answered: Mapping[Pair, Answers]) -> list[Duel]:
    """The decided ones, from both sides of each pair."""
    both = [((one, other, first), (other, one, second)) for (one, other), (first, second, _) in answered.items()]
    return [duel for pair in both for duel in pair if duel[2]]


def _by_side(counted: Counter[Side]) -> People:
    return People(*(counted[side] for side in SIDES))
