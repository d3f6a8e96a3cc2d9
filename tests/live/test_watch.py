"""Nobody keeps a stream because the watcher looked a moment late."""

import asyncio

from flask import Flask

from tests.live.test_streams import send_away
from tests.support import build, loops
from tests.support.people import People
from workshop.live.hub import Hub, Key
from workshop.live.watch import Watcher


async def _look(app: Flask, hub: Hub) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(Watcher(app, hub, loop).look)
    await asyncio.sleep(0)


def test_rights_that_changed_before_the_first_look_are_asked_again(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    people.bea(room)
    hub = Hub()
    hub.room(Key(room.id, "phone", "en", ("now",)))
    asked_under = hub.stamps[room.id]
    with app.app_context():
        send_away(room)
    loops.run(_look(app, hub))
    assert hub.stamps[room.id] != asked_under
