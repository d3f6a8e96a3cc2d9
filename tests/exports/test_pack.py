"""The pack: one zip, the same bytes for the same data, and everything a receiver needs to read it."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from tests.exports import house
from tests.exports.house import Words
from workshop.activities import Column, Table
from workshop.commands import moderating, objecting, writing
from workshop.consent import Viewer
from workshop.exports import bundle, naming
from workshop.extensions import db
from workshop.models import Audit, Export, Seen, Workshop
from workshop.queries import contributions, rooms


@pytest.fixture
def said() -> list[Words]:
    return [Words("The letter came too late."), Words("Answer within a week.", at="cards", side="service")]


def test_the_same_data_gives_the_same_bytes(house_app: Flask, riverside: str, said: list[Words]) -> None:
    room = house.room(house_app, riverside, said)
    first = house.pack(room)
    assert house.pack(room) == first
    with room.app.app_context():
        house.say(room, [Words("One more.")])
    assert house.pack(room) != first


def test_a_pack_is_named_after_its_hash_and_recorded(house_app: Flask, riverside: str, said: list[Words]) -> None:
    room = house.room(house_app, riverside, said)
    with house_app.app_context():
        pack = bundle.make(rooms.workshop(room.id), Viewer.REPORT, None)
        with pack.file:
            digest = hashlib.sha256(pack.file.read()).hexdigest()
        record = db.session.execute(db.select(Export).where(Export.workshop_id == room.id)).scalar_one()
        logged = db.session.execute(db.select(Audit.thing).where(Audit.act == "export")).scalars().all()
    assert pack.name == f"workshop-{digest[:12]}.zip"
    assert (record.sha256, record.audience) == (digest, "report")
    assert record.contributions == sorted(words.id for words in said)
    assert f"report {digest}" in logged


def test_what_is_inside(house_app: Flask, riverside: str, said: list[Words]) -> None:
    room = house.room(house_app, riverside, said)
    with zipfile.ZipFile(io.BytesIO(house.pack(room))) as pack:
        names = pack.namelist()
        assert names == sorted(names)
        assert {"README.txt", "codebook.csv", "codebook.txt", "consent_manifest.csv", "datapackage.json"} <= set(names)
        assert {"workshop.json", "workshop.xlsx", "data/contributions.csv", "data/agenda.csv"} <= set(names)
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(".." not in name and not name.startswith("/") for name in names)


def test_every_format_tells_the_same(house_app: Flask, riverside: str, said: list[Words]) -> None:
    """As many rows in CSV, JSON and workbook, under the same columns, and every column in the codebook."""
    packed = house.pack(house.room(house_app, riverside, said))
    inside = house.files(packed)
    book = openpyxl.load_workbook(io.BytesIO(inside["workshop.xlsx"]))
    codebook = {(row["table"], row["column"]) for row in _read(inside["codebook.csv"])}
    for table in json.loads(inside["workshop.json"])["tables"]:
        columns = [column["name"] for column in table["columns"]]
        rows = house.rows(packed, table["name"])
        sheet = book[table["name"]]
        assert len(rows) == len(table["rows"]) == sheet.max_row - 1
        assert [cell.value for cell in sheet[1]] == columns
        assert {(table["name"], column) for column in columns} <= codebook


def test_the_data_package_describes_its_files(house_app: Flask, riverside: str, said: list[Words]) -> None:
    inside = house.files(house.pack(house.room(house_app, riverside, said)))
    package = json.loads(inside["datapackage.json"])
    described = {resource["path"] for resource in package["resources"]}
    assert described == {name for name in inside if name.endswith(".csv")}
    for resource in package["resources"]:
        data = inside[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        header = next(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert header == [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.shows("P14")
def test_the_manifest_names_whose_words_are_inside_and_until_when(
    house_app: Flask, riverside: str, said: list[Words]
) -> None:
    closer = Words("Only for the room.", level=2)
    inside = house.files(house.pack(house.room(house_app, riverside, [*said, closer]), Viewer.REPORT))
    manifest = _read(inside["consent_manifest.csv"])
    assert {row["level_means"] for row in manifest} == {"Reports and events"}
    assert [row["id"] for row in manifest] == sorted(row["id"] for row in manifest)
    assert len(manifest) == 2
    assert all(row["for_whom"] and row["expires_on"] > "2026" for row in manifest)
    assert f"Delete it by {manifest[0]['expires_on']}.".encode() in inside["README.txt"]


@pytest.mark.parametrize("ended", [datetime(2026, 10, 31, tzinfo=UTC), None])
def test_the_pack_says_the_same_day_as_the_workshop(
    house_app: Flask, riverside: str, said: list[Words], ended: datetime | None
) -> None:
    room = house.room(house_app, riverside, said, statements={"keep_words": "4"})
    with house_app.app_context(), writing():
        db.session.execute(sa.update(Workshop).values(opened_at=ended, closed_at=ended))
    inside = house.files(house.pack(room, Viewer.REPORT))
    (day,) = {row["expires_on"] for row in _read(inside["consent_manifest.csv"])}
    said_so = f"Delete it by {day}." if day else "Delete it 4 months after the workshop."
    assert day in ("2027-02-28", "")
    assert said_so in inside["README.txt"].decode()
    assert "Words: 4 months." in inside["README.txt"].decode()


@pytest.mark.shows("P12")
def test_rows_stand_in_an_order_that_says_nothing(house_app: Flask, riverside: str) -> None:
    """By their names in exports: not by time, not by the identifiers that phones know."""
    told = [Words(f"Words {number:02}", at="story") for number in range(30)]
    rows = house.rows(house.pack(house.room(house_app, riverside, told)), "contributions")
    names, texts = [row["id"] for row in rows], [row["text"] for row in rows]
    assert names == sorted(names)
    assert texts != sorted(texts)
    by_phone_id = {words.text: words.id for words in told}
    assert [by_phone_id[text] for text in texts] != sorted(by_phone_id.values())


@pytest.mark.shows("P27")
def test_the_list_says_which_words_a_facilitator_changed(house_app: Flask, riverside: str, said: list[Words]) -> None:
    """A change that its teller refused is none any more, and what the words were before is nobody's to read."""
    told = [Words(f"{name} told it", state="waiting") for name in ("Ann", "Bob", "Cay")]
    room = house.room(house_app, riverside, told)
    with house_app.app_context():
        ada = house.account(riverside)
        waiting = {said.text.split()[0]: said.id for said in contributions.queue(room.id)}
        for name in ("Ann", "Bob"):
            moderating.edit(contributions.one(waiting[name], room.id), "Somebody told it", "No names", ada)
        (change,) = contributions.edits(waiting["Bob"])
        objecting.refuse_edit(contributions.one(waiting["Bob"], room.id), change.id)
        house.approve_all(room)
    packed = house.pack(room)
    listed = {row["text"]: row["edited"] for row in house.rows(packed, "contributions")}
    assert listed == {"Somebody told it": "true", "Bob told it": "false", "Cay told it": "false"}
    assert not [name for name, data in house.files(packed).items() if b"Ann told it" in data]


def test_an_export_that_holds_words_counts_as_a_look_at_them(
    house_app: Flask, riverside: str, said: list[Words]
) -> None:
    room = house.room(house_app, riverside, [*said, Words("Not in it.", level=1)])
    with house_app.app_context():
        user_id = house.account(riverside)
        bundle.make(rooms.workshop(room.id), Viewer.ORGANISER_EXPORT, user_id).file.close()
        bundle.make(rooms.workshop(room.id), Viewer.ORGANISER_EXPORT, user_id).file.close()
        seen = db.session.execute(db.select(Seen.contribution_id).where(Seen.user_id == user_id)).scalars().all()
    assert sorted(seen) == sorted(words.id for words in said)


def test_nothing_of_a_pack_stays_on_the_disk(house_app: Flask, riverside: str, said: list[Words]) -> None:
    house.pack(house.room(house_app, riverside, said))
    assert list((house.instance(house_app) / "exports").iterdir()) == []


def test_what_a_dead_process_left_is_swept(house_app: Flask, riverside: str) -> None:
    left = house.instance(house_app) / "exports" / "half-made"
    left.parent.mkdir(exist_ok=True)
    left.write_text("words")
    house.make_old(left)
    house.pack(house.room(house_app, riverside, []))
    assert not left.exists()


@pytest.mark.shows("S26")
def test_names_of_tables_are_safe_and_their_own() -> None:
    """A kind from elsewhere cannot choose where its table lies, or take another's place."""

    def rows() -> Sequence[Any]:
        return []

    names = ["../../evil", "a/b\\c", "Ünïcode", "same", "same", "Codebook", "", "x" * 99, "x" * 98]
    given = [Table(name, "", [Column("a", "string", "")], rows()) for name in names]
    made = [table.name for table in naming.unmistakable("w", given)]
    assert len(set(made)) == len(names)
    assert all(name.replace("_", "").isalnum() and name.isascii() and len(name) <= 31 for name in made)
    assert "codebook" not in made  # a sheet of ours


def test_the_pack_on_each_database(any_app: Flask, said: list[Words]) -> None:
    with any_app.app_context():
        organisation_id = house.organisation(any_app, "Elsewhere")
    room = house.room(any_app, organisation_id, said)
    with any_app.app_context():
        house.vote(room, [("lived", {}), ("service", {})])
    house.close(room)
    packed = house.pack(room)
    assert house.pack(room) == packed
    assert {row["text"] for row in house.rows(packed, "contributions")} == {words.text for words in said}
    assert len(house.rows(packed, "ballots_3_dots")) == 2


def _read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
