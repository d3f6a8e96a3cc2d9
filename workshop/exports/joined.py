"""The table of ideas that are one, by the yes of both authors; of ideas that these readers may read."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext

from workshop.activities import Column, Table
from workshop.consent import Viewer
from workshop.queries import contributions, merges


def table(workshop: Any, agenda: Sequence[Any], viewer: Viewer) -> Table:
    """Nothing of what was asked and not answered, and nothing of a no."""
    columns = [
        Column("activity", "integer", gettext("The activity on the agenda.")),
        Column("one_id", "string", gettext("One of two ideas that are one: under its name choices hold them both.")),
        Column("other_id", "string", gettext("The other one.")),
    ]
    return Table("one_idea", gettext("Two ideas that are one"), columns, list(_rows(workshop, agenda, viewer)))


def _rows(workshop: Any, agenda: Sequence[Any], viewer: Viewer) -> Iterator[tuple[Any, ...]]:
    for activity in agenda:
        if activity.gives == "contributions" and merges.of(activity.id):
            seen = {said.id: said for said in contributions.said(workshop.id, viewer, activity.id)}
            for one, other in merges.together(activity.id, seen).items():
                yield (activity.position, one, other)
