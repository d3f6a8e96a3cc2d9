"""Statements leave the house in a pack: programs that read Polis count them, and learn of nobody."""

import csv
import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from tests.ballot_files.answered import pack_of
from tests.counting.rooms import SHARED, needs_polis
from tests.support.keyboard import Type, keyboard
from tests.support.people import People
from workshop.ballot_files import conversations, polis

LINES = "=1+1\n- Garden\nLift, or stairs"
VOTES = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
COMMENTS = ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"]


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    return keyboard(tmp_path, monkeypatch, capsys)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def written(type_in: Type, pack: Path, out: Path) -> Path:
    typed = type_in("recount", str(pack), "--polis", str(out))
    assert typed.code == 0, typed.text
    [folder] = out.iterdir()
    return folder


@pytest.mark.shows("S07")
def test_the_files_of_a_pack_give_its_numbers_again(app: Flask, people: People, type_in: Type, tmp_path: Path) -> None:
    folder = written(type_in, pack_of(app, people, tmp_path, 14, LINES), tmp_path / "out")
    comments = read(folder / "comments.csv")
    assert list(comments[0]) == COMMENTS
    assert [(row["agrees"], row["disagrees"], row["moderated"]) for row in comments] == [
        ("26", "0", "1"),
        ("0", "24", "1"),
        ("0", "0", "1"),
    ]
    again = type_in("recount", str(folder / "votes.csv"))
    assert again.code == 0, again.text
    told = json.loads(again.text)
    assert (told["people"], told["selected"], told["refused"]) == (26, ["1"], ["2"])
    assert told["statements"]["3"]["by_group"]["all"] == {"agree": 0, "disagree": 0, "seen": 24}


def test_words_run_in_nobodys_spreadsheet(app: Flask, people: People, type_in: Type, tmp_path: Path) -> None:
    folder = written(type_in, pack_of(app, people, tmp_path, 14, LINES), tmp_path / "out")
    words = [row["comment-body"] for row in read(folder / "comments.csv")]
    assert words == ["'=1+1", "'- Garden", "Lift, or stairs"]


@pytest.mark.shows("S07")
def test_neither_number_nor_place_nor_time_tells_of_anybody(
    app: Flask, people: People, type_in: Type, tmp_path: Path
) -> None:
    """The two who passed the garden are of different sides: in every file they stand together, at the end."""
    folder = written(type_in, pack_of(app, people, tmp_path, 14), tmp_path / "out")
    votes = read(folder / "votes.csv")
    assert list(votes[0]) == VOTES
    assert {(row["timestamp"], row["datetime"]) for row in votes} == {("0", "Thu Jan 01 00:00:00 UTC 1970")}
    garden = {row["voter-id"]: row["vote"] for row in votes if row["comment-id"] == "2"}
    assert garden == {str(person): "-1" if person < 25 else "0" for person in range(1, 27)}


def test_where_sorted_columns_hide_a_few_there_are_no_files(
    app: Flask, people: People, type_in: Type, tmp_path: Path
) -> None:
    typed = type_in("recount", str(pack_of(app, people, tmp_path, 6)), "--polis", str(tmp_path / "out"))
    assert typed.code == 0, typed.text
    assert not (tmp_path / "out").exists()


def test_a_forged_pack_names_no_file_elsewhere(type_in: Type, tmp_path: Path) -> None:
    table = {"name": "ballots_1_../../elsewhere", "title": "", "columns": [], "rows": []}
    pack = tmp_path / "pack.zip"
    with zipfile.ZipFile(pack, "w") as forged:
        forged.writestr("workshop.json", json.dumps({"tables": [table]}))
    typed = type_in("recount", str(pack), "--polis", str(tmp_path / "out"))
    assert typed.code != 0
    assert "is no export pack" in typed.text


@needs_polis
def test_what_polis_published_is_written_with_the_totals_that_polis_printed() -> None:
    """Polis wrote its totals a little later or earlier than its rows: two of the 39 differ by one."""
    published = SHARED / "polis" / "london.youth.policing"
    held = polis.read((published / "votes.csv").read_text("utf-8").splitlines())
    printed = {
        row["comment-id"]: (int(row["agrees"]), int(row["disagrees"])) for row in read(published / "comments.csv")
    }
    ballots = [tuple(cast.get(item) for item in printed) for cast in held.votes.values()]
    _head, *rows = conversations.files(conversations.Conversation(list(printed), ballots))["comments.csv"]
    written = {str(row[-1]): (int(row[4]), int(row[5])) for row in rows}
    apart = [abs(mine - theirs) for item in printed for mine, theirs in zip(written[item], printed[item], strict=True)]
    assert (len(rows), sum(apart), max(apart)) == (39, 2, 1)
