"""The list of what was taken back, replayed over an older copy: nobody finds their words again."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from workshop.extensions import open_beside


class OldList(Exception):
    """The list does not hold what the backup itself knows: it is older than the backup, or another installation's."""


def listed(path: Path) -> dict[str, str]:
    """Each id on the list, with the day on which it was taken back."""
    if not path.exists():
        return {}
    lines = [line.split() for line in path.read_text("ascii").splitlines()]
    return {line[1]: line[0] for line in lines if len(line) > 1}


def write_list(path: Path, buried: dict[str, str]) -> None:
    path.write_text("".join(f"{day} {gone}\n" for gone, day in buried.items()), "ascii")


def bury_again(database: Path, buried: dict[str, str]) -> None:
    """Erase from this SQLite file all that is on the list; a whole workshop, too, when its id is."""
    with closing(open_beside(str(database))) as connection:
        for pragma in ("journal_mode=MEMORY", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        _erase_all(connection, buried.items())
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def _erase_all(connection: Any, buried: Iterable[tuple[str, str]]) -> None:
    for gone, day in buried:
        one = (gone,)
        found = connection.execute("SELECT workshop_id FROM contribution WHERE id = ?", one).fetchone()
        for table in ("edit", "flag", "told", "decision", "objection", "seen", "medium"):
            connection.execute(f"DELETE FROM {table} WHERE contribution_id = ?", one)  # noqa: S608 - our own names
        for table in ("highlight", "confirmation"):
            connection.execute(f"DELETE FROM {table} WHERE contribution_id = ?", one)  # noqa: S608 - our own two names
        connection.execute("UPDATE theme SET name = '', quotes_id = NULL WHERE quotes_id = ?", one)
        connection.execute("UPDATE move SET name_before = '', quotes_id = NULL WHERE quotes_id = ?", one)
        connection.execute("DELETE FROM contribution WHERE id = ?", one)
        connection.execute("DELETE FROM workshop WHERE id = ?", one)
        row = (gone, found[0] if found else None, day)
        connection.execute("INSERT INTO tombstone VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)
