"""Dots: how many each item got, from how many people, and what each side chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshop.counting.asked import EVERYBODY, Asked, Telling
from workshop.counting.ballots import Ballot, by_channel
from workshop.counting.cells import Split, few, hidden, in_words, split, words
from workshop.counting.intervals import BY_CHANCE, Gap, gap
from workshop.counting.sides import SIDES, Crowd, People, Side, may_split, people
from workshop.counting.worlds import Printed, Rules, one_more_fits, words_are_safe

BySide = dict[str, dict[Side, int]]


@dataclass(frozen=True, slots=True)
class Mean:
    """Dots a person; the sides only where nobody's could be worked out."""

    all: float | None
    lived: float | None = None
    service: float | None = None
    other: float | None = None


@dataclass(frozen=True, slots=True)
class DottedItem:
    """`rank` is 1, 1, 3 on a tie; `spread` is 0 if all did the same and 1 if half chose it; `sides` the share
    of each side that chose it. No numbers where one side alone was asked and they may not be told."""

    item: str
    dots: int | None
    people: int | None
    rank: int | None
    tied: bool
    spread: float | None
    mean: Mean
    sides: Split
    gap: Gap


@dataclass(frozen=True, slots=True)
class DotsResult:
    ballots: int | None
    voters: Crowd
    channels: tuple[tuple[str, int], ...]
    dots: int | None
    unused: int | None
    items: tuple[DottedItem, ...]
    by_chance: float
    told: Telling = Telling.NUMBERS


@dataclass(frozen=True, slots=True)
class Unmasked:
    """The exact numbers of an item, for recounts by whoever may see single ballots; never to be printed."""

    dots: People
    chose: People
    answered: People


def count(
    ballots: Iterable[Ballot],
    items: Sequence[str],
    per_person: int,
    per_item: int,
    k: int,
    asked: Asked = EVERYBODY,
) -> DotsResult:
    """`asked` are all who could have voted: with them, a hidden turnout stays hidden as well."""
    cast = list(ballots)
    exact = unmasked(cast, items, per_person, per_item)
    voters = people(ballot.side for ballot in cast)
    rules, by_chance = Rules(voters, per_person, min(per_item, per_person)), BY_CHANCE * len(items)
    crowd, told = asked.crowd(voters, k), _told(exact, rules, k, asked)
    if told is not Telling.NUMBERS:
        return DotsResult(None, crowd, (), None, None, _alone(exact, k, asked, told), by_chance, told)
    sides = _sides(exact, rules, k, asked)
    dots = sum(each.dots.total for each in exact.values())
    unused = per_person * len(cast) - dots
    counted = tuple(_item(item, exact, sides[item]) for item in _ordered(exact))
    return DotsResult(len(cast), crowd, by_channel(cast), dots, unused, counted, by_chance)


def unmasked(ballots: Iterable[Ballot], items: Sequence[str], per_person: int, per_item: int) -> dict[str, Unmasked]:
    """Exact numbers by side, whatever their size: for this module and recounts. What prints calls `count`."""
    cast, known = list(ballots), set(items)
    for ballot in cast:
        _check(ballot.choices, known, per_person, per_item)
    voters = people(ballot.side for ballot in cast)
    dots, chose = _given(cast, items)
    return {item: Unmasked(People(**dots[item]), People(**chose[item]), voters) for item in items}


def _check(choices: Mapping[str, int], items: set[str], per_person: int, per_item: int) -> None:
    if unknown := set(choices) - items:
        raise ValueError(f"not on this ballot: {sorted(unknown)}")
    if any(not 0 <= given <= per_item for given in choices.values()):
        raise ValueError(f"an item takes 0 to {per_item} dots of one person")
    if sum(choices.values()) > per_person:
        raise ValueError(f"a person has {per_person} dots")


def _given(cast: list[Ballot], items: Sequence[str]) -> tuple[BySide, BySide]:
    """In one pass: each item's dots by side, and the people who gave it any."""
    dots: BySide = {item: dict.fromkeys(SIDES, 0) for item in items}
    chose: BySide = {item: dict.fromkeys(SIDES, 0) for item in items}
    for ballot in cast:
        for item, given in ballot.choices.items():
            dots[item][ballot.side] += given
            chose[item][ballot.side] += given > 0
    return dots, chose


def _told(exact: dict[str, Unmasked], rules: Rules, k: int, asked: Asked) -> Telling:
    """Of one side alone nothing, if even its words would say that nobody chose an item."""
    told = asked.telling(rules.voters, k)
    if told is Telling.WORDS:
        words_of = [asked.split(each.answered, each.chose, k, told).word for each in exact.values()]
        return told if one_more_fits(words_of, rules.voters.total, rules.per_person) else Telling.NOTHING
    return told


def _alone(exact: dict[str, Unmasked], k: int, asked: Asked, told: Telling) -> tuple[DottedItem, ...]:
    """One side's items without a number, in the order of their words; what reads alike stays as it was asked."""
    sides = {item: asked.split(each.answered, each.chose, k, told) for item, each in exact.items()}
    ordered = sorted(exact, key=lambda item: -sides[item].about)
    nothing = Mean(None)
    return tuple(
        DottedItem(item, None, None, None, False, None, nothing, sides[item], gap(sides[item])) for item in ordered
    )


def _sides(exact: dict[str, Unmasked], rules: Rules, k: int, asked: Asked) -> dict[str, Split]:
    present = asked.present
    if asked.side:
        return {item: asked.split(each.answered, each.chose, k, Telling.NUMBERS) for item, each in exact.items()}
    if not may_split(rules.voters, k, present):
        return {item: hidden(each.answered, each.chose) for item, each in exact.items()}
    if not any(few(rules.voters)):
        return {item: split(each.answered, each.chose, k, present) for item, each in exact.items()}
    if not words_are_safe([_printed(each) for each in exact.values()], rules):
        return {item: hidden(each.answered, each.chose) for item, each in exact.items()}
    return {item: in_words(each.answered, each.chose, each.answered) for item, each in exact.items()}


def _printed(each: Unmasked) -> Printed:
    told = words(each.chose, each.answered, few(each.answered))
    return Printed(each.chose.total, each.dots.total, told)


def _ordered(exact: dict[str, Unmasked]) -> list[str]:
    return sorted(exact, key=lambda item: -exact[item].dots.total)


def _item(item: str, exact: dict[str, Unmasked], sides: Split) -> DottedItem:
    mine, totals = exact[item], [each.dots.total for each in exact.values()]
    dots = mine.dots.total
    rank = 1 + sum(other > dots for other in totals)
    tied = totals.count(dots) > 1
    chose = mine.chose.total
    spread, mean = _spread(chose, mine.answered.total), _mean(mine, sides)
    return DottedItem(item, dots, chose, rank, tied, spread, mean, sides, gap(sides))


def _spread(chose: int, voters: int) -> float | None:
    """4p(1-p)."""
    return float(4 * Fraction(chose, voters) * (1 - Fraction(chose, voters))) if voters else None


def _mean(mine: Unmasked, sides: Split) -> Mean:
    everybody = _each(mine.dots.total, mine.answered.total)
    if not sides.shown or any(few(mine.answered)):
        return Mean(everybody)
    by_side = (_each(given, n) for given, n in zip(mine.dots, mine.answered, strict=True))
    return Mean(everybody, *by_side)


def _each(given: int, n: int) -> float | None:
    return float(Fraction(given, n)) if n else None
