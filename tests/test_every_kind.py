"""Every kind keeps the whole promise: what it says of itself, its settings, its five parts, its tables."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import LazyString
from wtforms import Field

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop.activities import Choosing, Kind, Telling, discover
from workshop.consent import Viewer
from workshop.extensions import setting
from workshop.forms import Form

KINDS = list(discover().values())
PARTS = ("settings", "phone", "console", "screen", "results")
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "date": (date, str),
}
PACKAGE = Path(__file__).parent.parent / "workshop"
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def with_one(app: Flask, people: People, kind: Kind) -> Room:
    """A room in which this kind is on, and something to take up from before."""
    lines = {"items": "A bench\nA roof", "items_from": "cards", "owners_for": "cards"}
    settings = {name: value for name, value in lines.items() if name in kind.defaults}
    trusted = {"settings": {"trusted_room": True}}
    room = build.workshop(app, people.organisation_id, "cards", (kind.name, settings), **trusted)
    key = kind.name if kind.name != "cards" else "cards2"
    room.activities["it"] = room.activities[key]
    room.open("cards", "it")
    people.bea(room).write("cards", "A table outside")
    return room


def to_the_check(phone: Participant) -> Page:
    """Answer whatever is asked, in a word."""
    page = phone.ask("it")
    for _ in range(20):
        if page.h1 == "Is this right?":
            return page
        page = phone.send(page, go="next", **in_a_word(page))
        assert page.status == 200, page.text
    pytest.fail(f"no way to the check: {page.h1}")


def in_a_word(page: Page) -> dict[str, str]:
    """Something in every box, and a day to come where a day is asked for."""
    boxes = {str(box.get("name")): "Something" for box in page.all("textarea")}
    days = {str(box.get("name")): "2099-01-01" for box in page.all("input") if box.get("type") == "date"}
    lines = {str(box.get("name")): "something" for box in page.all("input") if box.get("type") == "text"}
    return boxes | days | lines


def fields_of(form_class: type[Form]) -> dict[str, Field]:
    return {field.name: field for field in form_class() if field.name != "csrf_token"}


@every_kind
def test_it_says_what_it_is(kind: Kind) -> None:
    assert re.fullmatch("[a-z_]{1,40}", kind.name)
    assert discover()[kind.name] is kind
    assert isinstance(kind.title, LazyString), "the title must follow the reader's language"
    assert isinstance(kind.says, LazyString)
    assert str(kind.says).endswith(".")
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"[.:!?] ", str(kind.says)))
    assert f'id="{kind.icon}"' in (PACKAGE / "static" / "icons.svg").read_text("utf-8")


@every_kind
def test_what_it_gives_is_what_it_is(kind: Kind) -> None:
    assert kind.gives in ("contributions", "ballot", "nothing")
    assert isinstance(kind, Telling) == (kind.gives == "contributions")
    assert isinstance(kind, Choosing) == (kind.gives == "ballot")
    assert kind.tells or kind.gives != "contributions"
    assert not kind.one_by_one or kind.gives == "ballot"
    assert not kind.takes_media or kind.tells


def test_no_two_stand_in_the_same_place() -> None:
    for each in ("name", "order", "icon", "title", "says"):
        values = [str(getattr(kind, each)) for kind in KINDS]
        assert len(set(values)) == len(values), each
    assert [kind.order for kind in KINDS] == sorted(kind.order for kind in KINDS)


@every_kind
def test_every_setting_has_a_field_and_a_usual_value(app: Flask, kind: Kind) -> None:
    with app.test_request_context():
        assert set(fields_of(kind.settings_form())) == set(kind.defaults)


@every_kind
def test_a_facilitator_sets_it_up_with_the_usual_values(app: Flask, people: People, kind: Kind) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    page = people.ada.get(f"{room.path}/agenda/add/{kind.name}")
    assert page.status == 200
    for name in kind.defaults:
        assert f'name="{name}"' in page.html, f"the part «settings» has no {name}"
    kept = people.ada.send(page, action=f"/agenda/add/{kind.name}")
    assert kept.status == 303, kept.text


@every_kind
def test_it_has_the_five_parts(app: Flask, kind: Kind) -> None:
    for part in PARTS:
        source, _path, _fresh = app.jinja_env.loader.get_source(app.jinja_env, kind.part(part))  # type: ignore[union-attr]
        app.jinja_env.compile(source)
        assert source.startswith("{#"), f"{kind.part(part)}: one line on top says what it is for"


@every_kind
def test_a_phone_opens_it(app: Flask, people: People, kind: Kind) -> None:
    room = with_one(app, people, kind)
    page = people.bea(room).ask("it")
    assert page.status == 200
    assert page.h1
    assert ('name="go"' in page.html) == (kind.gives != "nothing")


@pytest.mark.shows("A04", "A11")
@every_kind
def test_what_can_be_sent_can_be_checked_first(app: Flask, people: People, kind: Kind) -> None:
    room = with_one(app, people, kind)
    bea = people.bea(room)
    if kind.gives == "nothing" or kind.one_by_one:
        assert bea.post(f"{room.path}/a/{room.activities['it']}", go="next").status in (303, 422)
    else:
        assert bea.follow(bea.send(to_the_check(bea), go="send").location).h1 == "Sent – safe"


@every_kind
def test_the_console_the_screen_and_the_preview_show_it(app: Flask, people: People, kind: Kind) -> None:
    room = with_one(app, people, kind)
    for path in ("console", "screen"):
        page = people.ada.follow(f"{room.path}/{path}")
        assert page.status == 200, path
        assert kind.name in page.text.lower(), path
    preview = people.ada.get(f"{room.path}/agenda/{room.activities['it']}/preview")
    assert "Nothing is saved here." in preview.text


@every_kind
def test_its_results_can_be_looked_at_when_it_is_over(app: Flask, people: People, kind: Kind) -> None:
    room = with_one(app, people, kind)
    room.count("it")
    page = people.ada.get(f"{room.path}/results")
    assert page.status == 200
    with app.test_request_context():
        activity = room.activity("it")
        results = kind.results(activity, setting("ROOM_CELL"))
        words = {**kind.screen(activity), "results": results, "activity": activity, "kind": kind}
        assert app.jinja_env.get_template(kind.part("results")).render(**words).strip()


@every_kind
def test_a_choice_has_no_results_before_it_is_counted(app: Flask, people: People, kind: Kind) -> None:
    room = with_one(app, people, kind)
    with app.test_request_context():
        activity = room.activity("it")
        if kind.gives == "ballot":
            assert kind.results(activity, setting("ROOM_CELL")) is None


@every_kind
def test_its_tables_hold_what_their_columns_say(app: Flask, people: People, kind: Kind) -> None:
    room = with_one(app, people, kind)
    if kind.gives != "nothing" and not kind.one_by_one:
        bea = people.bea(room)
        bea.send(to_the_check(bea), go="send")
    room.count("it")
    with app.test_request_context():
        tables = kind.tables(room.activity("it"), Viewer.ORGANISER_EXPORT)
        assert tables or kind.gives == "nothing"
        assert len({table.name for table in tables}) == len(tables)
        for table in tables:
            check(table)


def check(table: Any) -> None:
    """Names for files and columns, a meaning for each, and values of the type that was announced."""
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    for column in table.columns:
        assert re.fullmatch("[a-z][a-z_0-9]*", column.name)
        assert column.type in TYPES
        assert len(str(column.means).split()) > 1, f"{table.name}.{column.name} says nothing in the codebook"
    for row in table.rows:
        assert len(row) == len(table.columns)
        for column, value in zip(table.columns, row, strict=True):
            assert value is None or isinstance(value, TYPES[column.type]), f"{table.name}.{column.name}: {value!r}"
            assert column.type == "boolean" or not isinstance(value, bool)
