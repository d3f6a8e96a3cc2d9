"""The picture of a jury: a bar for each item, as long as its points, and a line where the plain mean lies."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from workshop.activities import Item
from workshop.counting.judges import LEVELS
from workshop.counting.juries import Judged
from workshop.drawing import WIDTH, Picture, short

ROW = 46
LONGEST = WIDTH - 44
AT_MOST = 12


class Shown(Protocol):
    @property
    def item(self) -> Item: ...
    @property
    def judged(self) -> Judged: ...


def points(lines: Sequence[Shown], rtl: bool) -> Picture:
    """Only items that have points."""
    drawn = [line for line in lines if line.judged.decides is not None][:AT_MOST]
    picture = Picture(ROW * len(drawn), rtl)
    for number, line in enumerate(drawn):
        _bar(picture, line.item, line.judged, number * ROW)
    return picture


def _bar(picture: Picture, item: Item, judged: Judged, top: float) -> None:
    decides, raw = judged.decides or Fraction(0), judged.raw or Fraction(0)
    picture.text(0, top + 14, f"{judged.place}.  {short(item.words, 46)}", "label")
    picture.box(0, top + 20, LONGEST, 16, "ground")
    picture.box(0, top + 20, _long(decides), 16, "won" if judged.place == 1 else "part")
    picture.line(_long(raw), top + 17, top + 40, "half")
    picture.text(WIDTH, top + 33, f"{float(decides):.2f}", "key", "end")


def _long(value: Fraction) -> float:
    """Evened points may lie a little beyond the highest level."""
    return LONGEST * min(max(float(value) / LEVELS[-1], 0.0), 1.0)
