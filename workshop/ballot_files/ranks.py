"""The rankings of an export pack, counted once more by the method and with the lot that the pack says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workshop.ballot_files import packs
from workshop.counting import ranking

ORDER = re.compile(r"activity_(\d+)_ranking")
Recount = dict[str, Any]


def recounts(tables: Sequence[packs.Table]) -> dict[str, Recount]:
    """By the name of each list of ballots: the order by them, and whether it is the one that was printed."""
    return dict(_each({table.name: table for table in tables}))


def _each(known: Mapping[str, packs.Table]) -> Iterator[tuple[str, Recount]]:
    for name, printed in known.items():
        number = ORDER.fullmatch(name)
        ballots = known.get(f"ballots_{number[1]}_ranking") if number else None
        if ballots and printed.rows:
            yield ballots.name, _recount(printed.rows, ballots)


def _recount(printed: Sequence[Mapping[str, Any]], ballots: packs.Table) -> Recount:
    items, method = [name for name in ballots.columns if name != "side"], printed[0]["method"]
    cast = [{item: row[item] for item in items if row[item] is not None} for row in ballots.rows]
    lot = [row["item"] for row in sorted(printed, key=lambda row: int(row["lot"]))]
    found = ranking.by_method(cast, items, method, lot)
    same = found.places == {row["item"]: row["place"] for row in printed}
    return {"method": method, "order": found.order, "selected": list(found.winners), "order_same": same}
