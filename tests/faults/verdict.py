"""What came of a fault: what was promised to people, and what of it was lost, doubled or seen by others."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

RESULTS = Path(__file__).parents[2] / "bench" / "faults.json"


class CannotInject(Exception):
    """This machine does not let us break what must be broken; the message says in plain words why."""


@dataclass(slots=True)
class Tally:
    """The books after a fault. `broken` are promises that are no number: a page too slow, a light that stayed green."""

    acknowledged: int = 0
    lost: int = 0
    duplicated: int = 0
    leaked: int = 0
    says: str = ""
    broken: list[str] = field(default_factory=list)

    def promise(self, kept: object, otherwise: str) -> None:
        """Note what was promised and not kept."""
        if not kept:
            self.broken.append(otherwise)

    def add(self, other: "Tally") -> None:
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.duplicated += other.duplicated
        self.leaked += other.leaked
        self.broken += other.broken


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the table. Without `done` the fault could not be brought about here."""

    fault: str
    done: bool
    acknowledged: int
    lost: int
    duplicated: int
    leaked: int
    broken: tuple[str, ...]
    seconds: float
    says: str

    @property
    def well(self) -> bool:
        return not (self.lost or self.duplicated or self.leaked or self.broken)

    def __str__(self) -> str:
        books = (
            f"{self.acknowledged:5} acknowledged  lost {self.lost}, duplicated {self.duplicated}, leaked {self.leaked}"
        )
        mark = "ok" if self.done and self.well else "FAILED" if self.done or self.broken else "not done"
        return f"{self.fault:4}{mark:9}{self.seconds:6.1f} s {books}  {'; '.join([self.says, *self.broken])}"


def of(fault: str, tally: Tally, seconds: float) -> Verdict:
    """A fault that was brought about, and its books."""
    books = (tally.acknowledged, tally.lost, tally.duplicated, tally.leaked)
    return Verdict(fault, True, *books, tuple(tally.broken), round(seconds, 1), tally.says)


def not_done(fault: str, why: str, seconds: float = 0.0, *, ours: bool = False) -> Verdict:
    """It could not be brought about; `ours` when the reason is a mistake and not the machine."""
    return Verdict(fault, False, 0, 0, 0, 0, (why,) if ours else (), round(seconds, 1), "" if ours else why)


def write(verdicts: Iterable[Verdict]) -> None:
    RESULTS.write_text(json.dumps([asdict(verdict) for verdict in verdicts], indent=2) + "\n", "utf-8")


def exit_code(verdicts: Iterable[Verdict], *, must_all_be_done: bool) -> int:
    """1 when anything was lost, doubled, seen or broken, and on the machine of the checks when one was not done."""
    bad = [each for each in verdicts if not each.well or (must_all_be_done and not each.done)]
    return 1 if bad else 0
