"""The two sides next to each other: rows for the butterfly, cells for a table, and the gap in words."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.counting.cells import Cell, Split
from workshop.counting.intervals import Gap, Verdict
from workshop.counting.sides import SIDES


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a butterfly: each side's cell, and in words the total of all and the gap."""

    label: str
    lived: Cell
    service: Cell
    total: str = ""
    gap: str = ""


def row(label: str, sides: Split, total: str = "", gap: str = "") -> Row:
    return Row(label, sides.lived, sides.service, total, gap)


def gap_in_words(gap: Gap) -> str:
    """A clear gap with its size where sizes may be told; nothing where there are too few to say."""
    if gap.verdict is Verdict.TOO_FEW:
        return ""
    if gap.verdict is Verdict.NOT_CLEAR:
        return gettext("No clear gap")
    if gap.difference is None:
        return gettext("Clear gap")
    return gettext("Clear gap: %(points)s points", points=round(abs(gap.difference) * 100))


# Columns of an exported table: name, type, meaning.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("people", "integer", "People who answered this item."),
    ("share", "number", "Share of all, from 0 to 1."),
    ("sides_shown", "boolean", "Whether there are enough people of each side to show them apart."),
    *(
        column
        for side in SIDES
        for column in (
            (f"{side}_people", "integer", f"People of the side «{side}» who answered; empty if there are too few."),
            (f"{side}_share", "number", f"Share of the side «{side}», from 0 to 1; empty if it is told in a word."),
            (f"{side}_word", "string", f"The share of the side «{side}» in a word; a number would tell too much."),
        )
    ),
)


def cells(sides: Split) -> list[Any]:
    """The values of these columns for one item."""
    apart = [value for side in SIDES for value in (sides.of(side).n, sides.of(side).share, sides.of(side).band)]
    return [sides.people, sides.share, sides.shown, *apart]
