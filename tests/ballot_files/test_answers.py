"""Whoever has a pack counts its statements again, and finds what was printed."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.ballot_files.answered import pack_of
from tests.support.people import People
from workshop.ballot_files import packs, recount


def recounted(path: Path) -> dict[str, Any]:
    [choice] = recount.pack(packs.read(path))["choices"]
    return dict(choice)


@pytest.mark.shows("S07")
@pytest.mark.parametrize("service", [14, 6])
def test_who_agrees_disagrees_and_passes_comes_out_again(
    app: Flask, people: People, tmp_path: Path, service: int
) -> None:
    """With six of the service the list has each column sorted by itself: that is enough to count again."""
    told = recounted(pack_of(app, people, tmp_path, service))
    everybody = 12 + service
    assert (told["method"], told["ballots"], told["same"]) == ("statements", everybody, True)
    words = {told["names"][item]: numbers for item, numbers in told["statements"].items()}
    assert words == {
        "Bus stop": {"agree": everybody, "disagree": 0, "pass": 0},
        "Garden": {"agree": 0, "disagree": everybody - 2, "pass": 2},
        "Lift": {"agree": 0, "disagree": 0, "pass": everybody - 2},
    }


@pytest.mark.shows("S07")
def test_a_number_that_somebody_changed_is_found(app: Flask, people: People, tmp_path: Path) -> None:
    path = pack_of(app, people, tmp_path, 6)
    with zipfile.ZipFile(path) as held:
        told = json.loads(held.read("workshop.json"))
    [printed] = [
        table for table in told["tables"] if table["name"].endswith("_statements") and "activity" in table["name"]
    ]
    printed["rows"][0]["agree"] += 1
    with zipfile.ZipFile(path, "w") as forged:
        forged.writestr("workshop.json", json.dumps(told))
    assert recounted(path)["same"] is False
