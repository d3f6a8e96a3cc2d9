"""One commit for many: whoever has the pen writes down what the others of this process are waiting for, too."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from workshop.commands import CannotSave, command
from workshop.extensions import db

Job = TypeVar("Job")
Outcome = BaseException | None


@dataclass(slots=True, eq=False)
class Wish(Generic[Job]):
    """A job in line, and what became of it."""

    job: Job
    outcome: Outcome = None
    settled: threading.Event = field(default_factory=threading.Event)

    def settle(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.settled.set()


class Together(Generic[Job]):
    """Jobs of one sort. `act` does many in one transaction, each with its outcome: None, or why it was refused.

    Nobody is answered before the commit that holds their job is durable. Should a batch fail as a whole, each job
    is tried alone, so that nobody's fault is another's.
    """

    def __init__(self, act: Callable[[Sequence[Job]], Sequence[Outcome]]) -> None:
        self.act = command(act)
        self.guard = threading.Lock()
        self.lines: dict[str, list[Wish[Job]]] = {}

    def do(self, job: Job) -> None:
        """Have the job done; raises what it was refused for."""
        if db.session.info.get("writing") or db.engine.dialect.name != "sqlite":
            self._refuse(self.act([job])[0])
            return
        db.session.rollback()  # what was read before our turn may be old, and nobody should wait for our reading
        self._refuse(self._in_line(Wish(job)))

    def _in_line(self, wish: Wish[Job]) -> Outcome:
        """The first in line waits for the pen, for all; the others wait for the first."""
        place = str(db.engine.url.database)
        with self.guard:
            line = self.lines.setdefault(place, [])
            line.append(wish)
            is_first = len(line) == 1
        if is_first:
            self._lead(place)
        wish.settled.wait()
        return wish.outcome

    def _lead(self, place: str) -> None:
        wishes: list[Wish[Job]] = []

        def act() -> Sequence[Outcome]:
            wishes.extend(self._take(place))  # now that the pen is ours: everybody who came meanwhile
            return self.act([wish.job for wish in wishes])

        try:
            outcomes = command(act)()
        except BaseException as error:
            self._settle(wishes or self._take(place), error)
        else:
            for wish, outcome in zip(wishes, outcomes, strict=True):
                wish.settle(outcome)

    def _take(self, place: str) -> list[Wish[Job]]:
        with self.guard:
            return self.lines.pop(place, [])

    def _settle(self, wishes: Sequence[Wish[Job]], error: BaseException) -> None:
        """The batch failed: nobody waits for ever. A database that cannot save cannot save any of it."""
        hopeless = len(wishes) == 1 or not isinstance(error, Exception) or isinstance(error, CannotSave)
        for wish in wishes:
            wish.settle(error if hopeless else self._alone(wish.job))

    def _alone(self, job: Job) -> Outcome:
        try:
            return self.act([job])[0]
        except Exception as error:
            return error

    def _refuse(self, outcome: Outcome) -> None:
        if outcome is not None:
            raise outcome
