"""Agree, disagree, pass: what everybody said, what each side said, common ground and where we differ.

Where a side is under 10, only agreement is split (exact or in words, see `cells`): with disagreement and
passes as well, the one would follow from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshop.counting.asked import EVERYBODY, Asked, Telling
from workshop.counting.ballots import Ballot, by_channel
from workshop.counting.cells import Split, few, hidden, split
from workshop.counting.intervals import BY_CHANCE, Gap, Interval, Verdict, gap, wilson
from workshop.counting.sides import SIDES, Crowd, People, may_split, people

AGREE, PASS, DISAGREE = 1, 0, -1
COMMON_FROM = Fraction(3, 5)
COMMON_LEAST = 5


@dataclass(frozen=True, slots=True)
class Voices:
    agree: int
    disagree: int
    passed: int

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class BySide:
    lived: Voices
    service: Voices
    other: Voices


@dataclass(frozen=True, slots=True)
class StatementResult:
    """`sides` is the share of each side that agrees; `voices` all three answers, where they may be told.

    Without `all` where one side alone was asked and its numbers may not be told."""

    item: str
    all: Voices | None
    support: float | None
    interval: Interval | None
    sides: Split
    voices: BySide | None
    gap: Gap
    common: bool


@dataclass(frozen=True, slots=True)
class StatementsResult:
    ballots: int | None
    voters: Crowd
    channels: tuple[tuple[str, int], ...]
    items: tuple[StatementResult, ...]
    common_ground: tuple[str, ...]
    differences: tuple[str, ...]
    by_chance: float
    told: Telling = Telling.NUMBERS
    refused: tuple[str, ...] = ()


def count(ballots: Iterable[Ballot], items: Sequence[str], k: int, asked: Asked = EVERYBODY) -> StatementsResult:
    """`asked` are all who could have voted: with them, a hidden turnout stays hidden as well."""
    cast = list(ballots)
    exact = unmasked(cast, items)
    voters = people(ballot.side for ballot in cast)
    told, crowd, by_chance = asked.telling(voters, k), asked.crowd(voters, k), BY_CHANCE * len(items)
    limit = k if may_split(voters, k, asked.present) else None
    counted = tuple(
        _alone(item, exact[item], k, asked, told) if asked.side else _item(item, exact[item], limit, voters)
        for item in items
    )
    common, apart = _common_ground(counted), _differences(counted)
    number, channels = (len(cast), by_channel(cast)) if told is Telling.NUMBERS else (None, ())
    return StatementsResult(number, crowd, channels, counted, common, apart, by_chance, told, _refused(counted))


def unmasked(ballots: Iterable[Ballot], items: Sequence[str]) -> dict[str, BySide]:
    """Exact numbers by side, whatever their size: for this module and recounts. What prints calls `count`."""
    cast = list(ballots)
    for ballot in cast:
        _check(ballot, set(items))
    return {item: BySide(*(_voices(cast, item, side) for side in SIDES)) for item in items}


def _check(ballot: Ballot, items: set[str]) -> None:
    if unknown := set(ballot.choices) - items:
        raise ValueError(f"not on this ballot: {sorted(unknown)}")
    if odd := set(ballot.choices.values()) - {AGREE, PASS, DISAGREE}:
        raise ValueError(f"not an answer: {sorted(odd)}")


def _voices(cast: list[Ballot], item: str, side: str) -> Voices:
    said = Counter(ballot.choices[item] for ballot in cast if ballot.side == side and item in ballot.choices)
    return Voices(said[AGREE], said[DISAGREE], said[PASS])


def _item(item: str, exact: BySide, limit: int | None, voters: People) -> StatementResult:
    everybody, sides = _everybody(exact), _agreement(exact, limit, voters)
    voices = exact if sides.shown and not any(few(_answered(exact))) else None
    interval, shared = wilson(everybody.agree, everybody.total), is_common(sides)
    return StatementResult(item, everybody, sides.share, interval, sides, voices, gap(sides), shared)


def _alone(item: str, exact: BySide, k: int, asked: Asked, told: Telling) -> StatementResult:
    """What one side said, where nobody else was asked."""
    sides = asked.split(_answered(exact), _agreed(exact), k, told)
    everybody = _everybody(exact) if sides.total is not None else None
    interval = wilson(everybody.agree, everybody.total) if everybody else None
    return StatementResult(item, everybody, sides.share, interval, sides, None, gap(sides), False)


def _agreement(exact: BySide, limit: int | None, voters: People) -> Split:
    answered, agreed = _answered(exact), _agreed(exact)
    return hidden(answered, agreed) if limit is None else split(answered, agreed, limit, voters)


def _agreed(exact: BySide) -> People:
    return People(exact.lived.agree, exact.service.agree, exact.other.agree)


def _answered(exact: BySide) -> People:
    return People(exact.lived.total, exact.service.total, exact.other.total)


def _everybody(exact: BySide) -> Voices:
    three = (exact.lived, exact.service, exact.other)
    agree, disagree = sum(each.agree for each in three), sum(each.disagree for each in three)
    return Voices(agree, disagree, sum(each.passed for each in three))


def smoothed(x: int, n: int) -> Fraction:
    """Laplace's share: five of five is 6/7, nobody asked is a half."""
    return Fraction(x + 1, n + 2)


def is_common(sides: Split) -> bool:
    near, lived, service = sides.nearest, sides.lived.n, sides.service.n
    if near is None or lived is None or service is None or min(lived, service) < COMMON_LEAST:
        return False
    return min(smoothed(near.lived, lived), smoothed(near.service, service)) >= COMMON_FROM


def is_refused(voices: BySide | None) -> bool:
    """Common ground in disagreement: only where all three answers of each side may be told, so it tells no more."""
    if voices is None or min(voices.lived.total, voices.service.total) < COMMON_LEAST:
        return False
    return min(smoothed(side.disagree, side.total) for side in (voices.lived, voices.service)) >= COMMON_FROM


def bridging(sides: Split) -> Fraction:
    """The square of the geometric mean of both smoothed shares: the same order, and exact."""
    near, lived, service = sides.nearest, sides.lived.n, sides.service.n
    if near is None or lived is None or service is None:
        return Fraction(0)
    return smoothed(near.lived, lived) * smoothed(near.service, service)


def apart(sides: Split) -> Fraction:
    near, lived, service = sides.nearest, sides.lived.n, sides.service.n
    if near is None or not lived or not service:
        return Fraction(0)
    return abs(Fraction(near.lived, lived) - Fraction(near.service, service))


def backing(voices: Voices) -> Fraction:
    """How far a side stands behind it: the share that agrees, times the share that does not disagree.

    Half a person is added to each number, and one to all of them, so that few people never look like certainty.
    """
    agree, disagree = (Fraction(2 * number + 1, 2 * voices.total + 2) for number in (voices.agree, voices.disagree))
    return agree * (1 - disagree)


def _common_ground(counted: tuple[StatementResult, ...]) -> tuple[str, ...]:
    """What both stand behind most comes first; where disagreement is hidden anywhere, by agreement alone."""
    common = [each for each in counted if each.common]
    behind = {each.item: backing(each.voices.lived) * backing(each.voices.service) for each in common if each.voices}
    if len(behind) < len(common):
        behind = {each.item: bridging(each.sides) for each in common}
    return tuple(sorted(behind, key=lambda item: -behind[item]))


def _refused(counted: tuple[StatementResult, ...]) -> tuple[str, ...]:
    both = [(each.item, each.voices) for each in counted if each.voices and is_refused(each.voices)]
    return tuple(item for item, _ in sorted(both, key=lambda pair: -_against(pair[1])))


def _against(voices: BySide) -> Fraction:
    lived, service = voices.lived, voices.service
    return smoothed(lived.disagree, lived.total) * smoothed(service.disagree, service.total)


def _differences(counted: tuple[StatementResult, ...]) -> tuple[str, ...]:
    clear = [each for each in counted if each.gap.verdict is Verdict.CLEAR]
    return tuple(each.item for each in sorted(clear, key=lambda each: -apart(each.sides)))
