"""Writes: the only commit. A command adds rows and events; when the outermost one ends, all of it is durable."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import sqlalchemy.exc
from flask_sqlalchemy.session import Session

from workshop.commands.turns import Turns
from workshop.extensions import db

P = ParamSpec("P")
R = TypeVar("R")
_turns: dict[str, Turns] = {}


class CannotSave(Exception):
    """The database is locked, full or broken: nothing was written, and people keep their words."""


class Busy(CannotSave):
    """Too many writers: this one's turn did not come in time."""


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function a command: it writes inside one transaction and never commits by itself."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if db.session.info.get("writing"):
            return function(*args, **kwargs)
        with writing():
            return function(*args, **kwargs)

    return run


def afterwards(act: Callable[[], object]) -> None:
    """Do this once the change is durable, and never if it is not: files to delete, logs to shorten."""
    db.session.info.setdefault("afterwards", []).append(act)


@contextmanager
def writing() -> Iterator[None]:
    """One writer at a time; everything inside is committed together or not at all."""
    session = db.session()
    session.rollback()  # what was read before our turn may be old
    with _turn(session), _transaction(session):
        yield
    for act in session.info.pop("afterwards", []):
        act()


@contextmanager
def _transaction(session: Session) -> Iterator[None]:
    session.info.update(writing=True, afterwards=[])
    try:
        session.connection(execution_options={"writes": True})
        yield
        session.commit()
    except sqlalchemy.exc.OperationalError as error:
        session.rollback()
        raise CannotSave(str(error.orig)) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


@contextmanager
def _turn(session: Session) -> Iterator[None]:
    """SQLite has one writer and no queue; we bring the queue. Other databases queue by themselves."""
    url = session.get_bind().engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    turns = _turns.setdefault(url.database, Turns(Path(url.database)))
    try:
        with turns.mine(session.info.get("wait", 4.0)):
            yield
    except TimeoutError as error:
        raise Busy("other writers were before us") from error
