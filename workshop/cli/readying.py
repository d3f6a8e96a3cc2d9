"""Making an installation ready to serve: its tables, its epoch, and the first time an example to try."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask

from workshop.activities import discover
from workshop.cli import nodes, tables
from workshop.cli.greeting import Ready
from workshop.cli.starting import address, note_address, opened
from workshop.commands import demo, files, keeping, packing, rotating, scrubbing, upkeep
from workshop.config import Refused, is_private
from workshop.extensions import db
from workshop.queries import upkeep as installation
from workshop.queries.backups import BEFORE_UPDATE


def make_ready(instance: Path, overrides: dict[str, Any], *, example: bool = False) -> Ready:
    """Everything done that must be done before the first request; the example the first time, or when it is wanted.

    Raises Refused.
    """
    with opened(instance, **overrides) as app, nodes.one_at_a_time():
        bring_tables_up_to_date(instance)
        upkeep.ensure_installation()
        nodes.refuse_another_key()
        nodes.refuse_a_bucket_that_keeps()
        upkeep.forget_failures()
        tidy_up(instance)
        if not example:
            note_address(instance, app.config["BASE_URL"])
        return _ready(app, make_example(app) if example or installation.is_untouched() else {})


def tidy_up(instance: Path) -> None:
    """The list of what was taken back is there from the first day; what a killed process left goes."""
    upkeep.add_lines(instance / upkeep.TOMBSTONES, "")
    files.sweep()
    scrubbing.shorten_log()
    with suppress(TimeoutError), keeping.alone(instance, wait=0):
        pass


def bring_tables_up_to_date(instance: Path) -> None:
    """Upgrade the database, after a backup of it was put aside."""
    before = tables.version()
    if before is not None and not tables.is_known(before):
        raise Refused("A newer Workshop has used this data. Install that version again, or restore a backup.")
    if before not in (None, tables.newest()) and db.engine.dialect.name == "sqlite":
        _put_a_copy_aside(instance)
    tables.upgrade()


def _put_a_copy_aside(instance: Path) -> None:
    try:
        rotating.run(instance, BEFORE_UPDATE, wait=600)
    except packing.NoRoom:
        raise Refused("The disk has no room for a backup before the update. Make room, then start again.") from None


def make_example(app: Flask) -> dict[str, str]:
    """The example organisation with its workshop; the links to it, and the code."""
    gives = {name: kind.gives for name, kind in discover().items()}
    links = demo.make_demo(app.config["LANGUAGES"][0], gives)
    return {
        "code": links.code,
        "sign_in": address(app, "accounts.open_link", token=links.sign_in),
        "join": address(app, "door.welcome", token=links.doors["lived"]),
        "screen": address(app, "screen.come_in", token=links.doors["screen"]),
    }


def _ready(app: Flask, links: dict[str, str]) -> Ready:
    base = app.config["BASE_URL"]
    reachable = app.config["HOST"] not in ("127.0.0.1", "::1", "localhost") and is_private(base)
    return Ready(base, app.config["PRACTICE"], reachable, **links)
