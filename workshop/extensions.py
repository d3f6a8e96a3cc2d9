"""One instance each: database, forms' tokens, accounts, languages; and how SQLite is opened."""

import hashlib
import json
import socket
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase

from workshop.keys import Keys

try:
    import pysqlite3 as sqlite
except ImportError:  # where no wheel exists, the interpreter's own; the version check below decides
    import sqlite3 as sqlite

_JSON = json.JSONDecoder()
# The database does not answer, has no room, or had no connection left: a reason to come again, not to give up.
UNREACHABLE = (
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    sa.exc.InternalError,
    sa.exc.TimeoutError,
)
SAFE_SQLITE = (3, 51, 3)  # older ones can lose or corrupt commits in WAL mode

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": False})
csrf = CSRFProtect()
login_manager = LoginManager()
babel = Babel()
keys = Keys()


def init_app(app: Flask) -> None:
    """Bind every extension to the app and open the database the durable way."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    on_sqlite = is_sqlite(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = (sqlite_options if on_sqlite else postgres_options)(app.config)
    keys.init_app(app)
    db.init_app(app)
    csrf.init_app(app)
    login_manager.init_app(app, add_context_processor=False)  # a page asks who is signed in only where it shows it
    with app.app_context():
        (open_durably if on_sqlite else open_for_several)(db.engine, app.config["WRITE_WAIT"])


def setting(name: str) -> Any:
    """A setting of this installation; see config.py."""
    return current_app.config[name]


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def sqlite_options(config: dict[str, Any]) -> dict[str, Any]:
    return {
        "module": sqlite,
        "connect_args": {"timeout": config["WRITE_WAIT"], "check_same_thread": False},
        "pool_size": config["THREADS"] + config["MEDIA_THREADS"] + 2,
        "max_overflow": 20,
        "json_deserializer": decoded,
    }


def postgres_options(config: dict[str, Any]) -> dict[str, Any]:
    """A connection for each thread, and few more: all nodes share what the server allows.

    A connection that died while nobody used it is found out before it is handed out, one to a machine that is gone
    within half a minute. What the address itself says wins.
    """
    said = sa.make_url(config["DATABASE_URL"]).query
    return {
        "pool_pre_ping": True,
        "pool_size": config["THREADS"] + config["MEDIA_THREADS"] + 4,
        "max_overflow": 2,
        "pool_timeout": config["WRITE_WAIT"],
        "connect_args": {name: value for name, value in _line(config).items() if name not in said},
    }


def _line(config: dict[str, Any]) -> dict[str, Any]:
    """How we connect, and the name by which `workshop check` counts the nodes."""
    place = f"{socket.gethostname()} {config['INSTANCE']}"
    return {**LINE, "application_name": f"workshop {hashlib.sha256(place.encode()).hexdigest()[:12]}"}


def decoded(text: str) -> Any:
    """JSON that we wrote, with nothing around it: half the time of `json.loads`, which looks for blanks first."""
    return _JSON.raw_decode(text)[0]


def open_for_several(engine: sa.Engine, wait: float) -> None:
    """What every connection to PostgreSQL begins with: durable commits whatever its server is set to, and no wait
    for a lock that is longer than ours."""

    @sa.event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        connection.autocommit = True  # these settings are the connection's, not a transaction's
        cursor = connection.cursor()
        cursor.execute(f"SELECT set_config('lock_timeout', '{round(wait * 1000)}', false), {DURABLY}")
        cursor.close()
        connection.autocommit = False


def open_durably(engine: sa.Engine, _wait: float = 0) -> None:
    """FULL on every connection: a 2xx leaves only after a durable commit. Transactions begin by our word alone."""
    if sqlite.sqlite_version_info < SAFE_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} can lose commits. Install pysqlite3 0.6.1 or newer.")

    @sa.event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    # By the dialect and not by an event: one event on an engine makes SQLAlchemy look for all of them, each time.
    engine.dialect.do_begin = _begin_to_read  # type: ignore[method-assign,assignment]


def _begin_to_read(connection: Any) -> None:
    connection.execute("BEGIN")


class Prepared:
    """A query of pages that a whole hall asks for at once: compiled once, and asked beside the session.

    A third of what a ballot cost went into the session's way: a transaction, a statement, a result, its rows.
    """

    def __init__(self, query: sa.Select[*tuple[Any, ...]]) -> None:
        self.query = query
        self.compiled: dict[str, tuple[Any, list[Any]]] = {}

    def first(self, **values: Any) -> list[Any] | None:
        """The columns of the first row as Python's values, or None. Raises what SQLAlchemy would."""
        engine = db.engine
        dialect = engine.dialect
        compiled, readers = self.compiled.get(dialect.name) or self._compile(dialect)
        given = compiled.construct_params(values)
        words = [given[name] for name in compiled.positiontup] if compiled.positional else given
        try:
            with closing(engine.raw_connection()) as pooled:
                row = _driver(pooled).execute(compiled.string, words).fetchone()
        except dialect.loaded_dbapi.Error as error:
            raise _as_sqlalchemy_says(error, compiled.string, dialect) from error
        if row is None:
            return None
        return [read(cell) if read else cell for read, cell in zip(readers, row, strict=True)]

    def _compile(self, dialect: sa.Dialect) -> tuple[Any, list[Any]]:
        types = [column.type.dialect_impl(dialect) for column in self.query.selected_columns]
        readers = [each.result_processor(dialect, None) for each in types]
        compiled = self.compiled[dialect.name] = self.query.compile(dialect=dialect), readers
        return compiled


def _driver(pooled: sa.PoolProxiedConnection) -> Any:
    return pooled.dbapi_connection


def _as_sqlalchemy_says(error: Exception, asked: str, dialect: sa.Dialect) -> BaseException:
    return sa.exc.DBAPIError.instance(asked, None, error, dialect.loaded_dbapi.Error, dialect=dialect)


def begin_to_write(connection: sa.Connection) -> None:
    """The first word of a transaction that writes: on SQLite, which has one pen, it is ours from here on."""
    if connection.dialect.name == "sqlite":
        _driver(connection.connection).execute("COMMIT")  # of nothing: it had begun as a reading
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def open_beside(path: str, timeout: float = 10.0) -> Any:
    """A connection to an SQLite file beside the pool: to watch it, to copy it, to restore it."""
    return sqlite.connect(path, isolation_level=None, timeout=timeout)


def engine_beside(path: str) -> sa.Engine:
    """An engine on an SQLite file beside the app's own database: to fill it, or to read it by the models."""
    return sa.create_engine(f"sqlite:///{path}", module=sqlite, poolclass=sa.NullPool)


# How soon a line to PostgreSQL counts as cut, in the words of its own library.
LINE = {
    "connect_timeout": 4,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
# And in its server's: a node that lost its power lets go of its locks. Weaker than `local` is not durable.
DURABLY = """
    set_config('tcp_keepalives_idle', '10', false),
    set_config('tcp_keepalives_interval', '5', false),
    set_config('tcp_keepalives_count', '3', false),
    set_config('synchronous_commit', CASE current_setting('synchronous_commit')
        WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
"""

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "busy_timeout=4000",
    "journal_size_limit=16777216",  # after a long reader the log is cut again, and does not stay as large as it got
)
