"""Could the same dots, and the same words, come from other rooms, so that no few are known to be of one mind?

Items of a dot vote bind one another: everybody has so many dots, so ballots times dots is known. From words
about every item and that sum one could sometimes work out that a few gave nothing to one of them. So before
words are printed, for every few and every item, a *world* is looked for: numbers by side for all items with
the same totals and the same words, which the dots of each side can pay for, and in which these few are not of
one mind about this item. If one world is missing, nothing is split.

The search looks at totals and words only, never at the real numbers. So all rooms with the same totals and
words are printed alike, and the worlds that it found are among them: the words could have come from them.
It reckons with the dots of a side in sum, not with how single people hold them.
That nothing is split is itself a little news, but only to somebody who knows the exact size of each side. Where
nothing is split, sizes are printed in steps; the tests try every small room that could be printed so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

from workshop.counting.cells import Band, band, few, words
from workshop.counting.sides import People

GROUPS: tuple[tuple[int, ...], ...] = ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))
Numbers = tuple[int, int, int]
Words = tuple[str | None, ...]
Pin = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Printed:
    """What everybody sees of an item: how many people chose it, their dots, a word for each side."""

    chose: int
    dots: int
    words: Words


@dataclass(frozen=True, slots=True)
class Rules:
    """The people of each side who voted, and how many dots each has: in all, and for one item."""

    voters: People
    per_person: int
    per_item: int


def words_are_safe(printed: Sequence[Printed], rules: Rules) -> bool:
    search = _Search(printed, rules)
    places = product(range(len(printed)), range(3))
    pins = {(at, place) for at, place in places if search.must_be_open(at, place)}
    world: list[Numbers] | None = None
    while pins:
        world = search.world(min(pins), world) or search.world(min(pins))
        if world is None:
            return False
        pins = {(at, place) for at, place in pins if search.of_one_mind(world[at], place)}
    return True


def one_more_fits(told: Sequence[str | None], voters: int, per_person: int) -> bool:
    """Of one side alone only words are printed: may somebody have chosen each item that "nearly none" chose?

    People may keep their dots, so words never bind from below. From above: the fewest choices that all words need,
    and one more, must not be more than the dots that there are. Given out in turn, so many can always be paid for.
    """
    fewest = sum(next(n for n in range(voters + 1) if band(n, voters).value == word) for word in told)
    return Band.NEARLY_NONE.value not in told or fewest < voters * per_person


@dataclass(slots=True)
class _Search:
    printed: Sequence[Printed]
    rules: Rules
    known: dict[tuple[int, Numbers], bool] = field(default_factory=dict)

    def must_be_open(self, at: int, place: int) -> bool:
        """A few is guarded, but for what the total itself says: nobody at all, or everybody."""
        return few(self.rules.voters)[place] and 0 < self.printed[at].chose < self.rules.voters.total

    def of_one_mind(self, numbers: Numbers, place: int) -> bool:
        return numbers[place] in (0, tuple(self.rules.voters)[place])

    def fits(self, at: int, numbers: Numbers) -> bool:
        if (at, numbers) not in self.known:
            told = words(People(*numbers), self.rules.voters, few(self.rules.voters))
            self.known[at, numbers] = told == self.printed[at].words
        return self.known[at, numbers]

    def world(self, pin: Pin, last: list[Numbers] | None = None) -> list[Numbers] | None:
        """Start where the words fit; pass single choices from side to side until the dots suffice."""
        starts: list[Numbers | None] = [*last] if last else [self._start(at, pin) for at in range(len(self.printed))]
        starts[pin[0]] = self._start(pin[0], pin)
        world = [start for start in starts if start is not None]
        if len(world) < len(starts):
            return None
        owing = _Owing(self.printed, self.rules, world)
        while owing.all and self._better(owing, world, pin):
            pass
        return None if owing.all else world

    def allowed(self, at: int, numbers: Numbers, pin: Pin) -> bool:
        return not (pin[0] == at and self.of_one_mind(numbers, pin[1])) and self.fits(at, numbers)

    def _start(self, at: int, pin: Pin) -> Numbers | None:
        chose, service = self.printed[at].chose, self.rules.voters.service
        for third, first in product(self._fair(at, 2), self._fair(at, 0)):
            second = chose - third - first
            if 0 <= second <= service and self.allowed(at, (first, second, third), pin):
                return (first, second, third)
        return None

    def _fair(self, at: int, place: int) -> list[int]:
        """Numbers of a side, beginning with its fair part: from there the dots are soon right."""
        chose, voters = self.printed[at].chose, self.rules.voters
        n = tuple(voters)[place]
        return sorted(range(min(n, chose) + 1), key=lambda x: abs(x * voters.total - chose * n))

    def _better(self, owing: _Owing, world: list[Numbers], pin: Pin) -> bool:
        for at, then in self._moves(world, pin):
            over = owing.after(at, world[at], then)
            if sum(max(0, each) for each in over) < owing.all:
                world[at], owing.over = then, over
                return True
        return False

    def _moves(self, world: list[Numbers], pin: Pin) -> Iterator[tuple[int, Numbers]]:
        for at, numbers in enumerate(world):
            for giver, taker in permutations(range(3), 2):
                then = _passed(numbers, giver, taker)
                enough = then[giver] >= 0 and then[taker] <= tuple(self.rules.voters)[taker]
                if enough and self.allowed(at, then, pin):
                    yield at, then


def _passed(numbers: Numbers, giver: int, taker: int) -> Numbers:
    then = list(numbers)
    then[giver], then[taker] = then[giver] - 1, then[taker] + 1
    return (then[0], then[1], then[2])


class _Owing:
    """By how many dots the groups of sides would have to give more than they have."""

    def __init__(self, printed: Sequence[Printed], rules: Rules, world: Sequence[Numbers]) -> None:
        self.printed, self.rules = printed, rules
        have = [n * rules.per_person for n in rules.voters]
        needs = [self._needs(at, numbers) for at, numbers in enumerate(world)]
        asked = [sum(need) for need in zip(*needs, strict=True)]
        self.over = [ask - sum(have[p] for p in group) for group, ask in zip(GROUPS, asked, strict=True)]

    @property
    def all(self) -> int:
        return sum(max(0, over) for over in self.over)

    def _needs(self, at: int, numbers: Numbers) -> list[int]:
        """What each group must give to the item: a dot for each who chose it, and what others cannot give."""
        most, dots, everybody = self.rules.per_item, self.printed[at].dots, sum(numbers)
        within = (sum(numbers[p] for p in group) for group in GROUPS)
        return [max(x, dots - most * (everybody - x)) for x in within]

    def after(self, at: int, before: Numbers, then: Numbers) -> list[int]:
        changes = zip(self.over, self._needs(at, before), self._needs(at, then), strict=True)
        return [over - was + will for over, was, will in changes]
