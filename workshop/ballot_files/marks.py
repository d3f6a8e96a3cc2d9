"""The dots, ticks, scores and words of an export pack, counted once more, and whether the printed places come out.

Each line is counted by itself, so a list whose columns are sorted apart gives the same as whole ballots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from workshop.ballot_files import packs
from workshop.counting.mentions import Ladder, ladder
from workshop.counting.places import places
from workshop.counting.scores import LEAST_ANSWERS

WORDS = 4
Recount = dict[str, Any]
Numbers = Sequence[int]  # what one line got


def recount(kind: str, ballots: packs.Table, printed: packs.Table) -> Recount:
    """The place of each line, and whether it is the printed one."""
    places_then = {row["item"]: row["place"] for row in printed.rows}
    got = {item: [row[item] for row in ballots.rows if row[item] is not None] for item in places_then}
    high = {item: height for item, numbers in got.items() if (height := HEIGHTS[kind](numbers)) is not None}
    again = places(high)
    first = [item for item, place in again.items() if place == 1 and (kind not in ADDED or sum(got[item]))]
    same = all(again.get(item) == place for item, place in places_then.items())
    return {"method": kind, "places": again, "selected": first, "order_same": same} | WORKING[kind](got)


def _mean(numbers: Numbers) -> Fraction | None:
    return Fraction(sum(numbers), len(numbers)) if len(numbers) >= LEAST_ANSWERS else None


def _words(numbers: Numbers) -> tuple[int, ...]:
    said = Counter(numbers)
    return tuple(said[word] for word in range(WORDS))


def _ladder(numbers: Numbers) -> Ladder | None:
    return ladder(_words(numbers)) if numbers else None


def _averages(got: Mapping[str, Numbers]) -> Recount:
    means = {item: _mean(numbers) for item, numbers in got.items()}
    return {"averages": {item: None if mean is None else float(mean) for item, mean in means.items()}}


def _middles(got: Mapping[str, Numbers]) -> Recount:
    steps = {item: _ladder(numbers) for item, numbers in got.items()}
    return {"middle": {item: None if found is None else found[0] for item, found in steps.items()}}


ADDED = ("dots", "approval")
HEIGHTS: Mapping[str, Callable[[Numbers], Any]] = {**dict.fromkeys(ADDED, sum), "score": _mean, "mentions": _ladder}
WORKING: Mapping[str, Callable[[Mapping[str, Numbers]], Recount]] = {
    **dict.fromkeys(ADDED, lambda got: {}),
    "score": _averages,
    "mentions": _middles,
}
