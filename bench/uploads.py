"""After an hour without network: two hundred phones send their words, a photo and a recording each, all together."""

import asyncio
import base64
import hashlib
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from PIL import Image

from bench import recordings, server
from bench import room as rooms
from bench.figures import Figure, at_most, calibrated, speed
from bench.load import HOST, Answered, Line, connect, request, run
from bench.processes import memory
from bench.room import Phone, Room, moment
from workshop.extensions import db
from workshop.media import ffmpeg
from workshop.models import Contribution, Medium
from workshop.models.columns import new_id

PHONES, WITHIN, PATIENCE = 200, 10.0, 600.0  # seconds in which all of them find the network again, and to wait at most
STEP, SECONDS, BITS = 1024 * 1024, 240, "68k"  # a piece; a recording of about two megabytes
GLANCE, AGAIN = 0.25, 1.0
AGENDA: dict[str, dict[str, Any]] = {"story": {"helped": False}}
SHOT = (1600, 1200)


@dataclass(frozen=True, slots=True)
class File:
    """What follows the words: every phone sends the same bytes under an id of its own."""

    kind: str
    data: bytes
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(slots=True)
class Hour:
    """What came of it: how long the receipts of the words took, everything in `seconds`, and the most memory held."""

    words: Answered = field(default_factory=Answered)
    put_off: int = 0
    seconds: float = 0.0
    memory: float = 0.0


def figures(folder: Path) -> Iterator[Figure]:
    """Nothing where the extra is missing."""
    program = ffmpeg.program()
    if program is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    recordings.record(program, folder / "voice.webm", SECONDS, BITS)
    files = [File("photo", _photo()), File("sound", (folder / "voice.webm").read_bytes())]
    room = rooms.make(folder, AGENDA)
    phones = rooms.add_people(room, PHONES)
    with server.app(folder / "instance") as ours:
        hour = run(_hour(room, phones, files, ours))
    yield from _told(hour, _kept(room), files)


def _told(hour: Hour, kept: dict[str, int], files: list[File]) -> Iterator[Figure]:
    megabytes = " and ".join(f"{len(file.data) / 1e6:.1f} MB of {file.kind}" for file in files)
    name = f"{PHONES} phones with words, {megabytes}"
    astray = sum(abs(PHONES - kept.get(kind, 0)) for kind in ("words", "photo", "sound"))
    yield at_most(f"{name}: missing or double", astray, "parts", 0)
    yield at_most(f"{name}: words that failed", hour.words.failed(200), "stories", 0)
    receipt = calibrated(hour.words.share(0.95), speed())
    yield at_most(f"{name}: receipt of the words, p95, calibrated", receipt, "s", 1)
    held = hour.memory / 1e6 or None
    yield at_most(f"{name}: memory of the server and its children at most", held, "MB", 300)
    says = f"s; {hour.put_off} pieces were put off and went again"
    yield at_most(f"{name}: everything in, calibrated", calibrated(hour.seconds, speed()), says, PATIENCE)


def _photo() -> bytes:
    """Noise does not pack well: about a megabyte, as phones send it after making it smaller."""
    noise = Image.frombytes("RGB", SHOT, random.Random(1).randbytes(3 * SHOT[0] * SHOT[1]))
    out = BytesIO()
    noise.resize((SHOT[0] // 2, SHOT[1] // 2)).resize(SHOT).save(out, "JPEG", quality=93)
    return out.getvalue()


async def _hour(room: Room, phones: list[Phone], files: list[File], ours: server.Running) -> Hour:
    hour, chance = Hour(), random.Random(2)
    watching = asyncio.create_task(_watch(hour, ours.pid))
    began = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        senders = (_send(room, phone, files, ours.port, hour, chance.random() * WITHIN) for phone in phones)
        await asyncio.gather(*senders)
    hour.seconds = time.perf_counter() - began
    watching.cancel()
    return hour


async def _watch(hour: Hour, pid: int) -> None:
    while True:
        hour.memory = max(hour.memory, await asyncio.to_thread(memory, pid) or 0)
        await asyncio.sleep(GLANCE)


async def _send(room: Room, phone: Phone, files: list[File], port: int, hour: Hour, later: float) -> None:
    """One phone: words first, then what follows them, each piece when the one before is safe."""
    await asyncio.sleep(later)
    line, story = await connect(port), new_id()
    named = {new_id(): file for file in files}
    asked = time.perf_counter()
    status, answer = await _ask(line, _words(room, phone, story, named, port))
    hour.words.times.append(time.perf_counter() - asked)
    hour.words.statuses[status if answer.get("state") == "safe" else 0] += 1
    for medium, file in named.items():
        await _follow(line, room, phone, (story, medium, file), port, hour)
    if line.transport:
        line.transport.close()


def _words(room: Room, phone: Phone, story: str, named: dict[str, File], port: int) -> bytes:
    form = {"csrf_token": room.form[1], "id": story, "secret": new_id(), "at": "0", "go": "send", "level": "2"}
    form |= {"text": "I waited in the rain. " * 10, "voice": "y", "face": "y"}
    form["media"] = " ".join(f"{file.kind}:{medium}" for medium, file in named.items())
    digest = _digest(urlencode(form).encode())
    heads = {"Cookie": room.cookies(phone), "Accept": "application/json", "Content-Digest": digest}
    return request(port, room.page("story"), heads, form)


async def _follow(line: Line, room: Room, phone: Phone, what: tuple[str, str, File], port: int, hour: Hour) -> None:
    """As the phone's script does it: the server says how much is safe there, and where to go on."""
    story, medium, file = what
    has = 0
    while True:
        piece = file.data[has : has + STEP]
        asked = {"of": story, "kind": file.kind, "size": len(file.data), "sha256": file.sha256, "at": has}
        heads = {
            "Host": f"{HOST}:{port}",
            "Cookie": room.cookies(phone),
            "Accept": "application/json",
            "X-CSRFToken": room.form[1],
            "Content-Type": "application/octet-stream",
            "Content-Length": str(len(piece)),
            "Content-Digest": _digest(piece),
        }
        top = [f"POST {room.path}/media/{medium}?{urlencode(asked)} HTTP/1.1", *map(": ".join, heads.items()), "", ""]
        status, answer = await _ask(line, "\r\n".join(top).encode() + piece)
        if status not in (200, 409):
            hour.put_off += 1
            await asyncio.sleep(AGAIN)
        elif answer["state"] != "arriving":
            return
        else:
            has = answer["has"]


async def _ask(line: Line, data: bytes) -> tuple[int, dict[str, Any]]:
    told: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
    line.ask(data, lambda status, answer: told.set_result((status, answer)))
    status, answer = await told
    body = answer.partition(b"\r\n\r\n")[2]
    if not status:
        raise ConnectionError("the server hung up")
    return status, json.loads(body) if body.startswith(b"{") else {}


def _digest(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def _kept(room: Room) -> dict[str, int]:
    """What is there: words, and media that came whole."""
    with moment(room.app):
        whole = sa.select(Medium.kind, sa.func.count()).where(Medium.state.in_(("waiting", "ready")))
        found = {str(kind): int(count) for kind, count in db.session.execute(whole.group_by(Medium.kind))}
        words = db.session.execute(sa.select(sa.func.count()).select_from(Contribution)).scalar_one()
    return found | {"words": int(words)}
