"""Whoever has a pack counts its ticks, scores, words and pairs again, and finds the printed places."""

import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.exports import house
from tests.kinds import hall
from tests.support.people import People
from workshop.ballot_files import packs, recount
from workshop.counting.places import places

MARKS = {"dots": (1,), "approval": (1,), "score": (1, 2, 3, 4, 5), "mentions": (0, 1, 2, 3), "pairs": (1, 0, -1)}
LINES, PAIRS = ("own1", "own2", "own3"), ("own1|own2", "own1|own3", "own2|own3")
each_kind = pytest.mark.parametrize("kind", MARKS)


def pack_of(app: Flask, people: People, folder: Path, kind: str, service: int) -> Path:
    """Twelve with lived experience and so many of the service, each with some of three lines; the lift stays equal."""
    room = hall.asked(app, people, kind)
    chance = random.Random(7)  # noqa: S311 - the same in every run
    for side, many in (("lived", 12), ("service", service)):
        hall.fill(room, kind, side, *(ballot(kind, chance) for _ in range(many)))
    room.count(kind)
    path = folder / "pack.zip"
    path.write_bytes(house.pack(room))
    return path


def ballot(kind: str, chance: random.Random) -> dict[str, int]:
    liked = chance.sample(PAIRS if kind == "pairs" else LINES, chance.randint(0, 3))
    return {item: chance.choice(MARKS[kind]) for item in liked}


def recounted(path: Path) -> dict[str, Any]:
    [choice] = recount.pack(packs.read(path))["choices"]
    return dict(choice)


@pytest.mark.shows("S07")
@each_kind
@pytest.mark.parametrize("service", [11, 6])
def test_the_printed_places_come_out_again(app: Flask, people: People, tmp_path: Path, kind: str, service: int) -> None:
    """With six of the service the list has each column sorted by itself: that is enough to count again."""
    told = recounted(pack_of(app, people, tmp_path, kind, service))
    assert (told["method"], told["ballots"], told["order_same"], told["same"]) == (kind, 12 + service, True, True)
    assert [item for item, place in told["places"].items() if place == 1] == told["selected"]


@pytest.mark.shows("S07")
@each_kind
def test_a_place_that_somebody_changed_is_found(app: Flask, people: People, tmp_path: Path, kind: str) -> None:
    path = pack_of(app, people, tmp_path, kind, 6)
    with zipfile.ZipFile(path) as held:
        told = json.loads(held.read("workshop.json"))
    [rows] = [table["rows"] for table in told["tables"] if table["name"] == f"activity_1_{kind}"]
    rows[0]["place"], rows[-1]["place"] = rows[-1]["place"], rows[0]["place"] + 1
    with zipfile.ZipFile(path, "w") as forged:
        forged.writestr("workshop.json", json.dumps(told))
    assert not recounted(path)["same"]


def test_equal_heights_share_a_place_and_the_next_one_counts_all_before_it() -> None:
    assert places({"lift": 3, "bus": 5, "park": 5, "roof": 1}) == {"bus": 1, "park": 1, "lift": 3, "roof": 4}
