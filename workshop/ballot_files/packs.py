"""Our own export pack, as far as it is about choices: the tables of `workshop.json`, read without the app."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INSIDE = "workshop.json"


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


def _table(found: Mapping[str, Any]) -> Table:
    columns = {column["name"]: column["means"] for column in found["columns"]}
    return Table(found["name"], found["title"], columns, found["rows"])
