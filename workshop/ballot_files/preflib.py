"""Ranked ballots as PrefLib keeps them: `.soc`, `.soi`, `.toc` and `.toi`, each different order with how many gave it.

The format is described at preflib.org/format. Shared places stand in braces; what is not named has no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAME = re.compile(r"# ALTERNATIVE NAME (\d+): (.*)")
PLACE = re.compile(r"\{[^{}]*\}|[^,{}]+")


class NotPrefLib(ValueError):
    """The file cannot be read; the message says which line."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The items by their numbers in the file, and every ballot: item → place, 1 the best."""

    names: Mapping[str, str]
    ballots: tuple[Mapping[str, int], ...]


def read(text: str) -> Ranked:
    """Raises NotPrefLib."""
    lines = text.lstrip("\ufeff").splitlines()
    names = {found[1]: found[2].strip() for line in lines if (found := NAME.match(line))}
    if not names:
        raise NotPrefLib("there is no line «# ALTERNATIVE NAME»")
    ballots: list[Mapping[str, int]] = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            ballots += _ballots(line, number, names)
    return Ranked(names, tuple(ballots))


def _ballots(line: str, number: int, names: Mapping[str, str]) -> list[Mapping[str, int]]:
    times, _, order = line.partition(":")
    places = list(enumerate((_items(place) for place in PLACE.findall(order) if place.strip()), 1))
    ballot = {item: place for place, items in places for item in items}
    if not times.strip().isdigit() or not ballot.keys() <= names.keys():
        raise NotPrefLib(f"line {number}: «{line[:60]}» is no ballot of these items")
    return [ballot] * int(times)


def _items(place: str) -> list[str]:
    return [item.strip() for item in place.strip().strip("{}").split(",") if item.strip()]
