"""Pieces of a text: its sentences, whatever the language, and where a piece is found again when the text changed.

Sentences end at the marks that end them in the scripts we know of, and at the end of a line. A mark inside a word or
a number (3.5, e.g.) ends nothing where a blank is usual after it; Chinese and Japanese write none.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

_END = re.compile(r"(?:[.!?…]+|[؟۔।॥։])[\"'»”’)\]]*(?=\s|$)|[。！？]+[」』”’）]*|\n+")
_WORD = re.compile(r"\w+")
SHARED = 3  # words in a row that make a name a quotation


class Piece(NamedTuple):
    """Characters of a text, from `starts` up to `ends`."""

    starts: int
    ends: int

    def of(self, text: str) -> str:
        return text[self.starts : self.ends]


def sentences(text: str) -> list[Piece]:
    """The sentences of a text, without the blanks around them; together they hold every word of it."""
    ends = [found.end() for found in _END.finditer(text)]
    bounds = [0, *(end for end in ends if end < len(text)), len(text)]
    found = (_trimmed(text, start, end) for start, end in pairwise(bounds))
    return [piece for piece in found if piece.starts < piece.ends]


def _trimmed(text: str, start: int, end: int) -> Piece:
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    return Piece(start + left, max(start + left, start + len(inside.rstrip())))


def joined(pieces: Iterable[Piece], text: str) -> list[Piece]:
    """The same pieces, where those that follow one another are one."""
    found: list[Piece] = []
    for piece in sorted(pieces):
        if found and not text[found[-1].ends : piece.starts].strip():
            found[-1] = Piece(found[-1].starts, max(found[-1].ends, piece.ends))
        else:
            found.append(piece)
    return found


def found_in(words: str, text: str) -> Piece | None:
    """Where these words stand in a text, however blanks and capitals are written; the first place."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return Piece(*found.span()) if found else None


def again(piece: Piece, before: str, after: str) -> Piece | None:
    """The same words in a text that was changed: at their place, or at the nearest other one; None if they are gone."""
    words = piece.of(before)
    if not words:
        return None
    if piece.of(after) == words:
        return piece
    places = [found.start() for found in re.finditer(re.escape(words), after)]
    nearest = min(places, key=lambda at: abs(at - piece.starts), default=None)
    return None if nearest is None else Piece(nearest, nearest + len(words))


def quotes(name: str, text: str) -> bool:
    """Does a name repeat a text: the whole of a name of several words, or three words of it in a row?"""
    said, known = _words(name), " ".join(["", *_words(text), ""])
    runs = [said] if len(said) < SHARED else [said[at : at + SHARED] for at in range(len(said) - SHARED + 1)]
    return len(said) > 1 and any(" ".join(["", *run, ""]) in known for run in runs)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
