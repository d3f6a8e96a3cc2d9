"""The picture of pairs: a bar for each line, as long as its share of the pairs it stood in, and how sure that is."""

from collections.abc import Sequence
from typing import Protocol

from workshop.activities import Item
from workshop.counting.intervals import Interval
from workshop.drawing import WIDTH, Picture, short

ROW = 46
ROOM_FOR_NUMBER = 44
LONGEST = WIDTH - ROOM_FOR_NUMBER
AT_MOST = 12


class Shown(Protocol):
    @property
    def item(self) -> Item: ...
    @property
    def place(self) -> int | None: ...
    @property
    def share(self) -> float | None: ...
    @property
    def interval(self) -> Interval | None: ...


def shares(lines: Sequence[Shown], rtl: bool) -> Picture:
    """Only lines that somebody decided about; the mark in the middle is half of its pairs."""
    drawn = [line for line in lines if line.share is not None][:AT_MOST]
    picture = Picture(ROW * len(drawn), rtl)
    for number, line in enumerate(drawn):
        _bar(picture, line, number * ROW)
    return picture


def _bar(picture: Picture, line: Shown, top: float) -> None:
    picture.text(0, top + 14, f"{line.place}.  {short(line.item.words, 46)}", "label")
    picture.box(0, top + 20, LONGEST, 16, "ground")
    picture.box(0, top + 20, LONGEST * (line.share or 0), 16, "won" if line.place == 1 else "part")
    picture.line(LONGEST / 2, top + 17, top + 40, "half")
    picture.text(WIDTH, top + 33, f"{round(100 * (line.share or 0))}%", "key", "end")
    if line.interval:
        low, high = LONGEST * line.interval.low, LONGEST * line.interval.high
        picture.box(low, top + 38, high - low, 2, "sure")
