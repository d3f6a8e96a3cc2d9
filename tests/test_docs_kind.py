"""The page on adding a kind is true: its code is installed as a package of somebody else's, and people use it."""

import re
import tomllib
from pathlib import Path

import pytest
from flask import Flask

from tests import test_every_kind as every
from tests.kinds import hall
from tests.support import build, installation
from tests.support.people import People
from workshop.activities import Kind, discover, shelf
from workshop.consent import Viewer

GUIDE = Path(__file__).parent.parent / "docs" / "adding-a-kind.md"
PIECES = dict(re.findall(r"```\w+ file=(\S+)\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL))


@pytest.fixture
def app(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An installation beside which the guide's package is installed."""
    install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setattr(shelf, "_shelf", {})
    return installation.make(tmp_path / "instance", empty_database)


def install(site: Path) -> None:
    package, parts = site / "mood_kind", site / "mood_kind" / "templates" / "kinds" / "mood"
    parts.mkdir(parents=True)
    for name, text in PIECES.items():
        if name.endswith(".html"):
            (parts / name).write_text(text, "utf-8")
    (package / "__init__.py").write_text(PIECES["__init__.py"], "utf-8")
    project = tomllib.loads(PIECES["pyproject.toml"])["project"]
    known = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    known.mkdir()
    [(group, entries)] = project["entry-points"].items()
    lines = [f"[{group}]", *(f"{name} = {where}" for name, where in entries.items())]
    (known / "entry_points.txt").write_text("\n".join(lines), "utf-8")
    (known / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", "utf-8")


@pytest.fixture
def mood(app: Flask) -> Kind:
    return discover()["mood"]


def test_the_guide_has_every_part() -> None:
    assert set(PIECES) == {"__init__.py", "pyproject.toml", *(f"{part}.html" for part in every.PARTS)}


def test_the_kind_of_the_guide_is_complete(app: Flask, people: People, mood: Kind) -> None:
    every.test_it_says_what_it_is(mood)
    every.test_what_it_gives_is_what_it_is(mood)
    every.test_every_setting_has_a_field_and_a_usual_value(app, mood)
    every.test_it_has_the_five_parts(app, mood)
    every.test_a_facilitator_sets_it_up_with_the_usual_values(app, people, mood)


def test_bea_and_cem_say_how_they_are(app: Flask, people: People, mood: Kind) -> None:
    room = build.workshop(app, people.organisation_id, ("mood", {"calm": True}))
    room.open("mood")
    bea = people.bea(room)
    asked = bea.ask("mood")
    assert "Take a calm minute first." in asked.text
    assert "Please choose one of these." in bea.send(asked, go="next").text
    check = bea.send(asked, go="next", choice="good")
    assert "I am well" in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"
    hall.fill(room, "mood", "lived", *[{"good": 1}] * 8, {"bad": 1})
    hall.fill(room, "mood", "service", *[{"so": 1}] * 9, {"good": 1})
    room.count("mood")
    shown = hall.results_page(room, "mood")
    assert "90%" in shown
    with app.test_request_context():
        [table] = mood.tables(room.activity("mood"), Viewer.ORGANISER_EXPORT)
        every.check(table)


def test_every_answer_of_the_promise_is_in_the_table_of_the_guide() -> None:
    listed = set(re.findall(r"`(\w+)`", GUIDE.read_text("utf-8").split("## The promise")[1]))
    promised = {name for name in vars(Kind) if not name.startswith("_")} | set(Kind.__annotations__)
    assert promised - {"setting", "part"} <= listed


def test_the_kind_came_from_outside(mood: Kind) -> None:
    assert type(mood).__module__ == "mood_kind"
