"""Tables of choices and of who took part: single ballots for a recount, and people by side where they are enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext

from workshop.activities import BallotList, Choosing, Column, Table, kind_of
from workshop.consent import Viewer
from workshop.counting.asked import Asked, Telling, asked_alone
from workshop.counting.fingerprint import fingerprint
from workshop.counting.parts import limit
from workshop.counting.sides import SIDES, People, may_split
from workshop.exports.naming import name_of
from workshop.extensions import setting
from workshop.queries import exports, rooms

Row = tuple[Any, ...]


def ballots(workshop: Any, activity: Any, kind: Choosing, viewer: Viewer) -> Iterator[Table]:
    """One row a ballot, no person, no channel, in an order that says nothing; everybody can count again.

    The organiser's own list says the side where every cell is large enough. Where some cells are hidden and others
    are not, whole ballots would let the hidden ones be worked out: there each column is sorted by itself.
    Where one side alone was asked, every ballot says its side: there are none unless all numbers of it may be told.
    Where a kind parts its ballots, each part is a list of its own order; one of a few people is none (see `parts`).
    """
    for held in _lists(activity, kind):
        if (told := _told(held, kind.asked(activity), viewer)) != "no ballots":
            yield _table(workshop, activity, viewer, held, told)


def _table(workshop: Any, activity: Any, viewer: Viewer, held: Held, told: str) -> Table:
    rows: Sequence[Row] = held.rows
    columns = [Column(name_of(workshop.id, item.id), "integer", item.words) for item in held.of.items]
    if viewer is Viewer.ORGANISER_EXPORT and told == "everything":
        columns.insert(0, Column("side", "string", gettext("The side of who chose: lived, service or other.")))
    else:
        rows = [row[1:] for row in rows]
    if told == "some":
        rows = _each_column_sorted(rows)
    return Table(held.name, gettext("Ballots: %(title)s", title=held.title), columns, rows)


@dataclass(frozen=True, slots=True)
class Held:
    """The ballots of one list: each with its side in front, who voted, who decided on each item; `parts` are the
    voters of every list where the ballots of one choice are parted into several."""

    of: BallotList
    activity: Any
    rows: Sequence[Row]
    voters: People
    cells: Sequence[People]
    parts: Sequence[People] = ()

    @property
    def name(self) -> str:
        name = f"ballots_{self.activity.position}_{self.activity.kind}"
        return f"{name}_{self.of.key}" if self.of.key else name

    @property
    def title(self) -> str:
        return f"{self.activity.title}, {self.of.title}" if self.of.key else str(self.activity.title)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A list of whole ballots that everybody may have: its table, how many there are, and its fingerprint."""

    table: str
    ballots: int
    sha256: str


def sealed(activity: Any, kind: Choosing) -> list[Sealed]:
    """The fingerprint of each list of a counted choice, unless its whole ballots may not be published.

    Proof that it gives no few away. It is made without sides of exactly the rows that `ballots` gives to readers of
    every kind, where it gives whole ballots to all of them: everybody was asked, and by side either every cell may be
    told or none is ever told, here or in the room. It is a function of that list, so it adds nothing to it. Where some
    cells are hidden, or one side alone was asked, the list for others has each column sorted by itself: of the whole
    one there is no fingerprint, for the few could be found by trying. Whether there is one says no more than the
    table itself does, which has whole ballots or sorted columns for everybody to see.
    """
    asked = kind.asked(activity)
    if asked.side:
        return []
    lists = [held for held in _lists(activity, kind) if held.rows and _told(held, asked, Viewer.REPORT) != "some"]
    return [Sealed(held.name, len(held.rows), fingerprint(row[1:] for row in held.rows)) for held in lists]


def fingerprints(agenda: Sequence[Any]) -> Table:
    """One row for each list of whole ballots, so that nobody changes a ballot unseen."""
    columns = [
        Column("activity", "integer", gettext("The activity on the agenda.")),
        Column("table", "string", gettext("The table with these ballots.")),
        Column("ballots", "integer", gettext("How many ballots the list has.")),
        Column("sha256", "string", gettext("SHA-256 of the list, in order of its lines, without side.")),
    ]
    return Table("fingerprints", gettext("Fingerprints of the ballots"), columns, list(_sealed_rows(agenda)))


def _sealed_rows(agenda: Sequence[Any]) -> Iterator[Row]:
    for activity in agenda:
        kind = kind_of(activity)
        if isinstance(kind, Choosing) and activity.state == "closed":
            yield from ((activity.position, each.table, each.ballots, each.sha256) for each in sealed(activity, kind))


def _lists(activity: Any, kind: Choosing) -> list[Held]:
    """All lists that may be given at all: a part of everybody's ballots needs people enough to be one."""
    held = [_read(activity, kind, of) for of in kind.ballot_lists(activity, kind.on_the_ballot(activity))]
    if not held:
        return []  # no ballot of this kind leaves the house
    parts = [each.voters for each in held if each.of.key]
    rest = held[0].voters.without(parts)
    return [
        replace(each, parts=[*parts, rest]) if each.of.key else each
        for each in held
        if not each.of.key or len(each.rows) >= setting("EXPORT_CELL")
    ]


def _read(activity: Any, kind: Choosing, of: BallotList) -> Held:
    """In one pass over the ballots."""
    rows: list[Row] = []
    items = of.items
    voters, decided = Counter[str](), {side: Counter[str]() for side in SIDES}
    ids = [item.id for item in items]
    for ballot in (each for each in exports.each_ballot(activity.id) if of.holds(each.choices)):
        rows.append((ballot.side, *map(ballot.choices.get, ids)))
        voters[ballot.side] += 1
        decided[ballot.side].update(kind.decided(ballot.choices, items))
    cells = [People(*(decided[side][item] for side in SIDES)) for item in ids]
    return Held(of, activity, rows, People(*(voters[side] for side in SIDES)), cells)


def _told(held: Held, asked: Asked, viewer: Viewer) -> str:
    """What is known by side of this list, here or in the room: everything, some or nothing."""
    room, export = (limit(held.parts, setting(name), asked) for name in ("ROOM_CELL", "EXPORT_CELL"))
    if asked.side:
        return _told_of_one_side([held.voters, *held.cells], asked, viewer, export)
    if not may_split(held.voters, room, asked.present):
        return "nothing"
    told = (may_split(each, export, asked.present) for each in (held.voters, *held.cells))
    return "everything" if all(told) else "some"


def _told_of_one_side(cells: Sequence[People], asked: Asked, viewer: Viewer, cell: int) -> str:
    if any(asked.telling(each, cell) is not Telling.NUMBERS for each in cells):
        return "no ballots"
    return "everything" if viewer is Viewer.ORGANISER_EXPORT else "some"


def _each_column_sorted(rows: Sequence[Row]) -> list[Row]:
    columns = [sorted(column, key=lambda number: (number is None, number)) for column in zip(*rows, strict=True)]
    return list(zip(*columns, strict=True))


def participation(workshop: Any, agenda: Sequence[Any]) -> Table:
    """How many people took part, by side where they are enough, in steps, so that nobody can be worked out."""
    columns = [
        Column("activity", "integer", gettext("The activity on the agenda; empty for the whole workshop.")),
        Column("what", "string", gettext("present, gave something or chose.")),
        Column("people", "integer", gettext("People, all together; empty if they are a few of the one side asked.")),
        Column("sides_shown", "boolean", gettext("Are there enough people of each side to tell them apart?")),
        Column("lived_at_least", "integer", gettext("People with lived experience, at least so many.")),
        Column("service_at_least", "integer", gettext("People of the service, at least so many.")),
        Column("other_at_least", "integer", gettext("Other people, at least so many.")),
    ]
    here = People(**rooms.present(workshop.id))
    rows = [_crowd(None, "present", here, Asked()), *_by_activity(workshop, agenda, here)]
    return Table("participation", gettext("Who took part"), columns, rows)


def _by_activity(workshop: Any, agenda: Sequence[Any], here: People) -> Iterator[Sequence[Any]]:
    tellers = exports.tellers(workshop.id)
    for activity in agenda:
        kind, side = kind_of(activity), asked_alone(activity.who)
        if activity.id in tellers:
            yield _crowd(activity.position, "gave", People(**tellers[activity.id]), Asked(side, here))
        if isinstance(kind, Choosing) and activity.state == "closed":
            voters = People(**exports.voters(activity.id))
            yield _crowd(activity.position, "chose", voters, Asked(side, kind.asked(activity).present or here))


def _crowd(position: int | None, what: str, crowd: People, asked: Asked) -> Sequence[Any]:
    shown = asked.crowd(crowd, setting("EXPORT_CELL"))
    return (position, what, shown.total, shown.shown, shown.lived, shown.service, shown.other)
