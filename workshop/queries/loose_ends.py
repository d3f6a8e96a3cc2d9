"""What is still loose when a workshop ends: words nobody read, choices nobody counted, stories without an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workshop.queries import contributions, responses, rooms


@dataclass(frozen=True, slots=True)
class LooseEnds:
    """Numbers and choices; `unanswered` are the stories that the service may read and has not answered."""

    waiting: int
    uncounted: Sequence[Any]
    unanswered: int
    calls: int

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.uncounted or self.unanswered or self.calls)


def loose_ends(workshop_id: str) -> LooseEnds:
    agenda = rooms.agenda(workshop_id)
    return LooseEnds(
        waiting=contributions.how_many_wait(workshop_id),
        uncounted=[row for row in agenda if row.gives == "ballot" and row.state in ("open", "grace")],
        unanswered=len(responses.unanswered(workshop_id)),
        calls=len(rooms.help_requests(workshop_id)),
    )
