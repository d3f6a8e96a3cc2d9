"""What every column of every table means: as a table, and to read."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext

from workshop.activities import Column, Table


def table(tables: Sequence[Table]) -> Table:
    """The codebook as a table of its own."""
    columns = [
        Column("table", "string", gettext("The table.")),
        Column("column", "string", gettext("The column.")),
        Column("type", "string", gettext("string, integer, number, boolean or date.")),
        Column("means", "string", gettext("What it means.")),
    ]
    rows = [(each.name, c.name, c.type, str(c.means)) for each in tables for c in each.columns]
    return Table("codebook", gettext("What every column means"), columns, rows)


def to_read(tables: Sequence[Table]) -> Iterator[bytes]:
    """The codebook as plain text."""
    for each in tables:
        yield f"{each.name}: {each.title}\r\n".encode()
        for column in each.columns:
            yield f"    {column.name} ({column.type}): {one_line(str(column.means))}\r\n".encode()
        yield b"\r\n"


def one_line(text: str) -> str:
    return " ".join(text.split())
