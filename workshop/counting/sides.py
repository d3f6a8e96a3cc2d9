"""Who may be told apart: the three sides, how many of them there are, and when a split may be shown.

The rule, in four sentences
1. A split needs k people of `lived` and k of `service` who answered that item (5 in the room, 10 in exports).
2. People of `other` must be nobody or k as well; else total minus the two sides would tell of the few.
3. A split within a group (answerers among voters, voters among those present) needs a split of that group.
4. Where all but one of the ways to be hidden are ruled out, one more person is asked for.

Why the fourth. Say 10 lived and 20 service voted, and 24 answered this item. Nobody may see the split of
(4, 20), but it is the only hidden split of 24 among 10 and 20: "too few to say" would itself say "four".
It happens exactly when `answered - everybody else who could have` is k - 1. There (5, 19) is hidden, too,
so that "too few to say" can always stand for two different numbers.

Proof that a hidden count of people stays hidden, even from somebody who knows how many of each side there
are (L, S, O, each at least k, or O = 0). Take an item answered by n > 0 people, and one side of N people with
M others. It has at least v = n - M answerers. If v >= k, the side is large enough in every case. If
v = k - 1, the need is k + 1, and both k - 1 and k are hidden. If v < k - 1, both k - 1 and k - 2 are hidden
(if n < k, everything is). So a hidden small count always has a neighbour. Items do not bind one another: a
ballot may be blank, hence who answered one item says nothing about who answered another. Where the group
itself may not be split, nothing about sides is printed at all, and the two sides can change places.
What people answered is guarded by `cells`; presence, which moves, is given in steps only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Side = Literal["lived", "service", "other"]
SIDES: tuple[Side, ...] = ("lived", "service", "other")
ROOM = 5
EXPORT = 10
LEAST = 3
ENOUGH_FOR_AN_ORDER = 10  # of each side: an order, a mean or a winner of a side tells more than one share does


@dataclass(frozen=True, slots=True)
class People:
    """A number for each side: people, answers, points."""

    lived: int = 0
    service: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.lived + self.service + self.other

    def of(self, side: Side) -> int:
        return self.lived if side == "lived" else self.service if side == "service" else self.other

    def without(self, parts: Iterable[People]) -> People:
        """Those who are in none of these parts."""
        gone = list(parts)
        return People(*(self.of(side) - sum(part.of(side) for part in gone) for side in SIDES))

    def __iter__(self) -> Iterator[int]:
        return iter((self.lived, self.service, self.other))

    def covering(self, part: People) -> People:
        return People(*(max(here, there) for here, there in zip(self, part, strict=True)))


def people(sides: Iterable[Side]) -> People:
    counted = Counter(sides)
    if unknown := set(counted) - set(SIDES):
        raise ValueError(f"not a side: {sorted(unknown)}")
    return People(*(counted[side] for side in SIDES))


def may_split(answered: People, k: int, among: People | None = None) -> bool:
    """Whether these people may be shown by side; `among` are all who could have answered."""
    if k < LEAST:
        raise ValueError(f"a limit under {LEAST} hides nobody")
    around = among.covering(answered) if among else None
    if around and not may_split(around, k):
        return False
    return all(_enough(side, answered, k, around) for side in SIDES)


def _enough(side: Side, answered: People, k: int, around: People | None) -> bool:
    number = answered.of(side)
    if side == "other" and number == 0:
        return True
    return number >= k + _one_more(side, answered, k, around)


def _one_more(side: Side, answered: People, k: int, around: People | None) -> bool:
    if around is None:
        return False
    everybody_else = around.total - around.of(side)
    return answered.total - everybody_else == k - 1


@dataclass(frozen=True, slots=True)
class Crowd:
    """People here, or people who have chosen: the total, and "at least so many" of each side or nothing.

    Without a total where it would be the number of one side alone, and may not be told: see `asked`.
    """

    shown: bool
    total: int | None
    lived: int | None = None
    service: int | None = None
    other: int | None = None

    def of(self, side: Side) -> int | None:
        return self.lived if side == "lived" else self.service if side == "service" else self.other


def presence(present: People, k: int, among: People | None = None) -> Crowd:
    """Who is here, in steps of k: between two steps nobody sees the side of one who comes or goes."""
    if not may_split(present, k, among):
        return Crowd(shown=False, total=present.total)
    return Crowd(True, present.total, *(number - number % k for number in present))


def arrivals(sides: Iterable[Side], k: int) -> Crowd:
    """Presence that moves on only with every k-th arrival: give the sides in the order of joining.

    Without this, the first picture with sides would show what the newest person is: one moment "too few to
    say", the next "5 or more". The total is always that of now.
    """
    order = list(sides)
    settled = presence(people(order[: len(order) - len(order) % k]), k)
    return Crowd(settled.shown, len(order), settled.lived, settled.service, settled.other)
