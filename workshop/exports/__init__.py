"""What leaves the house: one list of typed tables, and one writer over it for each format."""

from collections.abc import Iterator
from typing import Any

from workshop.activities import Choosing, Table, kind_of
from workshop.consent import Viewer, no_more_than
from workshop.exports import answers, chosen, gathered, joined, naming, recorded, said, stated, ways
from workshop.queries import rooms


def tables(workshop: Any, viewer: Viewer) -> list[Table]:
    """Everything that these readers may have of a workshop. Read the rows inside `no_more_than(viewer)`."""
    with no_more_than(viewer):
        agenda = rooms.agenda(workshop.id)
        found = [
            stated.workshop(workshop, viewer),
            stated.rules(workshop),
            stated.agenda(agenda),
            said.contributions(workshop, agenda, viewer),
        ]
        found.append(joined.table(workshop, agenda, viewer))
        found += _of_activities(workshop, agenda, viewer)
        found += [ways.table(agenda), chosen.fingerprints(agenda)]
        found.append(recorded.table(workshop, viewer))
        found += [
            chosen.participation(workshop, agenda),
            stated.commitments(workshop),
            answers.given(workshop, viewer),
            answers.heard(workshop, viewer),
            answers.in_numbers(workshop),
            said.taken_back(workshop),
        ]
        found += gathered.tables(workshop, viewer)
        return naming.unmistakable(workshop.id, found)


def _of_activities(workshop: Any, agenda: Any, viewer: Viewer) -> Iterator[Table]:
    for activity in agenda:
        kind = kind_of(activity)
        yield from kind.tables(activity, viewer)
        if isinstance(kind, Choosing) and activity.state == "closed":
            yield from chosen.ballots(workshop, activity, kind, viewer)
