"""Open a saved workshop here: the same ids, new doors; over nothing, and nothing that was taken back."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
import sqlalchemy.exc

from workshop.commands import command, copies, files, keeping, recovery, running, saving, upkeep
from workshop.commands.burying import bury_again, listed
from workshop.commands.unpacking import unpack
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.keys import LENT
from workshop.models import Activity, Medium, Tombstone, User
from workshop.models.columns import now
from workshop.queries import rooms

NUMBERED = {"contribution": "number", "event": "id"}  # the order is kept, the numbers are given anew


class AlreadyThere(Exception):
    """This workshop, or something of it, is here already: nothing was changed."""


class Deleted(Exception):
    """It was deleted here, and what is deleted stays deleted. The day."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came in."""

    id: str
    title: str
    counts: Mapping[str, int]
    erased: int


@contextmanager
def unpacked(
    pack: Path, opens: list[Any], instance: Path, is_known: Callable[[str], bool]
) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The file's content in a folder of its own, and what it says about itself; wiped when the block ends."""
    place = instance / f"opening-{token_hex(8)}"
    place.mkdir(mode=0o700)
    try:
        yield place, unpack(pack, opens, place, saving.HOLDS, is_known)
    finally:
        for path in place.rglob("*"):
            if path.is_file():
                copies.wipe(path)
        shutil.rmtree(place, ignore_errors=True)


def take_in(place: Path, about: Mapping[str, Any], instance: Path, organisation_id: str, newer: Path | None) -> Opened:
    """Everything of the unpacked workshop becomes this installation's. Raises AlreadyThere or Deleted.

    `newer` is the list of the installation it came from: what was taken back there since the saving.
    """
    buried = {**_buried_here(), **listed(instance / upkeep.TOMBSTONES), **(listed(newer) if newer else {})}
    if about["id"] in buried:
        raise Deleted(buried[about["id"]])
    if rooms.workshop(about["id"]) is not None:
        raise AlreadyThere
    image = place / keeping.DATABASE
    before = about["counts"]["contribution"]
    bury_again(image, buried)
    names = _put_photos(place, image)
    try:
        counts = _write(image, about["id"], organisation_id, names)
    except BaseException as error:
        files.forget(names.values())
        if isinstance(error, sqlalchemy.exc.IntegrityError):
            raise AlreadyThere from error
        raise
    borrow(instance / LENT, json.loads((place / LENT).read_text("ascii")))
    return Opened(about["id"], about["title"], counts, before - counts["contribution"])


def _buried_here() -> dict[str, str]:
    return {row.id: row.taken_back_on for row in db.session.execute(sa.select(Tombstone.id, Tombstone.taken_back_on))}


def _put_photos(place: Path, image: Path) -> dict[str, str]:
    """Each photo under a new name in this installation's store; none of a taken-back story."""
    store, names = files.store(), {}
    with copies.image(image) as opened:
        rows = opened.execute(sa.text(files.EVERY_NAME)).scalars().all()
    for name in rows:
        names[name] = store.put((place / keeping.MEDIA / name).read_bytes()).name
    return names


@command
def _write(image: Path, workshop_id: str, organisation_id: str, photos: Mapping[str, str]) -> dict[str, int]:
    """One commit: all of it or nothing."""
    changes = _Changes(organisation_id, photos)
    counts = {}
    with copies.image(image) as source:
        changes.meet_accounts(source)
        for table in saving.carried():
            counts[table.name] = _insert(source, table, workshop_id, changes)
        for row in source.execute(saving.rows_of(saving.table("tombstone"), workshop_id)):
            upkeep.note_tombstone(row.id, row.taken_back_on)
    running.new_doors(workshop_id)
    _go_on_counting(workshop_id)
    announce(workshop_id, "opened_saved")
    audit("open saved workshop", user_id=None, organisation_id=organisation_id, thing=workshop_id)
    return {name: counts[name] for name in keeping.COUNTED}


def _insert(source: sa.Connection, table: sa.Table, workshop_id: str, changes: "_Changes") -> int:
    target, number = db.session.connection(), 0
    for part in source.execute(saving.rows_of(table, workshop_id)).mappings().partitions(copies.AT_ONCE):
        target.execute(sa.insert(table), [changes.apply(table.name, dict(row)) for row in part])
        number += len(part)
    return number


class _Changes:
    """What is different here: the organisation, names of files, numbers, and accounts that this house never had."""

    def __init__(self, organisation_id: str, photos: Mapping[str, str]) -> None:
        self.organisation_id, self.photos = organisation_id, photos
        self.known = set(db.session.execute(sa.select(User.id)).scalars())

    def meet_accounts(self, source: sa.Connection) -> None:
        """Who read raw words stays counted on the tellers' receipts: an account without name, address or access."""
        read = source.execute(sa.text("SELECT DISTINCT user_id FROM seen")).scalars().all()
        for user_id in set(read) - self.known:
            db.session.add(User(id=user_id, email=f"{user_id}@before.invalid", name="", active=False))
        db.session.flush()
        self.known |= set(read)

    def apply(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        row.pop(NUMBERED.get(table, ""), None)
        if "by_user_id" in row and row["by_user_id"] not in self.known:
            row["by_user_id"] = None
        if table == "workshop":
            row.update(organisation_id=self.organisation_id, example=False)
        for name in ("file", "small_file"):
            if row.get(name):
                row[name] = self.photos[row[name]]
        return row


def _go_on_counting(workshop_id: str) -> None:
    """A choice that was waiting for late ballots is counted now; recordings that had arrived are rebuilt."""
    waiting = sa.select(Activity.id).where(Activity.workshop_id == workshop_id, Activity.state == "grace")
    for activity_id in db.session.execute(waiting).scalars().all():
        upkeep.later("count", now(), activity=activity_id, workshop=workshop_id)
    whole = sa.select(Medium.id).where(Medium.workshop_id == workshop_id, Medium.state == "waiting")
    for medium_id in db.session.execute(whole).scalars().all():
        upkeep.later("rebuild", now(), medium=medium_id)


def borrow(path: Path, lent: Mapping[str, Any]) -> None:
    """Receipts of this workshop are recognised from now on, in every process, without a restart."""
    known = json.loads(path.read_text("ascii")) if path.exists() else {}
    for purpose in saving.SEALED:
        known[purpose] = list(dict.fromkeys([*known.get(purpose, []), *lent[purpose]]))
    known["name"] = {**known.get("name", {}), **lent["name"]}
    recovery.write_private(path, json.dumps(known, indent=1))
