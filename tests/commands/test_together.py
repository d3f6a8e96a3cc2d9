"""One commit for many: everybody gets their own answer, nobody pays for another's fault, nobody waits for ever."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from workshop.commands import CannotSave
from workshop.commands.together import Together
from workshop.commands.turns import Turns
from workshop.extensions import db
from workshop.models import Failure

PEOPLE = 24


class Refused(Exception):
    """This job was not done."""


def at_once(app: Flask, act: Callable[[int], None], people: int = PEOPLE) -> dict[int, BaseException | None]:
    """Everybody does it at the same moment, each in a thread and context of their own; what each of them got."""
    got: dict[int, BaseException | None] = {}
    start = threading.Barrier(people)

    def go(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                act(number)
                got[number] = None
            except Exception as error:
                got[number] = error

    threads = [threading.Thread(target=go, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got


def write(numbers: Sequence[int]) -> list[Any]:
    """Writes a row for each; odd ones are refused, the number 7 breaks the whole batch."""
    for number in numbers:
        if number == 7:
            raise ValueError("seven")
        if number % 2 == 0:
            db.session.add(Failure(key=f"job {number}", window=0, count=len(numbers)))
    db.session.flush()
    return [Refused() if number % 2 else None for number in numbers]


def written(app: Flask) -> dict[str, int]:
    with app.app_context():
        rows = db.session.execute(sa.select(Failure.key, Failure.count).where(Failure.key.like("job %")))
        return {str(key): int(count) for key, count in rows}


def test_each_gets_their_own_answer_and_one_fault_harms_nobody_else(app: Flask) -> None:
    line = Together(write)
    got = at_once(app, line.do)
    kinds = Counter(type(got[number]) for number in range(PEOPLE) if number != 7)
    assert kinds == {type(None): 12, Refused: 11}
    assert isinstance(got[7], ValueError)
    assert set(written(app)) == {f"job {number}" for number in range(0, PEOPLE, 2)}


def test_those_who_wait_for_the_pen_share_one_commit(app: Flask) -> None:
    """While another writer has the pen, all the others come into line; then one of them writes for all."""
    line = Together(write)
    with app.app_context():
        let_go = hold_the_pen(str(db.engine.url.database))
    threading.Timer(1, let_go).start()
    got = at_once(app, lambda number: line.do(number * 2 + 100))
    assert set(got.values()) == {None}
    assert max(written(app).values()) == PEOPLE


@pytest.mark.shows("R07")
def test_when_nothing_can_be_saved_everybody_hears_it(app: Flask) -> None:
    def fail(_jobs: Sequence[int]) -> list[Any]:
        raise CannotSave("the disk is full")

    got = at_once(app, Together(fail).do)
    assert {type(error) for error in got.values()} == {CannotSave}
    assert len(got) == PEOPLE


def hold_the_pen(database: str) -> Callable[[], None]:
    """Another writer has SQLite's pen, until told to let go."""
    free, held = threading.Event(), threading.Event()

    def hold() -> None:
        with Turns(Path(database)).mine(5):
            held.set()
            free.wait(5)

    threading.Thread(target=hold).start()
    held.wait(5)
    return free.set
