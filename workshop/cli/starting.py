"""What every subcommand begins with: the installation it is about, and a way to give up in plain words."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask

from workshop import create_app
from workshop.config import instance_folder

SETTINGS: dict[str, Any] = {}  # what stood before the subcommand: --instance


def instance() -> Path:
    """The folder of the installation that this call is about."""
    return Path(SETTINGS.get("instance") or instance_folder()).resolve()


def app(**settings: Any) -> Flask:
    """The installation as an app. Raises config.Refused."""
    return create_app(instance(), **settings)


def fail(words: str, code: int = 1) -> NoReturn:
    """Say what is wrong and what to do, and end."""
    click.echo(words, err=True)
    sys.exit(code)
