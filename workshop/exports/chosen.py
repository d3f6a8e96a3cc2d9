"""Tables of choices and of who took part: single ballots for a recount, and people by side where they are enough."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext

from workshop.activities import Choosing, Column, Item, Table, kind_of
from workshop.consent import Viewer
from workshop.counting.sides import SIDES, People, may_split, presence
from workshop.exports.naming import name_of
from workshop.extensions import setting
from workshop.queries import exports, rooms

Row = tuple[Any, ...]


def ballots(workshop: Any, activity: Any, kind: Choosing, viewer: Viewer) -> Table:
    """One row a ballot, no person, no channel, in an order that says nothing; everybody can count again.

    The organiser's own list says the side where every cell is large enough. Where some cells are hidden and others
    are not, whole ballots would let the hidden ones be worked out: there each column is sorted by itself.
    """
    items = kind.on_the_ballot(activity)
    rows, voters, cells = _read(activity, kind, items)
    told = _told(voters, cells, kind.entitled(activity))
    columns = [Column(name_of(workshop.id, item.id), "integer", item.words) for item in items]
    if viewer is Viewer.ORGANISER_EXPORT and told == "everything":
        columns.insert(0, Column("side", "string", gettext("The side of who chose: lived, service or other.")))
    else:
        rows = [row[1:] for row in rows]
    if told == "some":
        rows = _each_column_sorted(rows)
    title = gettext("Ballots: %(title)s", title=activity.title)
    return Table(f"ballots_{activity.position}_{activity.kind}", title, columns, rows)


def _read(activity: Any, kind: Choosing, items: Sequence[Item]) -> tuple[list[Row], People, list[People]]:
    """In one pass: each ballot with its side in front, who voted, and who decided on each item, by side."""
    rows: list[Row] = []
    voters, decided = Counter[str](), {side: Counter[str]() for side in SIDES}
    ids = [item.id for item in items]
    for ballot in exports.each_ballot(activity.id):
        rows.append((ballot.side, *map(ballot.choices.get, ids)))
        voters[ballot.side] += 1
        decided[ballot.side].update(kind.decided(ballot.choices, items))
    cells = [People(*(decided[side][item] for side in SIDES)) for item in ids]
    return rows, People(*(voters[side] for side in SIDES)), cells


def _told(voters: People, cells: Sequence[People], entitled: People | None) -> str:
    """What is known by side of this choice, here or in the room: everything, some or nothing."""
    if not may_split(voters, setting("ROOM_CELL"), entitled):
        return "nothing"
    told = (may_split(each, setting("EXPORT_CELL"), entitled) for each in (voters, *cells))
    return "everything" if all(told) else "some"


def _each_column_sorted(rows: Sequence[Row]) -> list[Row]:
    columns = [sorted(column, key=lambda number: (number is None, number)) for column in zip(*rows, strict=True)]
    return list(zip(*columns, strict=True))


def participation(workshop: Any, agenda: Sequence[Any]) -> Table:
    """How many people took part, by side where they are enough, in steps, so that nobody can be worked out."""
    columns = [
        Column("activity", "integer", gettext("The activity on the agenda; empty for the whole workshop.")),
        Column("what", "string", gettext("present, gave something or chose.")),
        Column("people", "integer", gettext("People, all together.")),
        Column("sides_shown", "boolean", gettext("Are there enough people of each side to tell them apart?")),
        Column("lived_at_least", "integer", gettext("People with lived experience, at least so many.")),
        Column("service_at_least", "integer", gettext("People of the service, at least so many.")),
        Column("other_at_least", "integer", gettext("Other people, at least so many.")),
    ]
    here = People(**rooms.present(workshop.id))
    rows = [_crowd(None, "present", here, None), *_by_activity(workshop, agenda, here)]
    return Table("participation", gettext("Who took part"), columns, rows)


def _by_activity(workshop: Any, agenda: Sequence[Any], here: People) -> Iterator[Sequence[Any]]:
    tellers = exports.tellers(workshop.id)
    for activity in agenda:
        if activity.id in tellers:
            yield _crowd(activity.position, "gave", People(**tellers[activity.id]), here)
        kind = kind_of(activity)
        if isinstance(kind, Choosing) and activity.state == "closed":
            voters = People(**exports.voters(activity.id))
            yield _crowd(activity.position, "chose", voters, kind.entitled(activity) or here)


def _crowd(position: int | None, what: str, crowd: People, among: People | None) -> Sequence[Any]:
    shown = presence(crowd, setting("EXPORT_CELL"), among)
    return (position, what, shown.total, shown.shown, shown.lived, shown.service, shown.other)
