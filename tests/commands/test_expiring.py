"""What a workshop stated about keeping comes true by itself: recordings, then words, then the proof of consent go."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.commands.test_backup import everything_in, with_photo
from tests.support import build
from tests.support.build import Room
from tests.support.keyboard import Type
from tests.support.people import Participant, People, Person
from workshop import jobs
from workshop.commands import command, expiring, scrubbing
from workshop.consent import Viewer
from workshop.extensions import db
from workshop.models import Contribution, Edit, Medium, Workshop
from workshop.models.columns import now
from workshop.queries import contributions
from workshop.queries.expiry import due, months_after

WORDS = "Nobody told me about the zebrafinch form."
DAY = timedelta(days=1)


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    room.open("story", "cards")
    return room


@pytest.fixture
def bea(room: Room, people: People) -> Participant:
    """Told with a photo, for the facilitators alone; ada has read it and changed a word."""
    bea = people.bea(room)
    with_photo(bea, WORDS)
    words = f"{room.path}/console/words/{bea.words()[0]}"
    page = people.ada.get(words)
    assert people.ada.send(page, "/edit", text=f"{WORDS} Edited.", reason="A slip").status == 303
    return bea


def end(app: Flask, room: Room) -> datetime:
    """The workshop is over; returns when."""

    @command
    def close() -> datetime:
        moment = now()
        db.session.execute(sa.update(Workshop).where(Workshop.id == room.id).values(state="closed", closed_at=moment))
        return moment

    with app.app_context():
        return close()


def after(ended: datetime, months: int) -> datetime:
    return months_after(ended, months) + DAY


def kept(app: Flask) -> tuple[int, list[str]]:
    with app.app_context():
        media = db.session.execute(sa.select(sa.func.count()).select_from(Medium)).scalar_one()
        return media, list(db.session.execute(sa.select(Contribution.text)).scalars())


@pytest.mark.shows("P15")
def test_first_the_photo_goes_then_the_words_then_the_proof(
    app: Flask, room: Room, bea: Participant, tmp_path: Path
) -> None:
    ended = end(app, room)
    with app.app_context():
        assert expiring.expire(months_after(ended, 3) - DAY) == []
        (first,) = expiring.expire(after(ended, 3))
    assert (len(first.media), first.words) == (1, ())
    assert kept(app) == (0, [f"{WORDS} Edited."])
    assert not list((tmp_path / "instance" / "media").iterdir())

    with app.app_context():
        (second,) = expiring.expire(after(ended, 12))
        assert contributions.one(second.words[0], room.id) is None, "nobody can change what is gone"
        row = db.session.get_one(Contribution, 1)
        assert (row.text, row.more, row.state) == ("", {}, "ended")
        assert row.consent["text"], "who agreed to what stays"
        assert db.session.execute(sa.select(Edit)).first() is None
        scrubbing.scrub()
    assert b"zebrafinch" not in everything_in(tmp_path / "instance")

    with app.app_context():
        (third,) = expiring.expire(after(ended, 36))
        assert len(third.proofs) == 1
        assert expiring.expire(after(ended, 36)) == []
    assert kept(app) == (0, [])


@pytest.mark.shows("P15")
def test_what_the_service_may_see_keeps_its_photo_as_long_as_its_words(
    app: Flask, room: Room, bea: Participant
) -> None:
    story = bea.words()[0]
    assert bea.send(bea.see(f"words/{story}"), "/level", level="3").status == 303
    ended = end(app, room)
    with app.app_context():
        assert expiring.expire(after(ended, 3)) == []
        (gone,) = expiring.expire(after(ended, 12))
    assert len(gone.words) == 1
    assert kept(app) == (0, [""])


@pytest.mark.shows("P15")
def test_a_workshop_that_said_otherwise_is_obeyed(app: Flask, room: Room, people: People, bea: Participant) -> None:
    """Too short and too long are refused in words, and nothing is deleted while it goes on."""
    with app.app_context():
        assert due(now() + 5000 * DAY) == [], "it has not ended"
    page = people.ada.get(f"{room.path}/office/statements")
    refused = people.ada.send(page, keep_media="soon")
    assert refused.status == 422
    assert "Photos, voice and film: 3 months." in Person(app).get(f"/j/{room.doors['lived']}").text
    assert "Please write a number of months, from 1 to 120." in refused.text
    assert people.ada.send(page, keep_media="١", keep_words="2").status == 303
    ended = end(app, room)
    with app.app_context():
        assert [len(each.media) for each in due(after(ended, 1))] == [1]
        assert [len(each.words) for each in due(after(ended, 2))] == [1]


@pytest.mark.shows("P15")
def test_the_dry_run_says_it_and_deletes_nothing(app: Flask, room: Room, bea: Participant, type_in: Type) -> None:
    ended = end(app, room)
    day = after(ended, 12).strftime("%Y-%m-%d")
    said = type_in("expire", "--on", day)
    assert "River day: due: 1 recordings and photos, 1 texts, 0 proofs of consent" in said.text
    assert "Nothing was deleted." in said.text
    assert type_in("expire").text == "Nothing is due.\n"
    assert type_in("expire", "--now", "--on", day).code == 1
    assert kept(app)[1] == [f"{WORDS} Edited."]


@pytest.mark.shows("P15")
def test_after_its_date_nobody_sees_anything_and_its_teller_reads_why(
    app: Flask, room: Room, people: People, bea: Participant
) -> None:
    story = bea.words()[0]
    ended = end(app, room)
    with app.app_context():
        expiring.expire(after(ended, 12))
        assert contributions.said(room.id, Viewer.FACILITATOR) == []
    assert people.ada.get(f"{room.path}/console/words/{story}").status == 404
    assert bea.see(f"words/{story}").status == 404
    mine = bea.see("my-words")
    assert "It was deleted on its date, as promised." in mine.text
    assert bea.send(mine, f"{room.path}/take-back").status == 303
    assert kept(app) == (0, [])


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-11-22", 3, "2027-02-22"), ("2027-12-31", 2, "2028-02-29")],
)
def test_months_end_where_months_end(day: str, months: int, then: str) -> None:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    assert months_after(moment, months).date().isoformat() == then


@pytest.mark.shows("P15")
def test_the_server_does_it_every_night(app: Flask, room: Room, bea: Participant) -> None:
    ended = end(app, room)

    @command
    def long_ago() -> None:
        db.session.execute(sa.update(Workshop).values(closed_at=ended - 4000 * DAY))

    with app.app_context():
        long_ago()
        jobs.nightly()
        jobs.nightly()
    assert kept(app) == (0, [""])
