"""How two texts differ, word by word, for whoever reads what was changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECE = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 4000  # pieces; a longer text is shown as changed in one


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one text. `changed`: the other text does not have it."""

    words: str
    changed: bool


def differences(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; those of each, put together, are the text itself."""
    old, new = PIECE.findall(before), PIECE.findall(after)
    if max(len(old), len(new)) > MOST:
        return [Piece(before, True)], [Piece(after, True)]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = [("".join(old[a:b]), tag != "equal") for tag, a, b, _c, _d in steps]
    right = [("".join(new[c:d]), tag != "equal") for tag, _a, _b, c, d in steps]
    return list(_joined(left)), list(_joined(right))


def _joined(pieces: list[tuple[str, bool]]) -> Iterator[Piece]:
    """Neighbours of one kind are one."""
    held = ""
    was_changed = False
    for words, changed in pieces:
        if held and changed != was_changed:
            yield Piece(held, was_changed)
            held = ""
        held, was_changed = held + words, changed
    if held:
        yield Piece(held, was_changed)
