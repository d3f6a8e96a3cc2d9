"""The index by which words are found. The database itself keeps it in step, whoever writes, restores or erases.

SQLite: an FTS5 table beside the contributions, without words of its own; `secure-delete` takes a word out of it as
its contribution goes. PostgreSQL: an index on an expression, of which the statistics keep no samples. Letters, marks
and digits of every script count; accents of Latin letters do not.
"""

import sqlalchemy as sa

from workshop.extensions import Base

WORDS = "to_tsvector('simple', contribution.text || ' ' || coalesce(contribution.more ->> 'helped', ''))"
IN_POSTGRES = (
    "CREATE INDEX IF NOT EXISTS search_words ON contribution USING gin "
    "(to_tsvector('simple', text || ' ' || coalesce(more ->> 'helped', '')))",
    "ALTER INDEX search_words ALTER COLUMN 1 SET STATISTICS 0",
)
_SAID = "{0}.text || ' ' || coalesce(json_extract({0}.more, '$.helped'), '')"
_OUT = f"INSERT INTO search (search, rowid, words) VALUES ('delete', old.number, {_SAID.format('old')});"  # noqa: S608 - ours
_IN = f"INSERT INTO search (rowid, words) VALUES (new.number, {_SAID.format('new')});"  # noqa: S608 - ours
IN_SQLITE = (
    f"CREATE VIEW search_said AS SELECT number, {_SAID.format('contribution')} AS words FROM contribution",  # noqa: S608
    "CREATE VIRTUAL TABLE search USING fts5(words, content='search_said', content_rowid='number', "
    "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* M* Co'\")",
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search (search) VALUES ('rebuild')",
    f"CREATE TRIGGER search_given AFTER INSERT ON contribution BEGIN {_IN} END",
    f"CREATE TRIGGER search_gone AFTER DELETE ON contribution BEGIN {_OUT} END",
    f"CREATE TRIGGER search_changed AFTER UPDATE OF text, more ON contribution BEGIN {_OUT} {_IN} END",
)


def is_ours(name: str | None) -> bool:
    """Is this table or index part of it? Comparing tables with models leaves it out."""
    return bool(name and name.startswith("search"))


@sa.event.listens_for(Base.metadata, "after_create")
def lay_out(_tables: object, connection: sa.Connection, **_more: object) -> None:
    """Where tables are made at once, as in a copy, and not by changes."""
    for statement in IN_SQLITE if connection.dialect.name == "sqlite" else IN_POSTGRES:
        connection.exec_driver_sql(statement)
