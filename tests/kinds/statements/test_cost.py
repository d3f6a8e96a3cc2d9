"""A hall taps at once: an answer costs the same with three statements and with two hundred."""

import sqlalchemy as sa
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.people import Participant, People
from workshop.extensions import db


def queries_of_an_answer(app: Flask, phone: Participant, room: Room, key: str = "statements") -> tuple[int, int]:
    """How often the database is asked for the page, and for the answer."""
    said: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    phone.send(phone.ask(key), answer="1")  # what is kept at hand is at hand
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        page = phone.ask(key)
        for_page = len(said)
        assert phone.send(page, answer="1").status == 303
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return for_page, len(said) - for_page


def test_the_database_is_asked_as_often_for_many_as_for_few(app: Flask, people: People) -> None:
    asked = []
    for many in (3, 200):
        own = "\n".join(f"Line {n}" for n in range(many))
        statements = ("statements", {"items": own, "items_from": "cards"})
        room = build.workshop(app, people.organisation_id, "cards", statements)
        room.open("statements")
        asked.append(queries_of_an_answer(app, people.bea(room), room))
    assert asked[0] == asked[1]
    for_page, for_answer = asked[0]
    assert for_page <= 5
    assert for_answer <= 8, "three for who asks what, one for the revision, the rest to cast"
