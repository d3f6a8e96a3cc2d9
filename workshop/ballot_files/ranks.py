"""The rankings of an export pack, counted once more by the method and with the lot that the pack says."""

from __future__ import annotations

from typing import Any

from workshop.ballot_files import packs
from workshop.counting import ranking

Recount = dict[str, Any]


def recount(ballots: packs.Table, printed: packs.Table) -> Recount:
    """The order by these ballots, and whether it is the one that was printed."""
    items, method = [name for name in ballots.columns if name != "side"], printed.rows[0]["method"]
    cast = [{item: row[item] for item in items if row[item] is not None} for row in ballots.rows]
    lot = [row["item"] for row in sorted(printed.rows, key=lambda row: int(row["lot"]))]
    found = ranking.by_method(cast, items, method, lot)
    same = found.places == {row["item"]: row["place"] for row in printed.rows}
    return {"method": method, "order": found.order, "selected": list(found.winners), "order_same": same}
