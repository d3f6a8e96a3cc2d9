"""`workshop recount FILE`: anybody counts a pack or a published file once more, and reads whether it is the same."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.counting.rooms import needs_reference
from tests.exports import house
from tests.support import build, installation
from tests.support.keyboard import Type, keyboard
from tests.support.people import organisation

from .published import BUDGET_FILES, text_of
from .test_files import SMALL


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """On a machine without an installation: a recount needs none."""
    return keyboard(tmp_path, monkeypatch, capsys)


@pytest.fixture
def pack(tmp_path: Path, empty_database: Path) -> Path:
    """A counted choice of dots, as it leaves the house."""
    app: Flask = installation.make(tmp_path / "house", empty_database)
    with app.app_context():
        riverside = organisation(app, "Riverside")
    made = build.workshop(app, riverside, ("dots", {"items": "Bench\nBus", "per_person": 2, "per_item": 2}))
    with app.app_context():
        sides = ["lived"] * 12 + ["service"] * 11
        house.vote(made, [(side, {"own1": 2} if at % 3 else {"own1": 1, "own2": 1}) for at, side in enumerate(sides)])
    house.close(made)
    path = tmp_path / "pack.zip"
    path.write_bytes(house.pack(made))
    return path


def counted(type_in: Type, path: Path, *more: str) -> dict[str, Any]:
    typed = type_in("recount", str(path), *more)
    assert typed.code == 0, typed.text
    told: dict[str, Any] = json.loads(typed.text)
    return told


@pytest.mark.shows("S07")
def test_a_pack_is_added_up_again_and_its_fingerprint_is_the_same(type_in: Type, pack: Path) -> None:
    (choice,) = counted(type_in, pack)["choices"]
    words = {choice["names"][item]: total for item, total in choice["sums"].items()}
    assert words == {"Bench": 38, "Bus": 8}
    assert [choice["names"][item] for item in choice["selected"]] == ["Bench"]
    assert (choice["ballots"], choice["same"], choice["sha256"]) == (23, True, choice["published"])


@pytest.mark.shows("S07")
def test_a_ballot_that_somebody_changed_is_found(type_in: Type, pack: Path) -> None:
    with zipfile.ZipFile(pack) as held:
        told = json.loads(held.read("workshop.json"))
    rows = next(table["rows"] for table in told["tables"] if table["name"].startswith("ballots_"))
    first = next(name for name in rows[0] if name != "side")
    rows[0][first] = (rows[0][first] or 0) + 1
    with zipfile.ZipFile(pack, "w") as forged:
        forged.writestr("workshop.json", json.dumps(told))
    typed = type_in("recount", str(pack))
    assert (typed.code, json.loads(typed.text)["choices"][0]["same"]) == (1, False)


@needs_reference
@pytest.mark.parametrize("name", BUDGET_FILES)
def test_published_winners_come_out_by_the_rule_that_the_file_names(type_in: Type, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(text_of(name), "utf-8")
    told = counted(type_in, path)
    assert (told["same"], told["selected"]) == (True, told["published"])


def test_another_rule_and_another_outcome_than_published(type_in: Type, tmp_path: Path) -> None:
    path = tmp_path / "small.pb"
    path.write_text(SMALL, "utf-8")
    typed = type_in("recount", str(path))
    assert (typed.code, json.loads(typed.text)["selected"]) == (1, ["bus", "park"])  # the file says that park won alone
    assert json.loads(type_in("recount", str(path), "--by", "equal-shares").text)["method"] == "equal-shares"


def test_ranked_ballots_by_each_method(type_in: Type, tmp_path: Path) -> None:
    path = tmp_path / "three.soi"
    path.write_text(
        "".join(f"# ALTERNATIVE NAME {n}: {w}\n" for n, w in enumerate("abc", 1)) + "4: 1,2\n3: 3,2\n2: 2,1\n"
    )
    selected = {by: counted(type_in, path, "--by", by)["selected"] for by in ("schulze", "ranked-pairs", "borda")}
    assert selected == {"schulze": ["2"], "ranked-pairs": ["2"], "borda": ["2"]}
    assert counted(type_in, path, "--by", "run-off")["selected"] == ["1"]


def test_what_cannot_be_counted_is_said_in_plain_words(type_in: Type, tmp_path: Path) -> None:
    for name, text, says in (
        ("a.pb", "hello", "a.pb could not be counted. line 1"),
        ("a.soc", "1: 2", "a.soc could not be counted. there is no line"),
        ("a.zip", "no zip", "a.zip is no export pack"),
        ("a.txt", "words", "a pack ends in .zip. Other files: .pb"),
        ("b.pb", SMALL, "«schulze» does not count such ballots. These do: greedy"),
    ):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        typed = type_in("recount", str(path), "--by", "schulze" if name == "b.pb" else "")
        assert typed.code == 1
        assert says in typed.text
        assert "Traceback" not in typed.text


def test_a_zip_without_our_tables_is_no_pack(type_in: Type, tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as other:
        other.writestr("readme.txt", "words")
    (tmp_path / "other.zip").write_bytes(held.getvalue())
    assert "there is no good workshop.json" in type_in("recount", str(tmp_path / "other.zip")).text
