"""All tables in one JSON file: every text as it was written."""

import json
from collections.abc import Iterator, Sequence

from workshop.activities import Table

AT_ONCE = 100  # rows
_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def chunks(tables: Sequence[Table]) -> Iterator[bytes]:
    """The file, a piece at a time."""
    yield b'{"tables": [\n'
    for number, table in enumerate(tables):
        yield b",\n" if number else b""
        yield from _table(table)
    yield b"\n]}\n"


def _table(table: Table) -> Iterator[bytes]:
    columns = [{"name": column.name, "type": column.type, "means": str(column.means)} for column in table.columns]
    yield f'{{"name": {_text(table.name)}, "title": {_text(str(table.title))},\n'.encode()
    yield f' "columns": {_text(columns)},\n "rows": [\n'.encode()
    held: list[str] = []
    names, lead = [column.name for column in table.columns], "  "
    for row in table.rows:
        held.append(lead + _text(dict(zip(names, row, strict=True))))
        lead = ",\n  "
        if len(held) == AT_ONCE:
            yield "".join(held).encode()
            held.clear()
    yield ("".join(held) + "\n ]}").encode()
