"""Made-up rooms, the published ones where they are at hand, and the attacker who knows all rules."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import pytest

from workshop.counting.ballots import Ballot
from workshop.counting.sides import People, Side

World = TypeVar("World")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_reference = pytest.mark.skipif(
    not (SHARED / "reference").is_dir(), reason="the reference results (../shared/data/reference) are not here"
)
needs_polis = pytest.mark.skipif(
    not (SHARED / "polis").is_dir(), reason="the published conversations (../shared/data/polis) are not here"
)


def reference(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SHARED / "reference" / name).read_text(encoding="utf-8"))["data"]
    return data


def polis(name: str, telling: str) -> tuple[list[Ballot], list[str]]:
    """A published conversation as ballots; `telling` is the statement that says which side somebody is on."""
    folder = SHARED / "polis" / name
    said: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(folder / "votes.csv"):
        said[row["voter-id"]][row["comment-id"]] = int(row["vote"])
    items = [row["comment-id"] for row in _rows(folder / "comments.csv") if row["moderated"] == "1"]
    return [_ballot(votes, telling, set(items)) for votes in said.values()], items


def participants(name: str) -> list[dict[str, str]]:
    return list(_rows(SHARED / "polis" / name / "participants-votes.csv"))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _ballot(votes: dict[str, int], telling: str, items: set[str]) -> Ballot:
    sides: dict[int | None, Side] = {1: "lived", -1: "service"}
    side = sides.get(votes.get(telling), "other")
    return Ballot(side, "phone", {item: vote for item, vote in votes.items() if item in items})


def in_room(number: People, most: People | None = None) -> Iterator[People]:
    """Every way in which so many could be spread over the sides, at most `most` of each."""
    top = most or People(number.total, number.total, number.total)
    for lived, service in product(range(top.lived + 1), range(top.service + 1)):
        other = number.total - lived - service
        if 0 <= other <= top.other:
            yield People(lived, service, other)


def spread(total: int, most: People) -> Iterator[People]:
    return in_room(People(total), most)


def printed_alike(worlds: Iterable[World], show: Callable[[World], Hashable]) -> list[list[World]]:
    """The attacker's view: worlds that look the same on paper stay together."""
    alike: dict[Hashable, list[World]] = defaultdict(list)
    for world in worlds:
        alike[show(world)].append(world)
    return list(alike.values())


def ballots(side: Side, *choices: dict[str, int], channel: str = "phone") -> list[Ballot]:
    return [Ballot(side, channel, each) for each in choices]
