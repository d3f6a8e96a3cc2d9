"""Photos in a bucket that speaks S3: the same permission, the same promise, and nobody waits for a slow one."""

import io
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from tests.support import bucket, build, installation
from tests.support.build import Room
from tests.support.patience import until
from tests.support.people import Participant, People
from tests.support.serving import ask, cookies_of, running
from workshop import jobs
from workshop.commands import media as commands
from workshop.commands import writing
from workshop.config import Refused
from workshop.extensions import db
from workshop.models import Job, Medium
from workshop.models.columns import now

STORY = ("story", {"helped": False})


@pytest.fixture
def s3() -> Iterator[bucket.Bucket]:
    with bucket.serving() as served:
        yield served


@pytest.fixture
def house(tmp_path: Path, empty_database: Path, s3: bucket.Bucket) -> Iterator[Flask]:
    with installation.closing(installation.make(tmp_path / "instance", empty_database, **s3.settings)) as app:
        yield app


def room_of(people: People) -> Room:
    room = build.workshop(people.app, people.organisation_id, STORY)
    room.open("story")
    return room


def sends(bea: Participant, text: str = "The stairs") -> Any:
    """A story with a photo as far as the next question."""
    file = io.BytesIO()
    Image.effect_noise((320, 200), 60).convert("RGB").save(file, "JPEG")
    file.seek(0)
    return bea.send(bea.ask("story"), text=text, go="next", photo_file=(file, "stairs.jpg"))


def tells(bea: Participant) -> str:
    """A story with a photo, sent; the address of the photo."""
    bea.send(bea.send(sends(bea), level="2", go="next"), go="send")
    words = bea.see(f"words/{bea.words()[0]}")
    return next(image.get("src") for image in words.all("img") if "/media/" in image.get("src"))


def do_what_is_due(app: Flask, after: timedelta = timedelta(0)) -> None:
    """What the job runner does, so much later."""
    with app.app_context():
        with writing():
            soon = sa.update(Job).where(Job.due_at <= now() + after)
            db.session.execute(soon.values(due_at=now() - timedelta(seconds=1)))
        jobs.run_due()


def test_a_photo_is_seen_by_who_may_see_its_words_and_nobody_learns_where_it_lies(
    house: Flask, s3: bucket.Bucket
) -> None:
    people = People(house)
    room = room_of(people)
    bea = people.bea(room)
    src = tells(bea)
    answer = bea.client.get(src, base_url=bea.address)
    assert (answer.status_code, answer.data[:2]) == (200, b"\xff\xd8")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert people.ada.get(src).status == 200
    assert people.cem(room).get(src).status == 404
    assert people.stranger().get(src).status == 403
    assert len(s3.files) == 2
    assert not list((Path(house.config["INSTANCE"])).glob("media/*"))
    assert str(s3.port) not in bea.see(f"words/{bea.words()[0]}").html


def test_what_is_taken_back_is_gone_from_the_bucket_also_when_it_is_away_for_long(
    house: Flask, s3: bucket.Bucket
) -> None:
    people = People(house)
    bea = people.bea(room_of(people))
    src = tells(bea)
    s3.status = 503
    bea.post(f"{bea.room.path}/words/{bea.words()[0]}/take-back")
    assert (bea.words(), bea.get(src).status) == ([], 404)
    for _ in range(3):
        do_what_is_due(house, timedelta(minutes=11))
    assert s3.bytes
    s3.status = 0
    do_what_is_due(house, timedelta(minutes=11))
    assert s3.bytes == b""


def test_a_workshop_that_is_deleted_takes_its_photos_along(house: Flask, s3: bucket.Bucket) -> None:
    people = People(house)
    room = room_of(people)
    tells(people.bea(room))
    assert people.ada.post(f"{room.path}/office/delete").status == 303
    do_what_is_due(house)
    assert s3.bytes == b""


@pytest.mark.parametrize("fault", ["broken", "forgetful"])
def test_a_bucket_that_is_away_is_a_503_that_keeps_the_words(house: Flask, s3: bucket.Bucket, fault: str) -> None:
    people = People(house)
    bea = people.bea(room_of(people))
    s3.status, s3.loses_answers = (500 if fault == "broken" else 0), fault == "forgetful"
    refused = sends(bea, "The stairs are too steep")
    assert refused.status == 503
    assert refused.response.headers["Retry-After"]
    assert "The stairs are too steep" in refused.html
    s3.status, s3.loses_answers = 0, False
    tells(bea)
    assert len(bea.words()) == 1
    do_what_is_due(house, timedelta(hours=2))  # what a lost answer left in the bucket
    assert len(s3.files) == 2


def test_a_crash_between_file_and_row_leaves_nothing(
    house: Flask, s3: bucket.Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = People(house)
    bea = people.bea(room_of(people))
    with monkeypatch.context() as patched:
        patched.setattr(commands, "_note", lambda **_columns: 1 / 0)
        assert sends(bea).status == 500
    src = tells(bea)
    assert len(s3.files) == 4
    do_what_is_due(house, timedelta(hours=2))
    assert len(s3.files) == 2
    assert bea.get(src).status == 200
    with house.app_context():
        assert db.session.query(Job).filter(Job.name == "forget_files").all() == []
        assert db.session.query(Medium).count() == 1


@pytest.mark.parametrize(
    "half",
    [
        {"S3_BUCKET": "room"},
        {"S3_BUCKET": "room", "S3_KEY": "key"},
        {"S3_KEY": "key", "S3_SECRET": "secret"},
        {"S3_ENDPOINT": "https://s3.example.org"},
    ],
)
def test_half_a_setting_is_refused(tmp_path: Path, empty_database: Path, half: dict[str, str]) -> None:
    with pytest.raises(Refused, match="Photos in a bucket need S3_"):
        installation.make(tmp_path / "instance", empty_database, **half)


def test_photos_do_not_cross_an_open_network(tmp_path: Path, empty_database: Path) -> None:
    whole = {"S3_BUCKET": "room", "S3_KEY": "key", "S3_SECRET": "secret", "S3_ENDPOINT": "http://s3.example.org"}
    with pytest.raises(Refused, match="open network"):
        installation.make(tmp_path / "instance", empty_database, **whole)


def test_pages_do_not_wait_for_a_slow_bucket(tmp_path: Path, s3: bucket.Bucket) -> None:
    """Six small photos hang in the bucket, going in and coming out; pages are answered all the same."""
    settings = {name: str(value) for name, value in s3.settings.items()} | {"WORKERS": "1", "THREADS": "2"}
    with running(tmp_path / "instance", **settings) as served:
        served.app.config.update(s3.settings)
        people = People(served.app)
        bea = people.bea(room_of(people))
        src, cookies = tells(bea), cookies_of(bea)
        s3.delay = 5
        s3.requests.clear()
        threads = [
            threading.Thread(target=ask, args=(served.port, src), kwargs={"Cookie": cookies}, daemon=True)
            for _ in range(3)
        ]
        token = bea.token()
        threads += [
            threading.Thread(target=upload, args=(served.port, bea, cookies, token), daemon=True) for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        assert until(lambda: s3.requests), "something hangs in the bucket"
        began = time.monotonic()
        assert ask(served.port, "/join").status == 200
        assert ask(served.port, f"{bea.room.path}/my-words", Cookie=cookies).status == 200
        assert time.monotonic() - began < 4
        assert any(thread.is_alive() for thread in threads)
        s3.delay = 0


def upload(port: int, bea: Participant, cookies: str, token: str) -> None:
    """A small photo, as a browser sends it; what is answered does not matter here."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, "JPEG")
    fields = {"csrf_token": token, "text": "Look", "go": "next"}
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts += [b'name="photo_file"; filename="x.jpg"\r\n\r\n' + file.getvalue()]
    body = b"".join(b"--x\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--x--\r\n"
    kind = {"Content_Type": "multipart/form-data; boundary=x", "Sec_Fetch_Site": "same-origin", "Cookie": cookies}
    ask(port, f"{bea.room.path}/a/{bea.room.activities['story']}", "POST", body, **kind)
