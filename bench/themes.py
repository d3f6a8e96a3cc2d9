"""Themes and search: a move on a crowded board beside one on a small one, and a search beside the bare index."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import sqlalchemy as sa

from bench import room as rooms
from bench.figures import Figure, at_most_times
from bench.room import ADDRESS, Phone, Room
from workshop.commands import command, curating
from workshop.commands.curating import NONE, Curator, Goal
from workshop.consent import Viewer
from workshop.extensions import db, open_beside
from workshop.live import parts
from workshop.models import Contribution, Highlight, Theme
from workshop.models.columns import new_id
from workshop.queries import search, themes

FEW, MANY, THEMES, MOVES = 200, 2000, 20, 60
STORIES, WORDS, LENGTH, SEARCHES = 20_000, 4000, 40, 40
AGENDA: dict[str, dict[str, Any]] = {"story": {}, "curate": {}}


def figures(folder: Path) -> Iterator[Figure]:
    small, large = (_moves(folder / str(size), size) for size in (FEW, MANY))
    yield at_most_times(f"a move on a board of {MANY} highlights, beside {FEW}, p95", large, "ms", small, 3)
    ours, bare = _searches(folder / "search")
    yield at_most_times(f"search in {STORIES} stories, beside the bare index", ours, "ms", bare, 3)


def _moves(folder: Path, size: int) -> float:
    """Move one highlight and see the board anew; milliseconds."""
    folder.mkdir(parents=True)
    room = rooms.make(folder, AGENDA)
    phones = rooms.add_people(room, 60)
    told = rooms.add_cards(room, "story", phones, size)
    with rooms.moment(room.app):
        marks = _mark(room, told)
    by = Curator(room.id, user_id=room.user_id)
    with room.app.test_request_context(base_url=ADDRESS):
        return _p95(lambda at: _move(by, room, *marks[at % len(marks)]), MOVES)


def _move(by: Curator, room: Room, highlight: str, theme: str) -> None:
    curating.move(by, [highlight], theme, Goal(NONE))
    curating.undo(by)
    parts.render(room.id, "themes", "en")
    themes.page(room.id, Viewer.FACILITATOR, theme)


@command
def _mark(room: Room, told: list[str]) -> list[tuple[str, str]]:
    """One highlight a story, in twenty themes."""
    rows = [Theme(id=new_id(), workshop_id=room.id, number=n, name=f"Theme of bench {n}") for n in range(THEMES)]
    db.session.add_all(rows)
    db.session.flush()
    marks = [Highlight(id=new_id(), workshop_id=room.id, contribution_id=each, starts=0, ends=9) for each in told]
    for number, mark in enumerate(marks):
        mark.theme_id = rows[number % THEMES].id
    db.session.add_all(marks)
    db.session.flush()
    return [(mark.id, str(mark.theme_id)) for mark in marks]


def _searches(folder: Path) -> tuple[float, float]:
    """Our search with consent, and the index alone, with the same words in turns; milliseconds."""
    folder.mkdir(parents=True)
    room, chance = rooms.make(folder, AGENDA), random.Random(7)
    phones = rooms.add_people(room, 60)
    vocabulary = [f"{chance.choice('bdfglmnprst')}{new_id()[:6]}" for _ in range(WORDS)]
    with rooms.moment(room.app):
        _tell(room, phones, vocabulary, chance)
        path, wanted = str(db.engine.url.database), chance.sample(vocabulary, SEARCHES)
        with closing(open_beside(path)) as beside:
            pairs = [(_ms(_search, room, word), _ms(_bare, beside, word)) for word in wanted]
    ours, bare = (median(times) for times in zip(*pairs, strict=True))
    return ours, bare


@command
def _tell(room: Room, phones: list[Phone], vocabulary: list[str], chance: random.Random) -> None:
    rows = [
        {
            "id": new_id(),
            "workshop_id": room.id,
            "activity_id": room.activities["story"],
            "participant_id": phones[number % len(phones)].id,
            "kind": "story",
            "side": phones[number % len(phones)].side,
            "text": " ".join(chance.choices(vocabulary, k=LENGTH)),
            "level": 4,
            "state": "shown",
            "digest": "0" * 64,
        }
        for number in range(STORIES)
    ]
    db.session.execute(sa.insert(Contribution), rows)


def _search(room: Room, word: str) -> None:
    search.stories(room.id, Viewer.FACILITATOR, word)
    db.session.rollback()


def _bare(beside: Any, word: str) -> None:
    query = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT 50"
    beside.execute(query, (f'"{word}"*',)).fetchall()


def _ms(act: Callable[..., None], *given: Any) -> float:
    began = time.perf_counter()
    act(*given)
    return 1000 * (time.perf_counter() - began)


def _p95(act: Callable[[int], None], times: int) -> float:
    act(0)
    return quantiles([_ms(act, at) for at in range(times)], n=20)[-1]
