"""A story that is a recording, from a phone's outbox: its words first, then its pieces one by one."""

import asyncio
import hashlib
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from tests.faults.phones import OURS, STORY, Given, Phone, fingerprint, new_id
from tests.faults.wire import NoAnswer
from workshop.media import LARGEST_PIECE


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the phone keeps of it: the words with their id, the recording with its own."""

    given: Given
    medium: str
    whole: bytes

    @property
    def about(self) -> str:
        digest = hashlib.sha256(self.whole).hexdigest()
        return f"of={self.given.id}&kind=sound&size={len(self.whole)}&sha256={digest}"


async def record(phone: Phone, whole: bytes) -> Recorded:
    """Kept on the phone; nothing is sent."""
    if "story" not in phone.forms:
        await phone.walk("story", **STORY)
    given, medium = await phone.prepare("story"), new_id()
    given.fields["media"] = f"sound:{medium}"
    return Recorded(given, medium, whole)


async def send(phone: Phone, recorded: Recorded, patience: float = 120.0) -> None:
    """Words and pieces, each again until it is acknowledged; a piece goes on where the server says that it is."""
    assert await phone.until_safe(recorded.given, patience)
    deadline, has = perf_counter() + patience, 0
    while has < len(recorded.whole):
        assert perf_counter() < deadline, f"{has} of {len(recorded.whole)} bytes arrived"
        try:
            has = await _piece(phone, recorded, has)
        except NoAnswer:
            await asyncio.sleep(0.2)


async def _piece(phone: Phone, recorded: Recorded, at: int) -> int:
    """Sends one; how much the server has of it now."""
    piece = recorded.whole[at : at + LARGEST_PIECE]
    heads = {"Accept": "application/json", "Content-Type": "application/octet-stream", **OURS}
    heads |= {"Content-Digest": fingerprint(piece), "X-CSRFToken": phone.token}
    path = f"{phone.room.path}/media/{recorded.medium}?{recorded.about}&at={at}"
    answer = await phone.ask("POST", path, heads, piece)
    said: Any = answer.data() or {}
    phone.token = said.get("token") or phone.token
    if answer.status == 200:
        return int(said["has"])
    assert answer.status in (403, 429, 503) or said.get("token"), f"{answer.status}: {answer.text[:200]}"
    await asyncio.sleep(0.2)
    return at
