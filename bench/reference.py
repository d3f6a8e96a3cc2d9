"""What the framework does bare, for comparison: a page of cards, an insert with its commit, a hello. Nothing more."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from workshop.extensions import PRAGMAS, sqlite

CARDS, TEXT = 50, "People wait for weeks and nobody tells them why. A text message would do."
ROOM = "0" * 32

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cards</title></head>
<body><main><h1>Cards</h1>
<form method="post"><label for="text">Your words</label><textarea id="text" name="text"></textarea>
<button>Send</button></form>
<div class="wall">{% for card in cards %}<article class="card {{ card.side }}">
<p lang="{{ card.language }}">{{ card.text }}</p><p class="who"><span class="mark"></span>{{ card.role }}</p>
</article>{% endfor %}</div>
</main></body></html>
"""


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Card(db.Model):  # type: ignore[misc,name-defined]
    number: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(sa.String(32))
    state: Mapped[str] = mapped_column(sa.String(12))
    side: Mapped[str] = mapped_column(sa.String(12))
    role: Mapped[str] = mapped_column(sa.String(60))
    language: Mapped[str] = mapped_column(sa.String(12))
    text: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (sa.Index("ix_card_room", "room", "state", "number"),)


class Choice(db.Model):  # type: ignore[misc,name-defined]
    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(sa.String(32))
    item: Mapped[str] = mapped_column(sa.String(32))
    value: Mapped[int]


def create_reference(folder: Path) -> Flask:
    """The bare app, with its own database opened as durably as ours."""
    app = Flask("reference")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'reference.sqlite'}"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"module": sqlite, "connect_args": {"timeout": 4.0}, "pool_size": 12}
    app.jinja_loader = DictLoader({"cards.html": PAGE})  # compiled once, as files are
    db.init_app(app)
    with app.app_context():
        sa.event.listen(db.engine, "connect", _durable)
        db.create_all()
        db.engine.dispose()  # nothing open is handed to the server's processes
    app.add_url_rule("/hello", view_func=hello)
    app.add_url_rule("/cards", view_func=cards)
    app.add_url_rule("/choose", view_func=choose, methods=["POST"])
    return app


def fill(app: Flask) -> None:
    """The cards of the page, among as many of another room."""
    with app.app_context():
        for number in range(CARDS):
            for room in (ROOM, "1" * 32):
                words = {"text": f"{TEXT} {number}", "side": "lived", "role": "Service user", "language": "en"}
                db.session.add(Card(room=room, state="shown", **words))
        db.session.commit()


def hello() -> ResponseReturnValue:
    return jsonify(hello="world")


def cards() -> ResponseReturnValue:
    query = sa.select(Card).where(Card.room == ROOM, Card.state == "shown").order_by(Card.number.desc()).limit(CARDS)
    return render_template("cards.html", cards=db.session.execute(query).scalars().all())


def choose() -> ResponseReturnValue:
    db.session.add(Choice(room=ROOM, item=request.form["item"], value=int(request.form["value"])))
    db.session.commit()
    return "", 204


def _durable(connection: Any, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
