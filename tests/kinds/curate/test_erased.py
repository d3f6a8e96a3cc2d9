"""What a teller takes back leaves highlights, theme names, history and the search index: from pages, and from disks."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.kinds.curate.group import NURSE, Group, group
from tests.support import installation
from tests.support.people import People
from tests.test_erasure import SENTINEL, sooner, where_it_lies
from workshop import jobs
from workshop.commands import burying, confirming, copies, curating, scrubbing
from workshop.commands.curating import NEW
from workshop.consent import Viewer
from workshop.extensions import db
from workshop.queries import contributions, search

STORY = f"The {SENTINEL} was late again. Nobody told us about the {SENTINEL}."


def lived_and_taken_back(app: Flask) -> Group:
    """A story is marked, names a theme, is renamed over, searched, answered; then its teller takes it back."""
    people = People(app)
    here = group(app, people)
    bea, cem = people.bea(here.room), people.cem(here.room)
    for number in range(4):
        here.tell(cem, f"{NURSE} {number}")
    told = here.tell(bea, STORY, helped=f"A word about the {SENTINEL}")
    mark = here.mark(told, f"The {SENTINEL} was late again.", NEW, "Before")
    with app.app_context():
        theme = here.theme("Before")
        curating.name_after(here.by, theme, mark)
        curating.rename(here.by, theme, f"Our {SENTINEL} was late again")
        curating.rename(here.by, theme, "Waiting")
        curating.undo(here.by)
        assert search.stories(here.room.id, Viewer.ROOM, SENTINEL) == [told]
        row = contributions.one(told, here.room.id)
        confirming.answer(row, "no", f"The {SENTINEL} was not the point.", "0" * 64)
    assert any(SENTINEL in name for name in here.board())
    assert bea.post(f"{here.room.path}/words/{told}/take-back").status == 303
    assert list(here.board()) == ["Theme 1"]
    with app.app_context():
        assert search.stories(here.room.id, Viewer.FACILITATOR, SENTINEL) == []
    return here


@pytest.mark.shows("P06", "P08")
def test_it_leaves_sqlite_with_its_search_index(app: Flask) -> None:
    here = lived_and_taken_back(app)
    with app.app_context():
        sooner()
        jobs.run_due()
        scrubbing.shorten_log_now()
        assert search.stories(here.room.id, Viewer.ROOM, "nurse"), "what others said is still found"
        assert where_it_lies_in(app) == []


def where_it_lies_in(app: Flask) -> list[str]:
    return where_it_lies(Path(app.config["INSTANCE"]))


@pytest.mark.postgres
def test_it_leaves_postgres_with_its_search_index(postgres: str, tmp_path: Path) -> None:
    with installation.closing(installation.on_postgres(tmp_path / "instance", postgres)) as app:
        with app.app_context():
            files = Path(str(db.session.execute(sa.text("SHOW data_directory")).scalar_one()))
        lived_and_taken_back(app)
        with app.app_context():
            sooner()
            jobs.run_due()
        assert where_it_lies(files) == []


def test_without_secure_delete_the_index_would_keep_the_word(app: Flask) -> None:
    """So the search above sees what is to be seen: a plain index keeps taken-back words in its pages."""
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('secure-delete', 0)")
        connection.exec_driver_sql("COMMIT")
    lived_and_taken_back(app)
    with app.app_context():
        sooner()
        jobs.run_due()
        scrubbing.shorten_log_now()
    assert where_it_lies_in(app)


@pytest.mark.shows("P08")
def test_an_older_copy_forgets_it_when_the_list_is_replayed(app: Flask, tmp_path: Path) -> None:
    people = People(app)
    here = group(app, people)
    bea = people.bea(here.room)
    told = here.tell(bea, STORY)
    mark = here.mark(told, f"The {SENTINEL} was late again.", NEW, "Before")
    copy = tmp_path / "older" / "copy.sqlite"
    copy.parent.mkdir()
    with app.app_context():
        curating.name_after(here.by, here.theme("Before"), mark)
        copies.copy_database(copy)
    assert where_it_lies(copy.parent)
    burying.bury_again(copy, {told: "2026-11-22"})
    assert where_it_lies(copy.parent) == []
