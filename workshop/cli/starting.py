"""What every subcommand begins with: the installation it is about, and a way to give up in plain words."""

import os
import shutil
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

LAST_ADDRESS = "address.txt"
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
    return f"{base(made)}{path}"


def base(made: Flask) -> str:
    """Where people find the app: as the app said when it last started here, unless the keyboard says otherwise."""
    noted = instance() / LAST_ADDRESS
    if "WORKSHOP_BASE_URL" in os.environ or not noted.exists():
        return str(made.config["BASE_URL"])
    return noted.read_text("utf-8").strip()


def note_address(place: Path, address: str) -> None:
    """PORT and HOST may stand only where the app was started; links made in another window need them too."""
    (place / LAST_ADDRESS).write_text(f"{address}\n", "utf-8")


def program() -> str:
    """How to type this command here: by its name, or by its place when the shell does not know the name."""
    own = Path(sys.argv[0])
    if shutil.which("workshop") or own.name != "workshop":
        return "workshop"
    here = Path.cwd()
    return str(own.relative_to(here) if own.is_relative_to(here) else own)


def fail(words: str, code: int = 1) -> NoReturn:
    """Say what is wrong and what to do, and end."""
    click.echo(words, err=True)
    sys.exit(code)
