"""The pairs of an export pack, counted once more, and whether the printed places come out.

A column of the list is a pair, named by its two lines. Each pair is counted by itself, so a list whose columns are
sorted apart gives the same as whole ballots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from workshop.ballot_files import packs
from workshop.counting.bradley_terry import Duel, heights, strengths
from workshop.counting.pair_answers import FIRST, SECOND, two_of
from workshop.counting.places import places

Recount = dict[str, Any]


def recount(ballots: packs.Table, printed: packs.Table) -> Recount:
    """The strength and place of each line, and whether it is the printed one."""
    duels, places_then = list(_duels(ballots)), {row["item"]: row["place"] for row in printed.rows}
    met = {item for better, worse, _ in duels for item in (better, worse)}
    strong = {item: own for item, own in strengths(duels, list(places_then)).items() if item in met}
    again = places(heights(strong))
    told = {"method": "pairs", "strengths": strong, "places": again}
    first = [item for item, place in again.items() if place == 1]
    same = all(again.get(item) == place for item, place in places_then.items())
    return told | {"selected": first, "order_same": same}


def _duels(ballots: packs.Table) -> Iterator[Duel]:
    for column in (name for name in ballots.columns if name != "side"):
        (one, other), said = two_of(column), Counter(row[column] for row in ballots.rows)
        yield from (duel for duel in ((one, other, said[FIRST]), (other, one, said[SECOND])) if duel[2])
