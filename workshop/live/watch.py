"""A thread that watches the database and renders what has changed, so that the event loop never waits for either."""

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from contextlib import closing

from flask import Flask

from workshop.extensions import db
from workshop.live import parts
from workshop.live.bells import bell_for
from workshop.live.hub import Hub, Key, State, state_of
from workshop.queries import pulse
from workshop.queries.pulse import Pulse

log = logging.getLogger(__name__)
PAUSE = 0.25  # seconds between two states: four a second at most
LONG = 10.0  # seconds after which every room is looked at, whatever was heard


class Watcher(threading.Thread):
    """Looks at the rooms that somebody follows, and at nothing else."""

    def __init__(self, app: Flask, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="live", daemon=True)
        self.app, self.hub, self.loop = app, hub, loop
        self.stopped = threading.Event()
        self.fresh_at = 0.0
        self.known: dict[str, Pulse] = {}

    def run(self) -> None:
        """Watch until stopped; a database that went away is looked for again."""
        while not self.stopped.is_set():
            try:
                self._watch()
            except Exception:
                log.exception("The live channel lost sight of the database and looks again")
                self.stopped.wait(1.0)

    def stop(self) -> None:
        self.stopped.set()

    def is_fresh(self) -> bool:
        """Is what the rooms hold no older than a moment?"""
        return time.monotonic() - self.fresh_at < 1.0

    def _watch(self) -> None:
        with self.app.app_context():
            bell = bell_for(db.engine)
        changed, looked_at = True, 0.0
        with closing(bell):
            while not self.stopped.is_set():
                changed = bell.wait() or changed
                now = time.monotonic()
                due = (changed and now - looked_at >= PAUSE) or now - looked_at > LONG
                if due or self._has_new_rooms():
                    self.look()
                    changed, looked_at = False, now
                if not changed:
                    self.fresh_at = now

    def _has_new_rooms(self) -> bool:
        return any(room.shown == 0 for room in self.hub.rooms.copy().values())

    def look(self) -> None:
        """Read the pulse of every room, and render those that changed."""
        rooms = self.hub.rooms.copy()
        with self.app.test_request_context(base_url=self.app.config["BASE_URL"]):
            pulses = pulse.pulses({key.workshop_id for key in rooms})
            self._tell_of_rights(pulses)
            for key, room in rooms.items():
                if key.workshop_id in pulses and room.shown != pulses[key.workshop_id].revision:
                    room.shown = pulses[key.workshop_id].revision
                    self._show(key)

    def _tell_of_rights(self, pulses: dict[str, Pulse]) -> None:
        """A room seen for the first time counts as changed: its rights may be other than when somebody came in."""
        before = {workshop_id: pulse.rights for workshop_id, pulse in self.known.items()}
        gone = before.keys() - pulses.keys()
        changed = [workshop_id for workshop_id, pulse in pulses.items() if before.get(workshop_id) != pulse.rights]
        self.known = pulses
        for workshop_id in (*gone, *changed):
            self.loop.call_soon_threadsafe(self.hub.change_rights, workshop_id)

    def _show(self, key: Key) -> None:
        """Render every part of a room; one that fails must not darken the others."""
        try:
            rendered = [parts.render(key.workshop_id, name, key.language) for name in key.parts]
            states = [state_of(part) for part in rendered]
        except Exception:
            log.exception("The %s of a room could not be rendered", key.audience)
        else:
            self._publish(key, states)

    def _publish(self, key: Key, states: Sequence[State]) -> None:
        asyncio.run_coroutine_threadsafe(self.hub.publish(key, states), self.loop)
