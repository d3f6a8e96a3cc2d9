"""Highlights follow every change of their story, whoever changes it: no command may forget to tell them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from tests.kinds.curate.group import BUS, Group, group
from tests.support import build
from tests.support.people import People
from workshop.commands import anchoring, command, moderating, objecting
from workshop.commands.curating import NEW
from workshop.kinds.curate import KIND
from workshop.queries import contributions

COMMANDS = Path(__file__).parents[3] / "workshop" / "commands"


def writes_words(function: ast.FunctionDef) -> bool:
    """Does it write a text into contributions?"""
    said = ast.unparse(function)
    return ("update(Contribution)" in said or "_update(" in said) and ("text=" in said or "'text':" in said)


def writers() -> Iterator[tuple[str, str]]:
    for path in sorted(COMMANDS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and writes_words(node):
                yield f"{path.stem}.{node.name}", ast.unparse(node)


def test_whoever_changes_words_tells_the_highlights() -> None:
    found = dict(writers())
    assert {"moderating.put_words", "taking_part.correct"} <= set(found), "the search sees what is to be seen"
    forgetful = [name for name, said in found.items() if "anchoring.follow" not in said]
    assert not forgetful, f"{forgetful}: call anchoring.follow before the text is written."


def test_a_facilitators_edit_and_the_tellers_no_move_a_highlight_there_and_back(app: Flask, people: People) -> None:
    here = group(app, people)
    told = here.tell(people.bea(here.room), BUS)
    here.mark(told, "It was late again.", NEW, "Waiting")
    with app.app_context():
        row = contributions.one(told, here.room.id)
        moderating.edit(row, "Somebody waited. It was late again.", "No names", people.ada.id)
    assert here.inside("Waiting") == ["It was late again."]
    with app.app_context():
        (edit,) = contributions.edits(told)
        objecting.refuse_edit(contributions.one(told, here.room.id), edit.id)
    here.approve(told)
    assert here.inside("Waiting") == ["It was late again."]


def test_what_goes_by_its_date_leaves_no_name_behind(app: Flask, people: People) -> None:
    here = group(app, people)
    told = here.tell(people.bea(here.room), BUS)
    here.mark(told, "It was late again.", NEW, "It was late again")

    @command
    def go() -> None:
        anchoring.forget(told)

    with app.app_context():
        go()
    assert list(here.board()) == ["Theme 1"]


def test_themes_are_handed_on_to_a_choice(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "curate", ("dots", {"items_from": "curate"}))
    room.open("story", "curate", "dots")
    here = Group(app, people, room)
    told = here.tell(people.bea(room), BUS)
    here.mark(told, "It was late again.", NEW, "Waiting")
    here.mark(here.tell(people.bea(room), "Only facilitators.", level=1), "Only", NEW, "Secret")
    with app.test_request_context():
        assert [item.words for item in KIND.items(room.activity("curate"))] == ["Waiting"]
    assert "Waiting" in people.cem(room).ask("dots").text
    assert "Secret" not in people.cem(room).ask("dots").text
