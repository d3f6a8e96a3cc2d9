"""A budget leaves the house in a pack: anybody spends the pot once more, here or with a colleague's program."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.exports import house
from tests.support import build, installation
from tests.support.keyboard import Type, keyboard
from tests.support.people import organisation
from workshop.ballot_files import pabulib
from workshop.counting.budgets.rules import RULES

LINES = "Park | 60000\nBus | 40000\nStairs | 30000\nLift | 20000 | The house is protected."


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    return keyboard(tmp_path, monkeypatch, capsys)


def pack(tmp_path: Path, database: Path, nearby: Mapping[str, int] | None = None, **settings: Any) -> Path:
    """Twelve want the park, eleven the bus, some of both the stairs; all alike what is `nearby`."""
    app: Flask = installation.make(tmp_path / "house", database)
    with app.app_context():
        riverside = organisation(app, "Riverside")
    made = build.workshop(app, riverside, ("budget", {"items": LINES, "pot": 90000, "currency": "€", **settings}))
    baskets = [("lived", {"own1": 1, "own3": at % 2}) for at in range(12)]
    baskets += [("service", {"own2": 1, "own3": at % 3 == 0}) for at in range(11)]
    with app.app_context():
        also = dict(nearby or {})
        wanted = [(side, {item: 1 for item, yes in basket.items() if yes} | also) for side, basket in baskets]
        house.vote(made, wanted, "budget")
    house.close(made, "budget")
    path = tmp_path / "pack.zip"
    path.write_bytes(house.pack(made))
    return path


@pytest.mark.shows("S07")
@pytest.mark.parametrize("rule", RULES)
def test_a_pack_and_its_pabulib_file_pay_the_same_as_the_house(
    type_in: Type, tmp_path: Path, empty_database: Path, rule: str
) -> None:
    settings = {"rule": "equal-shares", "until_full": True} if rule.endswith("exhaustive") else {"rule": rule}
    path = pack(tmp_path, empty_database, **settings)
    typed = type_in("recount", str(path), "--pabulib", str(tmp_path / "out"))
    assert typed.code == 0, typed.text
    (told,) = json.loads(typed.text)["choices"]
    assert (told["method"], told["same"], told["people"]) == (rule, True, 23)
    assert told["sha256"] == told["sealed"]
    [written] = (tmp_path / "out").iterdir()
    again = type_in("recount", str(written))
    assert again.code == 0, again.text
    assert json.loads(again.text)["selected"] == told["selected"] == told["published"]
    held = pabulib.read(written.read_text("utf-8"))
    assert (list(held.names.values()), held.meta["num_votes"]) == (["Park", "Bus", "Stairs"], "23")


@pytest.mark.shows("S07")
def test_each_pot_of_a_district_is_a_file_of_its_own(type_in: Type, tmp_path: Path, empty_database: Path) -> None:
    city = {"items": f"{LINES}\nNorth | Bench | 2000\nNorth | Swing | 3000", "districts": "North | 3000\nSouth | 9"}
    path = pack(tmp_path, empty_database, {"pot1": 1, "own6": 1}, **city)
    typed = type_in("recount", str(path), "--pabulib", str(tmp_path / "out"))
    assert typed.code == 0, typed.text
    told = {each["table"]: each for each in json.loads(typed.text)["choices"]}
    assert {name: (each["same"], each["people"]) for name, each in told.items()} == {
        "ballots_1_budget": (True, 23),
        "ballots_1_budget_pot1": (True, 23),
    }, "nobody chose in the South"
    held = pabulib.read((tmp_path / "out" / "ballots_1_budget_pot1.pb").read_text("utf-8"))
    assert (list(held.names.values()), held.pot.budget) == (["Bench", "Swing"], 3000)
    assert [held.names[project] for project in held.selected or ()] == ["Swing"]


@pytest.mark.shows("S07")
def test_baskets_that_somebody_changed_are_found(type_in: Type, tmp_path: Path, empty_database: Path) -> None:
    path = pack(tmp_path, empty_database)
    type_in("recount", str(path), "--pabulib", str(tmp_path / "out"))
    [written] = (tmp_path / "out").iterdir()
    text = written.read_text("utf-8")
    [project, *_] = pabulib.read(text).selected or ()
    head, votes = text.split("VOTES")
    votes = votes.replace(f";{project},", ";").replace(f";{project}\n", ";\n").replace(f",{project}\n", "\n")
    written.write_text(f"{head}VOTES{votes}", "utf-8")
    typed = type_in("recount", str(written))
    assert (typed.code, json.loads(typed.text)["same"]) == (1, False)
