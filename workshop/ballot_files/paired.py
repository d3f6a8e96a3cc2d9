"""The pairs of an export pack, counted once more, and whether the printed places come out.

A column of the list is a pair, named by its two lines. Each pair is counted by itself, so a list whose columns are
sorted apart gives the same as whole ballots.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workshop.ballot_files import packs
from workshop.counting.bradley_terry import Duel, heights, strengths
from workshop.counting.pair_answers import FIRST, SECOND, two_of
from workshop.counting.places import places

LIST = re.compile(r"ballots_(\d+)_pairs")
Recount = dict[str, Any]


def recounts(tables: Sequence[packs.Table]) -> dict[str, Recount]:
    """By the name of each list of ballots: the strength and place of each line, and whether it is the printed one."""
    return dict(_each({table.name: table for table in tables}))


def _each(known: Mapping[str, packs.Table]) -> Iterator[tuple[str, Recount]]:
    for name, ballots in known.items():
        found = LIST.fullmatch(name)
        printed = known.get(f"activity_{found[1]}_pairs") if found else None
        if printed:
            yield name, _recount(list(_duels(ballots)), {row["item"]: row["place"] for row in printed.rows})


def _recount(duels: Sequence[Duel], printed: Mapping[str, int | None]) -> Recount:
    met = {item for better, worse, _ in duels for item in (better, worse)}
    strong = {item: own for item, own in strengths(duels, list(printed)).items() if item in met}
    again = places(heights(strong))
    told = {"method": "pairs", "strengths": strong, "places": again}
    first = [item for item, place in again.items() if place == 1]
    return told | {"selected": first, "order_same": all(again.get(item) == place for item, place in printed.items())}


def _duels(ballots: packs.Table) -> Iterator[Duel]:
    for column in (name for name in ballots.columns if name != "side"):
        (one, other), said = two_of(column), Counter(row[column] for row in ballots.rows)
        yield from (duel for duel in ((one, other, said[FIRST]), (other, one, said[SECOND])) if duel[2])
