"""What every subcommand begins with: the installation it is about, and a way to give up in plain words."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask

from workshop import create_app
from workshop.config import instance_folder
from workshop.extensions import db

SETTINGS: dict[str, Any] = {}  # what stood before the subcommand: --instance


def instance() -> Path:
    """The folder of the installation that this call is about."""
    return Path(SETTINGS.get("instance") or instance_folder()).resolve()


@contextmanager
def opened(place: Path | None = None, **settings: Any) -> Iterator[Flask]:
    """The installation, to work in it; closed again at the end. Raises config.Refused."""
    made = create_app(place or instance(), **settings)
    with made.app_context():
        try:
            yield made
        finally:
            db.session.remove()
            db.engine.dispose()


def address(made: Flask, page: str, **values: str) -> str:
    """The whole address of a page, as people open it."""
    path = made.url_map.bind("localhost").build(page, values)
    return f"{made.config['BASE_URL']}{path}"


def fail(words: str, code: int = 1) -> NoReturn:
    """Say what is wrong and what to do, and end."""
    click.echo(words, err=True)
    sys.exit(code)
