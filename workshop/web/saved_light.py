"""The light «words are being saved»: a real write, at most one in five seconds a process, however many look at it."""

import time
from dataclasses import dataclass, field
from threading import Lock

from flask import current_app

from workshop.commands import CannotSave, upkeep

EVERY = 5.0


@dataclass(slots=True)
class Light:
    """What the last write said, and when. Who asks during a write waits for its answer."""

    asked_at: float = -EVERY
    is_on: bool = False
    lock: Lock = field(default_factory=Lock)

    def look(self) -> bool:
        with self.lock:
            if time.monotonic() - self.asked_at >= EVERY:
                self.is_on = _write()
                self.asked_at = time.monotonic()
            return self.is_on


def can_save() -> bool:
    """Can words be saved in this process now?"""
    light: Light = current_app.extensions.setdefault("workshop-saved-light", Light())
    return light.look()


def _write() -> bool:
    try:
        upkeep.probe()
    except CannotSave:
        return False
    return True
