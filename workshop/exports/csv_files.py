"""A table as CSV: UTF-8 with a mark for Excel, RFC 4180, and no text that a spreadsheet could take for a formula."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from workshop.activities import Table
from workshop.protecting.formulas import harmless

MARK = b"\xef\xbb\xbf"
AT_ONCE = 100  # rows
NUMBERS = {"integer", "number"}


def chunks(table: Table) -> Iterator[bytes]:
    """The file, a piece at a time."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([harmless(column.name) for column in table.columns])
    yield MARK
    plain = [as_number if column.type in NUMBERS else as_text for column in table.columns]
    for number, row in enumerate(table.rows, 1):
        writer.writerow([cell if cell is None else of(cell) for of, cell in zip(plain, row, strict=True)])
        if number % AT_ONCE == 0:
            yield _taken(held)
    yield _taken(held)


def _taken(held: io.StringIO) -> bytes:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text.encode()


def as_number(cell: Any) -> Any:
    """A cell of numbers: as it is; what is no number, as text."""
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else as_text(cell)


def as_text(cell: Any) -> str:
    """A cell of words: harmless, yes and no as true and false."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return harmless(str(cell))
