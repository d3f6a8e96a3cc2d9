"""How many times the database is asked while something happens."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from workshop.extensions import db


def queries_of(app: Flask, act: Callable[[], object]) -> int:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len([statement for statement in seen if statement.startswith("SELECT")])
