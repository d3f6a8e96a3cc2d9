"""The workbook is our own: every part lies where the others say, and nothing goes into it that it cannot hold."""

import io
import re
import zipfile
from collections.abc import Iterable
from itertools import repeat
from posixpath import dirname, join, normpath
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from flask import Flask

from workshop.activities import Column, Table
from workshop.exports import workbook, xlsx

MAIN = f"{{{workbook.MAIN}}}"


@pytest.fixture
def english(house_app: Flask) -> Any:
    """The app, for the few words of its own that a workbook holds."""
    with house_app.app_context():
        yield


def table(rows: Iterable[tuple[Any, ...]], *types: str, name: str = "said") -> Table:
    columns = [Column(f"c{at}", type_, "") for at, type_ in enumerate(types or ("string",), 1)]
    return Table(name, "", columns, rows)  # type: ignore[arg-type]  # anything that can be read again will do


def parts(*tables: Table) -> dict[str, bytes]:
    """The files inside a workbook."""
    with zipfile.ZipFile(file(*tables)) as book:
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


def file(*tables: Table) -> io.BytesIO:
    written = io.BytesIO()
    xlsx.write(tables, written)
    return written


def read(part: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(part)  # noqa: S314 - we have written it


@pytest.mark.usefixtures("english")
def test_every_part_is_named_typed_and_led_to() -> None:
    """A spreadsheet opens a workbook from its types and links alone; one wrong name and it offers to repair it."""
    inside = parts(table([("a",)]), table([(1,)], "integer", name="other"))
    types = {each.get("PartName", "")[1:] for each in read(inside["[Content_Types].xml"]) if each.get("PartName")}
    links = {name for name in inside if name.endswith(".rels")}
    assert next(iter(inside)) == "[Content_Types].xml"
    assert types == set(inside) - links - {"[Content_Types].xml"}
    assert {target for name in links for target in led_to(name, inside[name]).values()} == types


def led_to(name: str, part: bytes) -> dict[str, str]:
    """Where the links of a part lead, by their names."""
    base = dirname(dirname(name))
    return {each.attrib["Id"]: normpath(join(base, each.attrib["Target"])) for each in read(part)}


@pytest.mark.usefixtures("english")
def test_sheets_are_listed_in_their_order_and_lead_to_their_rows() -> None:
    inside = parts(table([("first",)], name="a"), table([("second",)], name="b"))
    links = led_to("xl/_rels/workbook.xml.rels", inside["xl/_rels/workbook.xml.rels"])
    sheets = read(inside["xl/workbook.xml"]).findall(f"{MAIN}sheets/{MAIN}sheet")
    assert [each.attrib["name"] for each in sheets] == ["codebook", "a", "b"]
    behind = [inside[links[each.attrib[f"{{{workbook.OFFICE}}}id"]]] for each in sheets]
    assert [word for part in behind for word in (b"first", b"second") if word in part] == [b"first", b"second"]


@pytest.mark.usefixtures("english")
def test_the_names_of_columns_are_bold_and_stay_in_sight() -> None:
    sheet = openpyxl.load_workbook(file(table([("a",)])))["said"]
    assert (sheet["A1"].value, sheet["A1"].font.b, sheet["A2"].font.b) == ("c1", True, False)
    assert sheet.freeze_panes == "A2"


@pytest.mark.usefixtures("english")
def test_cells_lie_under_their_columns_far_to_the_right() -> None:
    columns = 800
    row = tuple(at if at % 3 else None for at in range(columns))
    sheet = openpyxl.load_workbook(file(table([row], *["integer"] * columns)))["said"]
    assert tuple(cell.value for cell in sheet[2]) == row
    assert sheet.cell(1, columns).coordinate == f"{xlsx.letters(columns - 1)}1"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("value", "kind"), [(0, "n"), (-1, "n"), (1 / 3, "n"), (1e21, "n"), (True, "b"), (False, "b")])
def test_numbers_and_answers_stay_what_they_are(value: float, kind: str) -> None:
    cell = openpyxl.load_workbook(file(table([(value,)], "number")))["said"]["A2"]
    assert (cell.value, cell.data_type) == (value, kind)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "written", ["_x0041_", "_x0041_x0042_", "a _x000D_ b", "_x41_", "__x0041_", "<b>&amp;</b> ]]>"]
)
def test_what_looks_like_markup_is_only_words(written: str) -> None:
    """A spreadsheet reads _x0041_ as A."""
    held = read(parts(table([(written,)]))[workbook.sheet(2)]).findall(f".//{MAIN}t")[1].text or ""
    assert re.sub("_x([0-9a-fA-F]{4})_", lambda found: chr(int(found[1], 16)), held) == written


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "too_much",
    [
        table([(float("nan"),)], "number"),
        table([(float("inf"),)], "number"),
        table([], *["integer"] * (xlsx.MOST_COLUMNS + 1)),
        table(repeat((None,), xlsx.MOST_ROWS)),
    ],
    ids=["no number", "endless", "columns", "rows"],
)
def test_what_a_sheet_cannot_hold_is_refused_not_left_out(too_much: Table) -> None:
    with pytest.raises(xlsx.NotKept, match="said"):
        file(too_much)
