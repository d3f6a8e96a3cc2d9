"""Search: the index by which words are found.

A later change that makes `contribution` anew on SQLite must make the three triggers anew as well.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IN_POSTGRES = (
    "CREATE INDEX search_words ON contribution USING gin "
    "(to_tsvector('simple', text || ' ' || coalesce(more ->> 'helped', '')))",
    "ALTER INDEX search_words ALTER COLUMN 1 SET STATISTICS 0",
)
OLD = "old.text || ' ' || coalesce(json_extract(old.more, '$.helped'), '')"
NEW = "new.text || ' ' || coalesce(json_extract(new.more, '$.helped'), '')"
SAID = "contribution.text || ' ' || coalesce(json_extract(contribution.more, '$.helped'), '')"
TAKE_OUT = f"INSERT INTO search (search, rowid, words) VALUES ('delete', old.number, {OLD});"  # noqa: S608 - ours
PUT_IN = f"INSERT INTO search (rowid, words) VALUES (new.number, {NEW});"  # noqa: S608 - ours
IN_SQLITE = (
    f"CREATE VIEW search_said AS SELECT number, {SAID} AS words FROM contribution",  # noqa: S608 - ours
    "CREATE VIRTUAL TABLE search USING fts5(words, content='search_said', content_rowid='number', "
    "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* M* Co'\")",
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search (search) VALUES ('rebuild')",
    f"CREATE TRIGGER search_given AFTER INSERT ON contribution BEGIN {PUT_IN} END",
    f"CREATE TRIGGER search_gone AFTER DELETE ON contribution BEGIN {TAKE_OUT} END",
    f"CREATE TRIGGER search_changed AFTER UPDATE OF text, more ON contribution BEGIN {TAKE_OUT} {PUT_IN} END",
)


def upgrade() -> None:
    for statement in IN_SQLITE if op.get_bind().dialect.name == "sqlite" else IN_POSTGRES:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("search_given", "search_gone", "search_changed"):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE search")
        op.execute("DROP VIEW search_said")
    else:
        op.execute("DROP INDEX search_words")
