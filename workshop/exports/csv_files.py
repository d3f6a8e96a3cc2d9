"""A table as CSV: UTF-8 with a mark for Excel, RFC 4180, and no text that a spreadsheet could take for a formula."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from workshop.activities import Column, Table

MARK = b"\xef\xbb\xbf"
AT_ONCE = 100  # rows
# Spreadsheets of many languages also cut at semicolons, and some at tabs, whatever stands in quotation marks.
STARTS = re.compile(r"(?:\A|(?<=[\n\r;\t]))(?=[\s\"]*[=+\-@＝＋－＠\t\r\0])")
NUMBERS = {"integer", "number"}


def chunks(table: Table) -> Iterator[bytes]:
    """The file, a piece at a time."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([harmless(column.name) for column in table.columns])
    yield MARK
    for number, row in enumerate(table.rows, 1):
        writer.writerow([plain(cell, column) for cell, column in zip(row, table.columns, strict=True)])
        if number % AT_ONCE == 0:
            yield _taken(held)
    yield _taken(held)


def _taken(held: io.StringIO) -> bytes:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text.encode()


def plain(cell: Any, column: Column) -> Any:
    """A cell as CSV has it: numbers as they are, yes and no as true and false, every text harmless."""
    if cell is None:
        return ""
    if cell is True or cell is False:
        return "true" if cell else "false"
    if column.type in NUMBERS and isinstance(cell, int | float):
        return cell
    return harmless(str(cell))


def harmless(text: str) -> str:
    """The text with ' before everything that a spreadsheet could take for a formula. JSON has it as it was."""
    return STARTS.sub("'", text)
