"""After a take-back: the next export carries the mark, and the earlier ones' readers get a list."""

import pytest
from flask import Flask

from tests.exports import house
from tests.exports.house import Words
from workshop.commands import exporting, taking_part
from workshop.consent import Viewer
from workshop.queries import contributions, exports, withdrawals


@pytest.fixture
def told() -> list[Words]:
    return [Words(f"Said by number {number}") for number in range(4)]


@pytest.mark.shows("P06")
def test_taken_back_words_leave_a_mark_in_the_next_export(house_app: Flask, riverside: str, told: list[Words]) -> None:
    room = house.room(house_app, riverside, told)
    before = {row["text"]: row["id"] for row in house.rows(house.pack(room), "contributions")}
    with house_app.app_context():
        take_back(room, told[0])
    packed = house.pack(room)
    assert b"number 0" not in b"".join(house.files(packed).values())
    marks = house.rows(packed, "taken_back")
    assert [row["id"] for row in marks] == [before["Said by number 0"]]
    assert marks[0]["taken_back_on"] >= "2026-01-01"


def test_the_readers_of_an_export_learn_what_they_may_use_no_longer(
    house_app: Flask, riverside: str, told: list[Words]
) -> None:
    """Taken back, lowered beneath what the export is for, held back since; what stays is not on the list."""
    room = house.room(house_app, riverside, told)
    names = {row["text"]: row["id"] for row in house.rows(house.pack(room, Viewer.REPORT), "contributions")}
    with house_app.app_context():
        take_back(room, told[0])
        taking_part.set_level(contributions.one(told[1].id, room.id), 3)
        taking_part.correct(contributions.one(told[2].id, room.id), "Said better", {})
        (made,) = withdrawals.made(room.id)
    why = {each.id: each.why for each in made.withdrawn}
    assert why == {
        names["Said by number 0"]: "taken_back",
        names["Said by number 1"]: "lowered",
        names["Said by number 2"]: "held",
    }
    assert made.holds == 4


def test_an_export_for_the_organiser_may_keep_what_the_service_may_read(
    house_app: Flask, riverside: str, told: list[Words]
) -> None:
    room = house.room(house_app, riverside, told)
    house.pack(room, Viewer.ORGANISER_EXPORT)
    with house_app.app_context():
        taking_part.set_level(contributions.one(told[0].id, room.id), 3)
        (made,) = withdrawals.made(room.id)
        assert made.withdrawn == []
        taking_part.set_level(contributions.one(told[0].id, room.id), 0)
        (made,) = withdrawals.made(room.id)
        assert [each.why for each in made.withdrawn] == ["lowered"]


@pytest.mark.shows("S23")
def test_a_name_in_exports_is_always_the_same_and_leads_nowhere(house_app: Flask, riverside: str) -> None:
    words = Words("Once")
    room, other = house.room(house_app, riverside, [words]), house.room(house_app, riverside, [])
    with house_app.app_context():
        name = exports.export_id(room.id, words.id)
        assert name == exports.export_id(room.id, words.id)
        assert name != exports.export_id(other.id, words.id)
        assert words.id[:6] not in name


def test_an_export_of_another_workshop_is_not_found(house_app: Flask, riverside: str) -> None:
    room, other = house.room(house_app, riverside, []), house.room(house_app, riverside, [])
    with house_app.app_context():
        made = exporting.record(house.row(room), Viewer.REPORT, "0" * 64, [], None, None)
        assert withdrawals.one_made(made, room.id) is not None
        assert withdrawals.one_made(made, other.id) is None


def take_back(room: house.Room, words: Words) -> None:
    row = contributions.one(words.id, room.id)
    taking_part.take_back(words.id, participant_id=row.participant_id)
