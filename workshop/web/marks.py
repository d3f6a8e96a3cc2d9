"""What a form of curating says: which pieces are marked, and where they go. Both consoles and phones send the same."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from werkzeug.datastructures import MultiDict

from workshop.commands.curating import AWAY, NEW, NONE, Goal, Mark
from workshop.commands.placing import shortened, source_of
from workshop.consent import Viewer, may_perceive
from workshop.counting.pieces import Piece, found_in, joined, sentences
from workshop.models.columns import new_id
from workshop.queries import media
from workshop.web.walk import sending_id

PLACES = ("text", "helped")
_PIECE = re.compile(r"(text|helped):(\d{1,6})-(\d{1,6})")
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,4})(?:[.,](\d))?")
MOST_PAGES = 10_000
MOST_RECORDINGS = 20


class NoStretch(ValueError):
    """What was typed names no stretch of its recording."""


def named(text: str) -> str | None:
    """An identifier of ours, or None."""
    return sending_id(text)


def whole_number(text: str | None) -> int:
    """The number of a page."""
    return min(max(int(text), 1), MOST_PAGES) if text and text.isdecimal() and len(text) < 6 else 1


def goal(form: Mapping[str, str]) -> Goal:
    """Where it goes: the button that was pressed, or the theme that was chosen."""
    act = form.get("act", "")
    if act == NEW or (form.get("to") == NEW and act != NONE and act != AWAY):
        name = shortened(form.get("name", ""))
        return Goal(NEW, name, named(form.get("new_theme", "")) or new_id()) if name else Goal(NONE)
    if act in (NONE, AWAY):
        return Goal(act)
    return Goal(named(form.get("to", "")) or NONE)


def sentences_of(said: Any) -> list[tuple[str, str, str]]:
    """Each sentence of a story: its place, the value of its box, its words."""
    found = [(place, piece, source_of(said, place)) for place in PLACES for piece in sentences(source_of(said, place))]
    return [(place, f"{place}:{piece.starts}-{piece.ends}", piece.of(text)) for place, piece, text in found]


def marks(said: Any, values: list[str], exact: str = "") -> list[Mark]:
    """The pieces that were ticked, where neighbours are one; words that were typed."""
    return [*_ticked(said, values), *_exact(said, exact)]


def stretches(form: MultiDict[str, str], viewer: Viewer, row: Any) -> list[Mark]:
    """Of each recording of a story the stretch that was named. Raises NoStretch for one that nobody can find."""
    found = (_stretch(*box, viewer, row) for box in _boxes(form) if any(box[1:]))
    return [mark for mark in found if mark is not None]


def typed_stretches(form: MultiDict[str, str]) -> dict[str, tuple[str, str]]:
    """What stands in the boxes of each recording, as it was typed: from, to."""
    return {recording: (begins, until) for recording, begins, until in _boxes(form)}


def _boxes(form: MultiDict[str, str]) -> list[tuple[str, str, str]]:
    """The form has the same three boxes for every recording."""
    named = (form.getlist(name) for name in ("medium", "from_second", "to_second"))
    return [
        (one, begins.strip(), until.strip())
        for one, begins, until in islice(zip(*named, strict=False), MOST_RECORDINGS)
    ]


def _ticked(said: Any, values: list[str]) -> Iterator[Mark]:
    found = [match for match in map(_PIECE.fullmatch, values) if match]
    for place in PLACES:
        text = source_of(said, place)
        pieces = [Piece(int(match[2]), int(match[3])) for match in found if match[1] == place]
        for piece in joined((p for p in pieces if p.starts < p.ends <= len(text)), text):
            yield Mark(new_id(), place, *piece)


def _exact(said: Any, words: str) -> Iterator[Mark]:
    for place in PLACES if words.strip() else ():
        if piece := found_in(words, source_of(said, place)):
            yield Mark(new_id(), place, *piece)
            return


def _stretch(recording: str, begins: str, until: str, viewer: Viewer, row: Any) -> Mark | None:
    medium = media.one(named(recording) or "")
    if medium is None or medium.contribution_id != row.id or not may_perceive(medium, row, viewer):
        return None
    starts, ends = seconds(begins), seconds(until)
    if starts is None or ends is None or not starts < ends or starts >= max(medium.seconds, 1):
        raise NoStretch
    return Mark(new_id(), "medium", medium_id=medium.id, from_second=starts, to_second=ends)


def seconds(text: str) -> float | None:
    """«1:05» or «65» as seconds."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    return int(found[1] or 0) * 60 + int(found[2]) + int(found[3] or 0) / 10


def clock(moment: float) -> str:
    """Seconds as people read them: 1:05."""
    return f"{int(moment) // 60}:{int(moment) % 60:02}"
