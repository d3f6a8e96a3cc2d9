"""Bring a database to the newest table shapes, the way an installation does."""

from flask import Flask

from workshop.cli import tables


def upgrade(app: Flask) -> None:
    with app.app_context():
        tables.upgrade()
