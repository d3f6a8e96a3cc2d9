"""What one person decided, as counting gets it: no name, no time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from workshop.counting.sides import Side


@dataclass(frozen=True, slots=True)
class Ballot:
    side: Side
    channel: str
    choices: Mapping[str, int]


class Cast(Protocol):
    @property
    def channel(self) -> str: ...


def by_channel(ballots: Iterable[Cast]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(ballot.channel for ballot in ballots).items()))
