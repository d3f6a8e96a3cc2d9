"""What the words say: each line with the word in the middle, all its words, and the word of each side."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from workshop.activities import InOrder, Item, Text
from workshop.counting.cells import Split
from workshop.counting.favourites import Favourites
from workshop.counting.marks import BySide, Counts, MarksResult
from workshop.counting.mentions import Mentioned, favourites, mentioned
from workshop.side_by_side import Row, gap_in_words, row

WORDS: tuple[Text, ...] = (_l("Poor"), _l("Fair"), _l("Good"), _l("Very good"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what was counted for it."""

    item: Item
    mentioned: Mentioned
    row: Row

    @property
    def place(self) -> int | None:
        return self.mentioned.place

    @property
    def sides(self) -> Split:
        return self.mentioned.marked.sides

    @property
    def counts(self) -> Counts | None:
        return self.mentioned.marked.counts if self.mentioned.word is not None else None

    @property
    def apart(self) -> BySide | None:
        """All words of each side, where they may be told."""
        return self.mentioned.marked.apart

    @property
    def said(self) -> str:
        """How many said each word, the best first; or what may be told instead."""
        without = self.mentioned.marked.no_answer
        if self.counts is None or without is None:
            return self.row.total
        each = [f"{word}: {people}" for word, people in zip(WORDS, self.counts, strict=True)]
        return ". ".join([*reversed(each), gettext("No answer: %(no)s", no=without)]) + "."


@dataclass(frozen=True)
class Results(InOrder[Line]):
    """The counted result, the best first."""

    counted: MarksResult
    words: Sequence[Text] = WORDS

    @property
    def apart(self) -> bool:
        """Are there words of each side anywhere?"""
        return any(each.apart for each in self.items)

    def put_first(self) -> Favourites | None:
        return favourites(each.mentioned for each in self.items)


def summary(counted: MarksResult, items: Sequence[Item]) -> Results:
    known = {item.id: item for item in items}
    return Results(counted, tuple(_line(known[each.marked.item], each) for each in mentioned(counted.items)))


def _line(item: Item, each: Mentioned) -> Line:
    return Line(item, each, row(item.words, each.marked.sides, _total(each), gap_in_words(each.marked.gap)))


def _total(each: Mentioned) -> str:
    if each.marked.counts is None:
        return ""
    if each.word is None:
        return str(gettext("nobody answered"))
    word = str(WORDS[each.word])
    return str(gettext("%(word)s, shared place %(rank)s", word=word, rank=each.place)) if each.tied else word
