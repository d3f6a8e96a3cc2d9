"""Drawing in shapes that a template writes down: boxes, words, ribbons; mirrored for who reads from right to left."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import get_locale

WIDTH = 400  # as wide as a phone, so that words keep their size there and grow with the screen
START, END = "\u2068", "\u2069"  # words keep their own direction


@dataclass(frozen=True, slots=True)
class Shape:
    """`tag` is rect, circle, text or path; `attributes` as SVG knows them; `words` of a text."""

    tag: str
    looks: str
    attributes: Sequence[tuple[str, float | str]]
    words: str = ""


@dataclass(slots=True)
class Picture:
    """Shapes on a ground of `WIDTH`; x is counted from where reading begins. A file of it has the `legend` below."""

    height: float
    rtl: bool = False
    shapes: list[Shape] = field(default_factory=list)
    width: int = WIDTH
    legend: Sequence[str] = ()

    def box(self, x: float, y: float, width: float, height: float, looks: str) -> None:
        left = self._x(x + width) if self.rtl else x
        sizes = (("x", left), ("y", y), ("width", width), ("height", height))
        self.shapes.append(Shape("rect", looks, [(name, round(size, 2)) for name, size in sizes]))

    def circle(self, x: float, y: float, reach: float, looks: str) -> None:
        place = (("cx", self._x(x)), ("cy", y), ("r", reach))
        self.shapes.append(Shape("circle", looks, [(name, round(size, 2)) for name, size in place]))

    def text(self, x: float, y: float, words: str, looks: str = "", at: str = "start") -> None:
        anchor = {"start": "end", "end": "start"}.get(at, at) if self.rtl else at
        place: list[tuple[str, float | str]] = [
            ("x", round(self._x(x), 2)),
            ("y", round(y, 2)),
            ("text-anchor", anchor),
        ]
        self.shapes.append(Shape("text", looks, place, f"{START}{words}{END}"))

    def line(self, x: float, top: float, bottom: float, looks: str) -> None:
        path = f"M{self._x(x):.2f} {top:.2f}V{bottom:.2f}"
        self.shapes.append(Shape("path", looks, [("d", path)]))

    def ribbon(self, above: tuple[float, float], below: tuple[float, float], width: float, looks: str) -> None:
        """From one bar to the next: `above` and `below` are x and y of its beginning."""
        (x0, y0), (x1, y1) = above, below
        middle = f"{(y0 + y1) / 2:.2f}"
        a, b, c, d = (f"{self._x(x):.2f}" for x in (x0, x1, x1 + width, x0 + width))
        down = f"M{a} {y0:.2f}C{a} {middle} {b} {middle} {b} {y1:.2f}"
        up = f"L{c} {y1:.2f}C{c} {middle} {d} {middle} {d} {y0:.2f}Z"
        self.shapes.append(Shape("path", looks, [("d", down + up)]))

    def _x(self, x: float) -> float:
        return self.width - x if self.rtl else x


def right_to_left() -> bool:
    """Does the reader read so?"""
    locale = get_locale()
    return bool(locale and locale.text_direction == "rtl")


def short(words: str, most: int) -> str:
    """Words that fit on one line of a picture; all of them stand in the list beside it."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
