"""All tables as one workbook, a sheet each: numbers are numbers, texts are texts and never formulas."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from flask_babel import gettext
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workshop.activities import Column, Table
from workshop.exports import codebook

MOST = 32_767  # UTF-16 units in a cell
NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
# What a workbook's XML cannot hold. Line breaks and tabs stay.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
WIDE, NARROW = 60, 16


class NotKept(Exception):
    """A cell would not hold its value whole."""


def write(tables: Sequence[Table], file: BinaryIO, folder: Path) -> None:
    """Write the workbook to this file; `folder` is where half-made sheets lie meanwhile."""
    book = Workbook(file, {"constant_memory": True, "tmpdir": str(folder), "strings_to_urls": False})
    book.set_properties({"created": NO_CLOCK.replace(tzinfo=None), "title": "Workshop"})
    bold = book.add_format({"bold": True})
    for table in [codebook.table(tables), *tables]:
        _Sheet(book.add_worksheet(table.name), table, bold).write()
    book.close()


class _Sheet:
    """One table on one sheet, the names of its columns on top."""

    def __init__(self, sheet: Worksheet, table: Table, bold: Format) -> None:
        self.sheet, self.table, self.bold = sheet, table, bold

    def write(self) -> None:
        for at, column in enumerate(self.table.columns):
            self.sheet.set_column(at, at, WIDE if column.name in ("text", "answer", "means") else NARROW)
        self.sheet.freeze_panes(1, 0)
        for at, column in enumerate(self.table.columns):
            self._check(self.sheet.write_string(0, at, clean(column.name), self.bold))
        for number, row in enumerate(self.table.rows, 1):
            self._row(number, row)

    def _row(self, number: int, row: Sequence[Any]) -> None:
        for at, (cell, column) in enumerate(zip(row, self.table.columns, strict=True)):
            if cell is not None:
                self._check(self._cell(number, at, cell, column))

    def _cell(self, number: int, at: int, cell: Any, column: Column) -> int:
        if isinstance(cell, bool):
            return int(self.sheet.write_boolean(number, at, cell))
        if isinstance(cell, int | float):
            return int(self.sheet.write_number(number, at, cell))
        return int(self.sheet.write_string(number, at, whole_or_where(str(cell), self.table, number)))

    def _check(self, code: int) -> None:
        if code != 0:
            raise NotKept(f"{self.table.name}: {code}")


def whole_or_where(text: str, table: Table, number: int) -> str:
    """The text, or where the whole of it is: a cell holds 32,767 characters, and none of them may go silently."""
    text = clean(text)
    if len(text) * 2 <= MOST or len(text.encode("utf-16-le")) // 2 <= MOST:
        return text
    where = f"data/{table.name}.csv"
    return str(gettext("Too long for a cell. The whole text is in %(file)s, row %(row)s.", file=where, row=number))


def clean(text: str) -> str:
    """Without control characters, which a workbook cannot hold."""
    if not UNFIT.search(text):
        return text
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
