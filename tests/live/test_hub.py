"""Who reads slowly misses states and never holds up the others; who never reads is hung up on."""

import json
import re
from dataclasses import dataclass, field

import pytest

from tests.support import loops
from workshop.live.hub import MOST_MISSED, MOST_UNREAD, Hub, Key, Stream, state_of
from workshop.live.parts import Rendered

ROOM = Key("0" * 32, "phone", "en", ("now",))


@dataclass
class Line:
    """A connection whose other end reads when it is told to."""

    sent: list[bytes] = field(default_factory=list)
    unread: int = 0
    ended: str = ""

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return bool(self.ended)

    def close(self) -> None:
        self.ended = "closed"

    def abort(self) -> None:
        self.ended = "aborted"

    def read(self) -> list[str]:
        """What the phone would show, state by state."""
        return [json.loads(data)["html"] for data in re.findall(rb"data: (.*)\n\n", b"".join(self.sent))]


def show(hub: Hub, revision: int, html: str = "", name: str = "now") -> None:
    state = state_of(Rendered(name, html or f"state {revision}", f"tag{revision}", revision))
    loops.run(hub.publish(ROOM, [state]))


def test_everybody_gets_the_very_same_bytes() -> None:
    hub, lines = Hub(), [Line() for _ in range(500)]
    for line in lines:
        hub.join(ROOM, Stream(line))
    show(hub, 1)
    assert {id(line.sent[-1]) for line in lines} == {id(lines[0].sent[-1])}


def test_who_comes_later_gets_the_present_state_at_once() -> None:
    hub, line = Hub(), Line()
    hub.join(ROOM, Stream(Line()))
    show(hub, 1)
    show(hub, 2)
    hub.join(ROOM, Stream(line))
    assert line.read() == ["state 2"]


def test_an_older_state_never_replaces_a_newer_one() -> None:
    hub, line = Hub(), Line()
    hub.join(ROOM, Stream(line))
    show(hub, 5)
    show(hub, 4)
    assert line.read() == ["state 5"]


def test_who_reads_slowly_gets_the_newest_state_of_every_part() -> None:
    hub, line = Hub(), Line()
    hub.join(ROOM, Stream(line))
    line.unread = MOST_UNREAD + 1
    show(hub, 1, name="now")
    show(hub, 2, name="wall")
    show(hub, 3, name="wall")
    assert line.read() == []
    line.unread = 0
    show(hub, 4, name="now")
    assert sorted(line.read()) == ["state 3", "state 4"]
    assert not line.ended


@pytest.mark.shows("S24")
def test_who_never_reads_is_hung_up_on() -> None:
    hub, dead, alive = Hub(), Line(unread=MOST_UNREAD + 1), Line()
    hub.join(ROOM, Stream(dead))
    hub.join(ROOM, Stream(alive))
    for revision in range(1, MOST_MISSED + 3):
        show(hub, revision)
    assert dead.ended == "aborted"
    assert alive.read()[-1] == f"state {MOST_MISSED + 2}"


def test_the_end_is_told() -> None:
    hub, line = Hub(), Line()
    hub.join(ROOM, Stream(line))
    hub.end_all()
    assert line.sent[-1] == b"0\r\n\r\n"
    assert line.ended == "closed"


def test_a_room_that_nobody_follows_is_forgotten() -> None:
    hub, stream = Hub(), Stream(Line())
    hub.join(ROOM, stream)
    hub.rooms[ROOM].asked_at -= 1000
    hub.tidy()
    assert ROOM in hub.rooms
    hub.leave(ROOM, stream)
    hub.tidy()
    assert not hub.rooms
    assert not hub.stamps
