"""A figure: what was measured, beside what, and whether the promise is kept."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parent / "results.json"
STANDARD = 14.5  # million turns of the loop below a second, on the machine that the promises were made for


@dataclass(frozen=True, slots=True)
class Figure:
    """`reference` was measured in the same run; `target` is for the ratio where there is one, else for the value."""

    name: str
    value: float | None
    unit: str
    reference: float | None
    ratio: float | None
    target: str
    met: bool | None

    def __str__(self) -> str:
        beside = "" if self.ratio is None else f"  ratio {self.ratio:.2f} to {_short(self.reference)}"
        mark = {True: "met", False: "MISSED", None: "not measured here"}[self.met]
        return f"{mark:8} {self.name}: {_short(self.value)} {self.unit}{beside}  (target {self.target})"


def at_least(name: str, value: float, unit: str, reference: float, times: float) -> Figure:
    """The value must be `times` the reference or more."""
    ratio = value / reference if reference else 0.0
    return Figure(name, _round(value), unit, _round(reference), _round(ratio), f"ratio >= {times:g}", ratio >= times)


def at_most_times(name: str, value: float, unit: str, reference: float, times: float) -> Figure:
    """The value must not be more than `times` the reference."""
    ratio = value / reference if reference else float("inf")
    return Figure(name, _round(value), unit, _round(reference), _round(ratio), f"ratio <= {times:g}", ratio <= times)


def at_most(name: str, value: float | None, unit: str, most: float) -> Figure:
    """The value must not be more than `most`; without a value it could not be measured on this system."""
    met = None if value is None else value <= most
    return Figure(name, _round(value), unit, None, None, f"<= {most:g}", met)


def same(name: str, value: float, unit: str, reference: float) -> Figure:
    """The value must be the reference, neither more nor less."""
    ratio = value / reference if reference else None
    return Figure(name, _round(value), unit, _round(reference), _round(ratio), "= reference", value == reference)


def write(figures: Iterable[Figure]) -> None:
    RESULTS.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n", "utf-8")


def speed() -> float:
    """Million turns of a fixed loop a second of processor time: the median of three."""
    return median(_turns() for _ in range(3))


def calibrated(seconds: float, speed_now: float) -> float:
    """What this time would be on the machine that the promises were made for."""
    return seconds * speed_now / STANDARD


def _turns(count: int = 1_000_000) -> float:
    began = time.process_time()
    total = 0
    for number in range(count):
        total += number & 3
    return count / (time.process_time() - began) / 1e6


def _round(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
