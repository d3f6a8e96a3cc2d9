"""Names in exports: things by names made for exports, tables by names that are safe as files and sheets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workshop.activities import Column, Table
from workshop.queries.exports import export_id

OURS = re.compile("[0-9a-f]{32}")
UNSAFE = re.compile("[^a-z0-9]+")
JOINED = "|"  # what a ballot says of two items has both their names
LONGEST = 28  # a sheet's name has room for 31
TAKEN = {"codebook", "history"}  # sheets: one of ours, and one that spreadsheets keep for themselves


def unmistakable(workshop_id: str, tables: Iterable[Table]) -> list[Table]:
    """The same tables with identifiers that lead nowhere, and with names of their own."""
    taken = set(TAKEN)
    return [_renamed(workshop_id, table, taken) for table in tables]


def _renamed(workshop_id: str, table: Table, taken: set[str]) -> Table:
    name = _free(UNSAFE.sub("_", table.name.lower()).strip("_")[:LONGEST] or "table", taken)
    return replace(table, name=name, rows=Renamed(workshop_id, table))


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    taken.add(free)
    return free


@dataclass(frozen=True, slots=True)
class Renamed:
    """The rows of a table, where every identifier of ours has become its name in exports."""

    workshop_id: str
    table: Table

    def __iter__(self) -> Iterator[Sequence[Any]]:
        places = [at for at, column in enumerate(self.table.columns) if is_name(column)]
        if not places:
            return iter(self.table.rows)
        return (self._renamed(row, places) for row in self.table.rows)

    def _renamed(self, row: Sequence[Any], places: list[int]) -> Sequence[Any]:
        cells = list(row)
        for at in places:
            cells[at] = name_of(self.workshop_id, cells[at])
        return cells


def is_name(column: Column) -> bool:
    """Does this column hold identifiers?"""
    return column.name in ("id", "item") or column.name.endswith("_id")


def name_of(workshop_id: str, value: Any) -> Any:
    """An identifier as exports call it, and each of several that are joined; anything else stays what it is."""
    if not isinstance(value, str):
        return value
    parts = value.split(JOINED)
    return JOINED.join(export_id(workshop_id, part) if OURS.fullmatch(part) else part for part in parts)
