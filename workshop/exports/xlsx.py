"""All tables as one workbook, a sheet each: numbers are numbers, texts are texts and never formulas."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO
from zipfile import ZipFile

from flask_babel import gettext

from workshop.activities import Column, Table
from workshop.exports import archive, codebook, workbook

MOST = 32_767  # UTF-16 units in a cell
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
AT_ONCE = 100  # rows
# What a workbook's XML cannot hold. Line breaks and tabs stay.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
MARKUP = re.compile("[&<>]|_x")
LOOKS_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")  # a spreadsheet would read _x0041_ as A
WIDE, NARROW = 60.7, 16.7  # characters, with the margin of a cell


class NotKept(Exception):
    """A cell or a sheet would not hold its values whole."""


def write(tables: Sequence[Table], file: BinaryIO) -> None:
    """Write the workbook to this file, a few rows at a time."""
    sheets = [codebook.table(tables), *tables]
    with ZipFile(file, "w") as book:
        for path, text in workbook.parts([table.name for table in sheets]):
            book.writestr(archive.entry(path), text)
        for number, table in enumerate(sheets, 1):
            with book.open(archive.entry(workbook.sheet(number)), "w") as part:
                part.writelines(_Sheet(table).chunks())


class _Sheet:
    """One table on one sheet, the names of its columns on top."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.letters = [letters(at) for at in range(len(table.columns))]
        if len(self.letters) > MOST_COLUMNS:
            raise NotKept(f"{table.name}: more than {MOST_COLUMNS} columns")

    def chunks(self) -> Iterator[bytes]:
        """The sheet's XML, a piece at a time."""
        held = [_head(self.table.columns), self._top()]
        for number, row in enumerate(self.table.rows, 2):
            held.append(f'<row r="{number}">{"".join(self._cells(number, row))}</row>')
            if number % AT_ONCE == 0:
                yield "".join(held).encode()
                held.clear()
        yield "".join([*held, "</sheetData></worksheet>"]).encode()

    def _top(self) -> str:
        names = (clean(column.name) for column in self.table.columns)
        cells = (f'<c r="{at}1" s="{workbook.BOLD}"{text(name)}' for at, name in zip(self.letters, names, strict=True))
        return f'<row r="1">{"".join(cells)}</row>'

    def _cells(self, number: int, row: Sequence[Any]) -> list[str]:
        if number > MOST_ROWS:
            raise NotKept(f"{self.table.name}: more than {MOST_ROWS} rows")
        places = zip(self.letters, row, strict=True)
        return [f'<c r="{at}{number}"{self._held(number, cell)}' for at, cell in places if cell is not None]

    def _held(self, number: int, cell: Any) -> str:
        if isinstance(cell, bool):
            return f' t="b"><v>{cell:d}</v></c>'
        if not isinstance(cell, int | float):
            return text(whole_or_where(str(cell), self.table, number - 1))
        if not math.isfinite(cell):
            raise NotKept(f"{self.table.name}: {cell} is no number for a cell")
        return f"><v>{cell}</v></c>"


def _head(columns: Sequence[Column]) -> str:
    """What stands before the rows: the first of them stays in sight, and columns of words are wide."""
    widths = (WIDE if column.name in ("text", "answer", "means") else NARROW for column in columns)
    listed = (f'<col min="{at}" max="{at}" width="{wide}" customWidth="1"/>' for at, wide in enumerate(widths, 1))
    return (
        f'{workbook.XML}<worksheet xmlns="{workbook.MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{''.join(listed)}</cols><sheetData>"
    )


def letters(at: int) -> str:
    """What a spreadsheet calls a column: A to Z, then AA."""
    before, last = divmod(at, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def text(words: str) -> str:
    """The rest of a cell that holds these clean words: text, whatever they begin with."""
    if MARKUP.search(words):
        words = LOOKS_ESCAPED.sub("_x005F_", words)
        words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


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
