"""Several machines on one database: what must be the same on all of them, and what `workshop check` says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa

from workshop.commands import files, nodes
from workshop.config import Refused
from workshop.extensions import db, setting
from workshop.keys import LENT
from workshop.media import BucketStore, KeepsVersions, Unreachable

Finding = tuple[bool, str]
AWAY = "Photos: the bucket"
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
KEEPS = (
    ("SELECT current_setting('wal_recycle') = 'on'", "Set wal_recycle = off."),
    ("SELECT NOT has_function_privilege('pg_switch_wal()', 'execute')", "GRANT EXECUTE ON FUNCTION pg_switch_wal()."),
    ("SELECT NOT pg_has_role('pg_checkpoint', 'usage')", "GRANT pg_checkpoint."),
)
READYING = 7202025  # the number of the lock under which a node makes the database ready
_NAMES = sa.text(
    "SELECT DISTINCT application_name FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE :ours"
)
ANOTHER_KEY = """The database was made with another SECRET_KEY: receipts, codes and sign-ins would not open here.
Give this node the key of the others: copy their secret.key into its instance folder, or set SECRET_KEY on all of them.
If the key is lost for good, docs/operating.md says what then."""
KEEPS_VERSIONS = "The bucket {} keeps old versions: what people take back would stay in it. Switch versioning off."


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Nodes that start in the same second make the tables, and the example, once."""
    if not nodes.may_be_several():
        yield
        return
    with db.engine.connect() as connection, connection.begin():
        connection.execute(sa.text("SET LOCAL lock_timeout = '120s'"))
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(READYING)))
        yield


def refuse_another_key() -> None:
    """A node with a key of its own would seal what no other node recognises. Raises Refused."""
    if nodes.may_be_several() and not nodes.has_our_key():
        raise Refused(ANOTHER_KEY)


def refuse_a_bucket_that_keeps() -> None:
    """Raises Refused; a bucket that is away just now stops nobody from giving words."""
    well, words = photos()
    if not well and not words.startswith(AWAY):
        raise Refused(words)
    if not well:
        click.echo(words, err=True)


def photos() -> Finding:
    """Where they lie, and whether one could be put there and taken away now."""
    store = files.store()
    if not isinstance(store, BucketStore):
        return True, f"Photos: in the folder {Path(setting('INSTANCE')) / 'media'}."
    try:
        store.probe()
    except KeepsVersions:
        return False, KEEPS_VERSIONS.format(store.place.bucket)
    except Unreachable as error:
        return False, f"{AWAY} {store.place.bucket} takes none now ({error})."
    return True, f"Photos: one was put into the bucket {store.place.bucket} and taken out again."


def durable() -> Finding:
    """Does «safe» mean safe? SQLite is opened so by ourselves; a server has settings of its own."""
    if not nodes.may_be_several():
        return True, "Durable: every word is on the disk before the phone says so."
    with db.engine.connect() as connection:
        off = [name for name in MUST_BE_ON if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off"]
    if off:
        return False, f"Durable: the database server has {' and '.join(off)} off: a power cut loses words."
    return True, "Durable: the database server writes every word through before the phone says so."


def forgets() -> Finding:
    """Does the log of the database let go of what was erased? SQLite's is emptied by ourselves."""
    if not nodes.may_be_several():
        return True, "Erasing: what is taken back is off the disk within a minute."
    with db.engine.connect() as connection:
        kept = [words for query, words in KEEPS if connection.exec_driver_sql(query).scalar_one()]
    if kept:
        return False, f"Erasing: what is taken back stays in the database's log for a while. {' '.join(kept)}"
    return True, "Erasing: what is taken back is out of the database's files and log within a minute."


def others() -> Finding:
    """What a second machine would miss, or misses."""
    if not nodes.may_be_several():
        return True, "Nodes: one, for SQLite is one machine's."
    missing = [words for lacks, words in NEEDED if lacks()]
    count = len(_connected())
    if not missing:
        return True, f"Nodes: {max(count, 1)} at this database now. Nothing stands in the way of another one."
    return count < 2, f"Nodes: {max(count, 1)} at this database now. For more than one: {' '.join(missing)}"


def _connected() -> set[str]:
    """The nodes whose processes are connected; this command, on a node of its own, is one of them."""
    with db.engine.connect() as connection:
        return {str(name) for name in connection.execute(_NAMES, {"ours": "workshop %"}).scalars()}


def _keeps_photos_here() -> bool:
    return not setting("S3_BUCKET") and not (Path(setting("INSTANCE")) / "media").is_symlink()


def _keeps_backups_here() -> bool:
    return bool(setting("BACKUP_MINUTES") and not setting("BACKUP_FOLDER"))


def _has_lent_keys() -> bool:
    return (Path(setting("INSTANCE")) / LENT).exists()


NEEDED = (
    (
        _keeps_photos_here,
        "Photos lie in a folder of this machine; set S3_BUCKET, or make media a link to a folder that all share.",
    ),
    (
        _keeps_backups_here,
        "Backups lie on this machine; set BACKUP_FOLDER to a folder that all share, or BACKUP_MINUTES to 0 elsewhere.",
    ),
    (
        _has_lent_keys,
        f"A workshop from elsewhere was opened here; copy {LENT} to the other nodes, or its receipts open here alone.",
    ),
)
