"""Our own export pack, as far as it is about choices: the tables of `workshop.json`, read without the app."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INSIDE = "workshop.json"
SIDE = "side"  # of a list of ballots; every other column is an item
NAME = re.compile(r"[0-9a-z_]+")
LIST = re.compile(r"ballots_(\d+)_([a-z]+)")


class NotAPack(ValueError):
    """The file is no export pack of ours; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` has for each name what it means: for ballots the words of the item."""

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]


def read(path: Path) -> list[Table]:
    """Raises NotAPack."""
    try:
        with zipfile.ZipFile(path) as pack:
            found = json.loads(pack.read(INSIDE))
        return [_table(each) for each in found["tables"]]
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as fault:
        raise NotAPack(f"{path.name} is no export pack: there is no good {INSIDE} in it") from fault


def counted(tables: Sequence[Table]) -> Iterator[tuple[str, Table, Table]]:
    """Each list of ballots whose result is in the pack: the kind of choice, the list, and what was printed of it."""
    known = {table.name: table for table in tables}
    for name, ballots in known.items():
        found = LIST.fullmatch(name)
        printed = known.get(f"activity_{found[1]}_{found[2]}") if found else None
        if found and printed and printed.rows:
            yield found[2], ballots, printed


def sealed(tables: Sequence[Table]) -> dict[str, str]:
    """The fingerprint of each list of whole ballots that everybody may have; other lists have none."""
    return {row["table"]: row["sha256"] for table in tables if table.name == "fingerprints" for row in table.rows}


def _table(found: Mapping[str, Any]) -> Table:
    """Names become names of files: one that leads elsewhere is none of ours."""
    if not NAME.fullmatch(found["name"]):
        raise ValueError(found["name"])
    columns = {column["name"]: column["means"] for column in found["columns"]}
    return Table(found["name"], found["title"], columns, found["rows"])
