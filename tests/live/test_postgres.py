"""On PostgreSQL the live channel is called by the database itself."""

import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.live.test_streams import ask_anew
from tests.support import build
from tests.support.people import People
from tests.support.serving import Listener, cookies_of, running
from workshop.live.bells import SAFETY

pytestmark = pytest.mark.postgres


def test_a_phone_hears_a_change_in_postgresql(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE live")
    url = make_url(postgres).set(drivername="postgresql+psycopg", database="live")
    monkeypatch.setenv("WORKSHOP_DATABASE_URL", url.render_as_string(hide_password=False))
    with running(tmp_path / "instance") as served:
        people = People(served.app)
        room = build.workshop(served.app, people.organisation_id, "cards", "story")
        room.open("cards")
        phone = Listener(served.port, f"/live/{room.id}/phone?part=now", cookies_of(people.bea(room)))
        phone.wait_for("What about cards?")
        for question in ("Does it call?", "Does it call again?", "And again?"):
            began = time.monotonic()
            with served.app.app_context():
                ask_anew(room, question)
            phone.wait_for(question)
            assert time.monotonic() - began < SAFETY / 3  # so soon only because it was called
        phone.close()
