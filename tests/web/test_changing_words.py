"""Facilitators change words: the original is kept, the teller may refuse, what changed meanwhile is read again."""

import pytest
from flask import Flask

from tests.support.people import People
from tests.web.test_moderation import do, everywhere, page_of, told
from workshop.extensions import db
from workshop.models import Edit

WORDS = "They never called back."
SECRET = "Mrs Example on the third floor shouted at me."


@pytest.mark.shows("P20")
def test_an_edit_keeps_the_original_and_its_teller_may_refuse_it(app: Flask, people: People) -> None:
    """P20."""
    room, bea, story = told(app, people, SECRET)
    do(people, room, story, "edit", text="Somebody shouted at me.", why="No names.")
    assert "Mrs Example" in page_of(people, room, story).text
    mine = bea.see(f"words/{story}")
    for words in ("taken out: Mrs Example on the third floor", "put in: Somebody", "shouted at me.", "No names."):
        assert words in mine.text
    with app.app_context():
        [change] = db.session.execute(db.select(Edit)).scalars()
        assert (change.before, change.after) == (SECRET, "Somebody shouted at me.")
    bea.post(f"{room.path}/words/{story}/edits/{change.id}", answer="no")
    again = page_of(people, room, story)
    assert "The teller refused this change." in again.text
    assert again.fields("/edit")["text"] == SECRET


def test_an_empty_or_endless_edit_is_refused_with_the_text_kept(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people)
    assert do(people, room, story, "edit", text=" ").status == 422
    endless = do(people, room, story, "edit", text="x" * 10_001)
    assert endless.status == 422
    assert "1 characters too long" in endless.text
    assert endless.fields("/edit")["text"] == "x" * 10_001


@pytest.mark.shows("P19")
def test_words_that_changed_meanwhile_are_read_again_before_they_are_approved(app: Flask, people: People) -> None:
    """What was not read is not approved: bea corrects while ada reads."""
    room, bea, story = told(app, people)
    read = page_of(people, room, story)
    bea.send(bea.see(f"words/{story}/correct"), text="Dr Example never called back.")
    stale = people.ada.send(read, "/approve", recognisable="no")
    assert stale.status == 409
    assert "These words have changed" in stale.text
    assert "Dr Example never called back." in stale.text
    assert "Dr Example" not in everywhere(app, people, room)
    assert people.ada.send(read, "/edit", text="Mine").status == 409


def test_raising_the_level_meanwhile_is_read_again_too(app: Flask, people: People) -> None:
    room, bea, story = told(app, people, level=1)
    read = page_of(people, room, story)
    bea.post(f"{room.path}/words/{story}/level", level="3")
    assert people.ada.send(read, "/approve", recognisable="no").status == 409
    assert WORDS not in everywhere(app, people, room)
