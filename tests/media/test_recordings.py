"""Recordings that lie, burst or would read what is not theirs; and a process that is killed again and again."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.media.recordings import PLACE, SECRET, film, sound, with_tail
from tests.support import build
from tests.support.people import People
from tests.web.test_arriving import read, send, tell
from workshop.commands import rebuilding
from workshop.extensions import db
from workshop.media import Reason, Refused, ffmpeg
from workshop.media.remake import remake
from workshop.models import Medium, Piece
from workshop.models.columns import new_id

PASSWORD = b"the-key-of-the-house-4471"


def made(folder: Path, kind: str, data: bytes) -> bytes:
    source = folder / "original"
    source.write_bytes(data)
    return remake(kind, source).data


@pytest.mark.shows("A29", "S17")
@pytest.mark.parametrize("name", ["voice.webm", "voice.m4a", "voice.ogg", "voice.3gp", "voice.wav", "voice.mp3"])
def test_what_phones_record_can_be_played_everywhere(tmp_path: Path, name: str) -> None:
    result = made(tmp_path, "sound", sound(2, name))
    assert result[4:8] == b"ftyp"
    assert SECRET not in result


@pytest.mark.shows("P16")
@pytest.mark.parametrize("name", ["clip.mp4", "clip.mov", "clip.mkv"])
def test_a_film_comes_without_its_place_its_chapters_and_its_tail(tmp_path: Path, name: str) -> None:
    source = with_tail(film(2, "1280x720", name))
    assert SECRET in source
    result = made(tmp_path, "film", source)
    assert SECRET not in result
    assert PLACE not in result


def hostile(folder: Path) -> dict[str, bytes]:
    """Files that name other files, in the formats that could."""
    key = folder / "secret.key"
    key.write_bytes(PASSWORD)
    where = str(key).encode()
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + where + b"\n#EXT-X-ENDLIST\n"
    avi = b"RIFF\xff\xff\x00\x00AVI LIST" + b"\x00" * 200 + b"GAB2\x00" + playlist
    return {
        "playlist": playlist,
        "playlist in a film's clothes": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + playlist,
        "avi": avi,
        "list": b"ffconcat version 1.0\nfile '" + where + b"'\n",
        "mpd": b"<?xml version='1.0'?><MPD><BaseURL>file://" + where + b"</BaseURL></MPD>",
        "subtitles": b"1\n00:00:00,000 --> 00:00:02,000\n" + where,
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file://" + where + b"'/></svg>",
        "nothing": b"",
        "noise": bytes(number * 37 % 251 for number in range(4000)),
        "half a film": film(2)[:3000],
    }


@pytest.mark.shows("S19", "S17")
@pytest.mark.parametrize("kind", ["sound", "film"])
def test_what_would_read_our_files_is_refused(tmp_path: Path, kind: str) -> None:
    for name, data in hostile(tmp_path).items():
        with pytest.raises(Refused):
            made(tmp_path, kind, data)
        assert not any(PASSWORD in path.read_bytes() for path in tmp_path.glob("*") if path.name != "secret.key"), name


@pytest.mark.shows("S18", "S19")
def test_what_is_too_long_or_too_large_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    for kind, data, reason in (
        ("sound", sound(330, "voice.wav"), Reason.TOO_LONG),
        ("film", film(95, "64x64"), Reason.TOO_LONG),
        ("film", film(0.1, "4800x2700"), Reason.TOO_MANY_PIXELS),
        ("film", sound(2), Reason.NOT_A_RECORDING),
    ):
        began = time.monotonic()
        with pytest.raises(Refused) as refused:
            made(tmp_path, kind, data)
        assert refused.value.reason is reason
        assert time.monotonic() - began < 10


def test_a_sound_without_a_length_that_goes_on_too_long_is_refused(tmp_path: Path) -> None:
    """MediaRecorder writes no length; the result tells."""
    path = tmp_path / "long.webm"
    words = ["-f", "lavfi", "-i", "anullsrc=r=8000", "-t", "320", "-c:a", "libopus", "-live", "1", "-f", "webm"]
    assert ffmpeg.run([*words, str(path)], 60).code == 0
    with pytest.raises(Refused) as refused:
        made(tmp_path, "sound", path.read_bytes())
    assert refused.value.reason is Reason.TOO_LONG


CHILD = """
import sys
from pathlib import Path
from workshop import create_app
from workshop.commands import rebuilding
app = create_app(Path(sys.argv[1]))
with app.app_context():
    for medium in sys.argv[2:]:
        try:
            rebuilding.rebuild(medium)
        except Exception as error:
            print(error)
"""


@pytest.mark.shows("R16")
@pytest.mark.skipif(os.name != "posix", reason="kills processes as Linux and macOS do")
def test_killed_in_the_middle_again_and_again_everything_is_done_or_flagged(app: Flask, people: People) -> None:
    """F14 in short: the process dies at every moment of the work. Nothing is lost, nothing done twice."""
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea, media = people.bea(room), [new_id() for _ in range(3)]
    for medium in media:
        send(bea, medium, sound(20), tell(bea, f"sound:{medium}"), step=1_000_000)
    instance, moments = app.config["INSTANCE"], [0.6 + 0.2 * step for step in range(8)]
    for moment in moments:
        child = subprocess.Popen([sys.executable, "-c", CHILD, instance, *media], start_new_session=True)
        with suppress(subprocess.TimeoutExpired):
            child.wait(moment)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    subprocess.run([sys.executable, "-c", CHILD, instance, *media], check=True)
    with app.app_context():
        rows = db.session.execute(sa.select(Medium)).scalars().all()
        assert {row.state for row in rows} <= {"ready", "refused"}
        for row in rows:
            originals = db.session.execute(sa.select(Piece.file).where(Piece.medium_id == row.id)).scalars().all()
            if row.state == "ready":
                assert originals == []
                assert read(str(row.file))[4:8] == b"ftyp"
            else:
                assert b"".join(read(name) for name in originals) == sound(20)
                rebuilding.try_again(row.id)
                rebuilding.rebuild(row.id)
        rebuilding.sweep()
        assert not list((Path(instance) / rebuilding.FOLDER).glob("*"))
        db.session.expire_all()
        assert {row.state for row in db.session.execute(sa.select(Medium)).scalars()} == {"ready"}
