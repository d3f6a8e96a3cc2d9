"""What leaves the house of photos and voices: what its tellers let go, as we made it anew, with accepted words."""

import io
import zipfile

import pytest
from flask import Flask

from tests.media.recordings import sound
from tests.support.build import Room
from tests.support.people import People
from tests.web.test_arriving import rebuild, room, send, tell
from workshop.consent import Viewer
from workshop.exports import bundle
from workshop.models.columns import new_id
from workshop.queries import rooms

__all__ = ["room"]


@pytest.mark.shows("P16", "P19")
def test_the_pack_holds_the_voices_that_may_be_heard_and_no_other(app: Flask, people: People, room: Room) -> None:
    bea, silent, heard = people.bea(room), new_id(), new_id()
    for medium, yes in ((silent, {}), (heard, {"voice": "y"})):
        story = tell(bea, f"sound:{medium}", **yes)
        send(bea, medium, sound(2), story)
        rebuild(app)
        page = people.ada.get(f"{room.path}/console/words/{story}")
        people.ada.send(page, "/approve", recognisable="no")
    with app.test_request_context():
        pack = bundle.make(rooms.workshop(room.id), Viewer.ORGANISER_EXPORT, None)
        with pack.file, zipfile.ZipFile(io.BytesIO(pack.file.read())) as opened:
            voices = [name for name in opened.namelist() if name.startswith("media/")]
            assert len(voices) == 1
            assert opened.read(voices[0])[4:8] == b"ftyp"
            rows = opened.read("data/media.csv").decode("utf-8-sig").splitlines()
            assert len(rows) == 2
            assert voices[0] in rows[1]
