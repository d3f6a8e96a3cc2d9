"""The two sides next to each other: rows for the butterfly, cells for a table, and the gap in words."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from workshop.counting.cells import Cell, Split
from workshop.counting.intervals import Gap, Verdict
from workshop.counting.sides import SIDES

BANDS = {
    "nearly none": _l("nearly none"),
    "some": _l("some"),
    "about half": _l("about half"),
    "most": _l("most"),
    "nearly all": _l("nearly all"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a butterfly: each side's cell, and in words the total of all and the gap."""

    label: str
    lived: Cell
    service: Cell
    total: str = ""
    gap: str = ""


def row(label: str, sides: Split, total: str = "", gap: str = "") -> Row:
    """`total` says the number in words; where that may not be told, something else stands in its place."""
    said = total if sides.total is not None else instead_of_total(sides)
    return Row(label, sides.lived, sides.service, said, gap)


def instead_of_total(sides: Split) -> str:
    """Of one side alone, where it is small: a word for its share, or that there are too few."""
    return str(BANDS[sides.word] if sides.word else gettext("too few to say"))


def gap_in_words(gap: Gap) -> str:
    """A clear gap with its size where sizes may be told; nothing where there are too few to say."""
    if gap.verdict is Verdict.TOO_FEW:
        return ""
    if gap.verdict is Verdict.NOT_CLEAR:
        return str(gettext("No clear gap"))
    if gap.difference is None:
        return str(gettext("Clear gap"))
    return str(gettext("Clear gap: %(points)s points", points=round(abs(gap.difference) * 100)))


def columns() -> list[tuple[str, str, str]]:
    """The columns of an exported table that show one share by side: name, type, meaning."""
    alike = [
        ("people", "integer", gettext("People who answered it; empty if they are a few of the one side asked.")),
        ("share", "number", gettext("Their share, from 0 to 1.")),
        ("sides_shown", "boolean", gettext("Are there enough people of each side to tell them apart?")),
    ]
    return alike + [column for side in SIDES for column in _of(side)]


def _of(side: str) -> list[tuple[str, str, str]]:
    return [
        (f"{side}_people", "integer", gettext("People of this side who answered.")),
        (f"{side}_share", "number", gettext("The share of this side; empty where a number would tell too much.")),
        (f"{side}_word", "string", gettext("The share of this side in a word, instead of the number.")),
    ]


def cells(sides: Split) -> list[Any]:
    """The values of these columns for one item."""
    apart = [value for side in SIDES for value in (sides.of(side).n, sides.of(side).share, sides.of(side).band)]
    return [sides.people, sides.share, sides.shown, *apart]
