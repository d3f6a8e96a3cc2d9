"""The criteria of a jury, one a line: name | weight | a sentence for each of the four levels."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from workshop.activities import Activity
from workshop.counting.judges import LEVELS

MOST = 8
HEAVIEST = 9
PARTS = 2 + len(LEVELS)
USUAL = (
    (
        _l("A real problem"),
        _l("Nobody has it."),
        _l("A few have it."),
        _l("Many have it."),
        _l("Many have it, and it weighs on them."),
    ),
    (
        _l("They shaped it"),
        _l("Nobody asked them."),
        _l("They were asked."),
        _l("They made parts of it."),
        _l("They led it."),
    ),
    (
        _l("It can work here"),
        _l("It cannot work here."),
        _l("Much is missing."),
        _l("Little is missing."),
        _l("It can begin tomorrow."),
    ),
    (
        _l("It can last"),
        _l("It ends with today."),
        _l("It lasts some weeks."),
        _l("It lasts a year."),
        _l("Somebody will carry it on."),
    ),
    (
        _l("New for this place"),
        _l("We have it already."),
        _l("We have much of it."),
        _l("Parts are new."),
        _l("Nobody here has it."),
    ),
)
USUAL_LINES = LazyString(lambda: "\n".join(f"{name} | 1 | {' | '.join(map(str, levels))}" for name, *levels in USUAL))


@dataclass(frozen=True, slots=True)
class Criterion:
    """`sentences` are those of its levels, the lowest first."""

    number: int
    name: str
    weight: int
    sentences: tuple[str, ...]


def criteria_in(text: str) -> list[Criterion]:
    """What can be read of these lines; a line that cannot be read is none."""
    found = [parts for parts in map(_parts, _lines(text)) if is_whole(parts)]
    return [Criterion(at, name, int(weight), tuple(rest)) for at, (name, weight, *rest) in enumerate(found[:MOST], 1)]


def criteria_of(activity: Activity) -> list[Criterion]:
    return criteria_in(activity.settings.get("criteria") or str(USUAL_LINES))


def unreadable(text: str) -> str:
    """What is wrong with these lines, if anything is."""
    lines = _lines(text)
    if not 0 < len(lines) <= MOST:
        return str(gettext("Write one to eight criteria, one on each line."))
    wrong = next((line for line in lines if not is_whole(_parts(line))), None)
    if wrong is None:
        return ""
    return str(gettext("Please write: name | weight | four sentences. Look at «%(line)s».", line=wrong))


def is_whole(parts: Sequence[str]) -> bool:
    if len(parts) != PARTS or not all(parts):
        return False
    return parts[1].isdecimal() and len(parts[1]) == 1 and 1 <= int(parts[1]) <= HEAVIEST


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
