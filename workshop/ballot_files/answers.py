"""The statements of an export pack, counted once more: who agrees, disagrees and passes, and whether it was printed so.

Each statement is counted by itself, so a list whose columns are sorted apart gives the same as whole ballots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.ballot_files import packs
from workshop.counting.statements import AGREE, DISAGREE, PASS

SAID = {"agree": AGREE, "disagree": DISAGREE, "pass": PASS}
Recount = dict[str, Any]


def recount(ballots: packs.Table, printed: packs.Table) -> Recount:
    """What was said of each statement. A number that was not printed is not compared."""
    found = {row["item"]: _said(ballots.rows, row["item"]) for row in printed.rows}
    same = all(row[word] in (None, found[row["item"]][word]) for row in printed.rows for word in SAID)
    return {"method": "statements", "statements": found, "order_same": same}


def _said(cast: Sequence[Mapping[str, Any]], item: str) -> dict[str, int]:
    given = [row[item] for row in cast]
    return {word: given.count(answer) for word, answer in SAID.items()}
