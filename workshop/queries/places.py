"""Where a request stands, asked in one go: the workshop, the activity and the person whose phone it is."""

from collections import namedtuple
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from workshop.extensions import Prepared
from workshop.models import Activity, Device, Participant, Workshop
from workshop.queries import rooms


class Place(NamedTuple):
    """Rows with the columns of `rooms.workshop`, `rooms.activity` and `rooms.seat`; None for what is not there."""

    workshop: Any = None
    activity: Any = None
    seat: Any = None


def _names(query: sa.Select[*tuple[Any, ...]]) -> list[str]:
    return [str(column.key) for column in query.selected_columns]


def _labelled(query: sa.Select[*tuple[Any, ...]], letter: str) -> list[Any]:
    return [column.label(f"{letter}{number}") for number, column in enumerate(query.selected_columns)]


_KINDS = (rooms.WORKSHOP, rooms.ACTIVITY, rooms.SEAT)
_ROWS: list[Any] = [namedtuple(name, _names(query)) for name, query in zip(Place._fields, _KINDS, strict=True)]
_PLACE = Prepared(
    sa.select(*(column for query, letter in zip(_KINDS, "was", strict=True) for column in _labelled(query, letter)))
    .select_from(Workshop)
    .outerjoin(Activity, sa.and_(Activity.id == sa.bindparam("activity"), Activity.workshop_id == Workshop.id))
    .outerjoin(Device, Device.token_hash == sa.bindparam("token"))
    .outerjoin(
        Participant,
        sa.and_(
            Participant.id == Device.participant_id,
            Participant.workshop_id == Workshop.id,
            Participant.removed_at.is_(None),
        ),
    )
    .where(Workshop.id == sa.bindparam("workshop"))
)


def place(workshop_id: str, activity_id: str | None, token_hash: str | None) -> Place:
    """What an address names and whose phone asks, as far as each of them is there and belongs to this workshop."""
    row = _PLACE.first(workshop=workshop_id, activity=activity_id, token=token_hash)
    return Place() if row is None else Place(*_apart(row))


def _apart(row: Sequence[Any]) -> Iterator[Any]:
    cells = iter(row)
    for kind in _ROWS:
        values = tuple(islice(cells, len(kind._fields)))
        yield None if values[0] is None else kind(*values)
