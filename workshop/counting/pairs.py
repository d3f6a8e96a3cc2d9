"""Which of these two? How often each item was chosen, how strong it is, its place, and the same of each side.

A ballot has a number for each pair that somebody was asked about: the first of the two was chosen, the second, or
they could not decide. Places are those of `bradley_terry` over all answers; the smoothed share of All Our Ideas,
(chosen + 1) / (decided + 2), stands beside it (Salganik, M. J., Levy, K. E. C. (2015), "Wiki surveys", PLoS ONE 10(5)).
How sure a share is, is reckoned from people and not from answers: ten answers of one person are not ten people.

By side: items bind one another, since every duel that one wins another loses. With a few items of a side hidden, what
is printed of the others would tell of them. So a side is told of all items or of none: where at least
`sides.ENOUGH_FOR_AN_ORDER` people of each side have decided a pair with every one of them. Of one side that was asked
alone nothing is counted unless its numbers may be told, for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workshop.counting.asked import EVERYBODY, Asked, Telling
from workshop.counting.ballots import Ballot, by_channel
from workshop.counting.bradley_terry import chance, heights, strengths
from workshop.counting.cells import HIDDEN, Split, hidden, split
from workshop.counting.favourites import Favourites
from workshop.counting.intervals import BY_CHANCE, Gap, Interval, Verdict, newcombe, verdict, wilson
from workshop.counting.pair_answers import Answers, Pair, Record, Total, answers, duels, records
from workshop.counting.places import places, shared
from workshop.counting.sides import ENOUGH_FOR_AN_ORDER, SIDES, Crowd, People, Side, may_split, people

Strengths = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Paired:
    """An item; without `all` where nothing may be told, without place where nobody decided about it. `place` is
    1, 1, 3 on a tie; `lived` and `service` are the strengths of the sides, where they may be told."""

    item: str
    all: Total | None
    strength: float | None
    interval: Interval | None
    sides: Split
    gap: Gap
    place: int | None = None
    tied: bool = False
    lived: float | None = None
    service: float | None = None

    @property
    def chance(self) -> float | None:
        """How likely it is chosen over an average one."""
        return None if self.strength is None else chance(self.strength)


@dataclass(frozen=True, slots=True)
class PairsResult:
    """`items` come with the strongest first; `answers` are those of each pair that anybody was asked about."""

    ballots: int | None
    voters: Crowd
    channels: tuple[tuple[str, int], ...]
    items: tuple[Paired, ...]
    answers: Mapping[Pair, Answers]
    by_chance: float
    told: Telling = Telling.NUMBERS

    @property
    def upsets(self) -> list[Pair]:
        """Pairs in which more people chose the one that stands behind: answers of many can run in a circle."""
        place = {each.item: each.place for each in self.items if each.place}
        found = []
        for (one, other), (first, second, _) in self.answers.items():
            above, below = (one, other) if first > second else (other, one)
            if first != second and place[above] > place[below]:
                found.append((above, below))
        return sorted(found, key=lambda pair: (place[pair[1]], place[pair[0]]))


def count(ballots: Iterable[Ballot], items: Sequence[str], k: int, asked: Asked = EVERYBODY) -> PairsResult:
    """`asked` are all who could have voted: with them, a hidden turnout stays hidden as well."""
    cast = list(ballots)
    voters, by_chance = people(ballot.side for ballot in cast), BY_CHANCE * len(items)
    crowd, told = asked.crowd(voters, k), asked.telling(voters, k)
    if told is not Telling.NUMBERS:
        return PairsResult(None, crowd, (), tuple(map(_untold, items)), {}, by_chance, Telling.NOTHING)
    answered, found = answers(cast, items), records(cast, items)
    apart = _apart(cast, found, voters, k, asked)
    counted = [_paired(item, found[item], apart is not None, voters) for item in items]
    return PairsResult(len(cast), crowd, by_channel(cast), _placed(counted, answered, apart), answered, by_chance)


def favourites(items: Iterable[Paired]) -> Favourites | None:
    """The strongest of each side, where the sides may be told."""
    told = [(each.item, each.lived, each.service) for each in items]
    lived = {item: own for item, own, _ in told if own is not None}
    service = {item: own for item, _, own in told if own is not None}
    return Favourites(_strongest(lived), _strongest(service)) if lived and service else None


def _strongest(strong: Strengths) -> tuple[str, ...]:
    return tuple(item for item, place in places(heights(strong)).items() if place == 1)


def _apart(
    cast: Sequence[Ballot], found: Mapping[str, Record], voters: People, k: int, asked: Asked
) -> Mapping[Side, Strengths] | None:
    """The strengths of each side, or nothing where one item, or all, have too few people of a side."""
    limit = max(k, ENOUGH_FOR_AN_ORDER)
    if asked.side or not may_split(voters, limit, asked.present):
        return None
    if not found or not all(may_split(record.people, limit, voters) for record in found.values()):
        return None
    by_side = {side: [ballot for ballot in cast if ballot.side == side] for side in SIDES[:2]}
    items = list(found)
    return {side: strengths(duels(answers(own, items)), items) for side, own in by_side.items()}


def _paired(item: str, record: Record, apart: bool, voters: People) -> Paired:
    who, chosen, most = record.people, record.chosen, record.decided
    sides = split(who, chosen, ENOUGH_FOR_AN_ORDER, voters, most=most) if apart else hidden(who, chosen, most)
    gap = _gap(record) if apart else Gap(Verdict.TOO_FEW)
    return Paired(item, record.total, None, _interval(record.total), sides, gap)


def _interval(total: Total) -> Interval | None:
    return None if total.share is None else wilson(float(total.share * total.people), total.people)


def _gap(record: Record) -> Gap:
    """Of the shares of the sides, with as many people behind each as decided, however often they did."""
    by, chosen, most = record.people, record.chosen, record.decided
    lived, service = Fraction(chosen.lived, most.lived), Fraction(chosen.service, most.service)
    interval = newcombe(float(lived * by.lived), by.lived, float(service * by.service), by.service)
    difference = float(lived - service)
    return Gap(verdict(difference, interval), difference, interval)


def _placed(
    counted: Sequence[Paired],
    answered: Mapping[Pair, Answers],
    apart: Mapping[Side, Strengths] | None,
) -> tuple[Paired, ...]:
    """The strongest first; at the end what nobody decided about, which has no strength."""
    from_all = strengths(duels(answered), [each.item for each in counted])
    in_order = places(heights({each.item: from_all[each.item] for each in counted if each.all and each.all.decided}))
    lived, service = (apart[side] if apart else {} for side in SIDES[:2])
    known = {each.item: each for each in counted}
    placed = [
        replace(
            known[item],
            strength=from_all[item],
            place=place,
            tied=shared(in_order, place),
            lived=lived.get(item),
            service=service.get(item),
        )
        for item, place in in_order.items()
    ]
    return (*placed, *(each for each in counted if each.item not in in_order))


def _untold(item: str) -> Paired:
    return Paired(item, None, None, None, Split(None, None, None, False, HIDDEN, HIDDEN, HIDDEN), Gap(Verdict.TOO_FEW))
