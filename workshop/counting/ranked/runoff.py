"""Instant run-off: the item with the fewest first places leaves, and its ballots go to their next choice.

Known as the alternative vote; the rounds are counted as election offices publish them. A ballot counts for its best
item that is still there; where two share that place, or none is left, it rests. Who has more than half of the ballots
that still count wins. Items that nobody puts first leave together. Of several with the fewest, that one leaves which
had the fewest in the latest earlier round that tells them apart, else that with the fewest points of Borda, else the
last in the lot. Each such tie is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.counting.ranked.borda import half_points
from workshop.counting.ranked.duels import Levels, Places, duels, levels

BEFORE, BORDA, LOT = "an earlier round", "the points of Borda", "the lot"


@dataclass(frozen=True, slots=True)
class Round:
    """`votes` of each item that is still there; `leaves` is empty in the last; `tie` says what had to decide."""

    votes: Mapping[str, int]
    resting: int
    leaves: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    tie: str = ""


@dataclass(frozen=True, slots=True)
class RunOff:
    """`winners` are several if the last two have the same number, or if no ballot counts any more: a tie."""

    winners: tuple[str, ...]
    rounds: tuple[Round, ...]


def run_off(ballots: Iterable[Places], items: Sequence[str], lot: Sequence[str] = ()) -> RunOff:
    """`lot` is an order of all items that was drawn and written down before; without one it is that of `items`."""
    cast, at = list(ballots), {item: number for number, item in enumerate(items)}
    if not items:
        return RunOff((), ())
    alike = Counter(levels(ballot, at) for ballot in cast)
    left, rounds = list(items), [_round(alike, items, items)]
    while not (winners := _winners(rounds[-1], left)):
        rounds[-1] = _leaving(rounds, left, cast, lot or items)
        left = [item for item in left if item not in rounds[-1].leaves]
        rounds.append(_round(alike, items, left))
    return RunOff(winners, tuple(rounds))


def _round(alike: Counter[Levels], items: Sequence[str], left: Sequence[str]) -> Round:
    there = frozenset(at for at, item in enumerate(items) if item in left)
    votes, resting = dict.fromkeys(left, 0), 0
    for ballot, times in alike.items():
        best = _best(ballot, there)
        if best is None:
            resting += times
        else:
            votes[items[best]] += times
    return Round(votes, resting)


def _best(ballot: Levels, there: frozenset[int]) -> int | None:
    """The best that is left; nobody, where two share that place."""
    for level in ballot:
        if here := there.intersection(level):
            return next(iter(here)) if len(here) == 1 else None
    return None


def _winners(last: Round, left: Sequence[str]) -> tuple[str, ...]:
    """Who has more than half of what counts; all, if nothing tells those who are left apart."""
    counting, most = sum(last.votes.values()), max(last.votes.values())
    if 2 * most > counting or len(left) == 1:
        return tuple(item for item in left if last.votes[item] == most)
    return tuple(left) if len(set(last.votes.values())) == 1 and (len(left) == 2 or not counting) else ()


def _leaving(rounds: Sequence[Round], left: Sequence[str], cast: Sequence[Places], lot: Sequence[str]) -> Round:
    last = rounds[-1]
    fewest = min(last.votes.values())
    tied = tuple(item for item in left if last.votes[item] == fewest)
    if fewest == 0 or len(tied) == 1:
        return replace(last, leaves=tied)
    out, why = _by_the_rule(tied, rounds, cast, lot)
    return replace(last, leaves=(out,), tied=tied, tie=why)


def _by_the_rule(
    tied: tuple[str, ...], rounds: Sequence[Round], cast: Sequence[Places], lot: Sequence[str]
) -> tuple[str, str]:
    """Which of the tied leaves, and what decided."""
    for earlier in reversed(rounds[:-1]):
        tied = _fewest(tied, earlier.votes)
        if len(tied) == 1:
            return tied[0], BEFORE
    tied = _fewest(tied, half_points(duels(cast, tuple(rounds[0].votes))))
    return (tied[0], BORDA) if len(tied) == 1 else (max(tied, key=lot.index), LOT)


def _fewest(tied: tuple[str, ...], votes: Mapping[str, int]) -> tuple[str, ...]:
    least = min(votes[item] for item in tied)
    return tuple(item for item in tied if votes[item] == least)
