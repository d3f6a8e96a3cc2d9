"""Tables of choices and of who took part: single ballots for a recount, and people by side where they are enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.activities import Choosing, Column, Item, Table, kind_of
from workshop.consent import Viewer
from workshop.counting.sides import People, may_split, people, presence
from workshop.exports.naming import name_of
from workshop.extensions import setting
from workshop.queries import choices, exports, rooms


def ballots(workshop: Any, activity: Any, viewer: Viewer) -> Table:
    """One row a ballot, no person, no channel, in an order that says nothing; everybody can count again.

    The organiser's own list says the side where on no item fewer people answered than may be told apart.
    """
    items = _items(activity)
    sides = viewer is Viewer.ORGANISER_EXPORT and _may_tell_sides(activity, items)
    columns = [Column(name_of(workshop.id, item.id), "integer", item.words) for item in items]
    if sides:
        columns.insert(0, Column("side", "string", gettext("The side of who chose: lived, service or other.")))
    title = gettext("Ballots: %(title)s", title=activity.title)
    rows = Recount(activity.id, tuple(item.id for item in items), sides)
    return Table(f"ballots_{activity.position}_{activity.kind}", title, columns, rows)


def _items(activity: Any) -> list[Item]:
    kind = kind_of(activity)
    return kind.on_the_ballot(activity) if isinstance(kind, Choosing) else []


@dataclass(frozen=True, slots=True)
class Recount:
    """The rows of a list of ballots, made while they are read; an item nobody decided on in a ballot is empty."""

    activity_id: str
    items: tuple[str, ...]
    sides: bool

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for ballot in exports.each_ballot(self.activity_id):
            chosen = [ballot.choices.get(item) for item in self.items]
            yield [ballot.side, *chosen] if self.sides else chosen


def _may_tell_sides(activity: Any, items: Sequence[Item]) -> bool:
    """Only if every cell of the list is large enough: sides of voters, and of who answered each item.

    Where a whole ballot is sent at once, an item left empty was answered with «none».
    """
    cell, entitled = setting("EXPORT_CELL"), _entitled(activity)
    if not may_split(People(**exports.voters(activity.id)), cell, entitled):
        return False
    if not kind_of(activity).one_by_one:
        return True
    cast = choices.ballots(activity.id)
    answered = (people(b.side for b in cast if item.id in b.choices) for item in items)
    return all(may_split(each, cell, entitled) for each in answered)


def _entitled(activity: Any) -> People | None:
    kind = kind_of(activity)
    return kind.entitled(activity) if isinstance(kind, Choosing) else None


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
        if activity.gives == "ballot" and activity.state == "closed":
            voters = People(**exports.voters(activity.id))
            yield _crowd(activity.position, "chose", voters, _entitled(activity) or here)


def _crowd(position: int | None, what: str, crowd: People, among: People | None) -> Sequence[Any]:
    shown = presence(crowd, setting("EXPORT_CELL"), among)
    return (position, what, shown.total, shown.shown, shown.lived, shown.service, shown.other)
