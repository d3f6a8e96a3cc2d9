"""F2, F11, F12: answers get lost, a hall comes back from offline at once, bodies arrive bent."""

import asyncio
import io
import os
import random
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass, field

import pytest
from PIL import Image

from tests.faults.lab import Hall, Lab
from tests.faults.phones import STORY, Given, Phone, fingerprint, in_one, in_parts, new_id, settle
from tests.faults.proxy import between
from tests.faults.recordings import Recorded, record, send
from tests.faults.verdict import Tally
from tests.faults.wire import Line, NoAnswer, written
from tests.media.recordings import sound
from workshop.media import ffmpeg

LOST_SHARE = 0.3
ALL_IN_WITHIN = 600.0


@dataclass
class Losses:
    """Three answers in ten, the same ones in every run."""

    count: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(2))  # noqa: S311

    def __call__(self, _request: bytes) -> bool:
        lost = self.chance.random() < LOST_SHARE
        self.count += lost
        return lost


@pytest.mark.shows("R04")
def lost_replies(lab: Lab) -> Tally:
    """F2: the server keeps the words, and its answer gets lost, three times in ten."""
    posts = lab.of(200, 1000)
    with lab.hall("replies") as hall:
        return lab.run(_lost_replies(hall, posts))


async def _lost_replies(hall: Hall, posts: int) -> Tally:
    losses = Losses()
    await hall.crowd.come(10)
    await hall.crowd.everybody(lambda phone: phone.walk("cards", text="To be written"))
    async with between(hall.served.port, losses) as port:
        for phone in hall.crowd.phones:
            phone.line = Line(port)
        await hall.crowd.everybody(lambda phone: _give(phone, posts // 10))
    hall.crowd.hang_up()
    for phone in hall.crowd.phones:
        phone.line = Line(hall.served.port)
    tally = await hall.ledger.tally()
    rows = len(hall.ledger.rows("SELECT id FROM contribution"))
    tally.promise(rows == posts, f"{rows} rows for {posts} posts")
    tally.promise(losses.count > posts // 10, "hardly any answer was lost: this proves nothing")
    tally.says = f"{posts} posts, {losses.count} answers lost after the commit, {rows} rows"
    return tally


async def _give(phone: Phone, many: int) -> None:
    for _ in range(many):
        await phone.until_safe(await phone.prepare())


@pytest.mark.shows("A23")
def back_from_offline(lab: Lab) -> Tally:
    """F11: everybody wrote without network for hours, with photos and recordings; then all phones are there at once."""
    phones, photo = lab.of(30, 200), noise(lab.of(700, 2600))
    voice = sound(lab.of(20, 240)) if ffmpeg.program() else b""
    with lab.hall("offline", "cards", ("story", {"helped": False})) as hall:
        return lab.run(_back_from_offline(hall, phones, photo, voice))


async def _back_from_offline(hall: Hall, phones: int, photo: bytes, voice: bytes) -> Tally:
    await hall.crowd.come(phones)
    told: dict[Phone, Recorded] = {}
    for number, phone in enumerate(hall.crowd.phones):
        await phone.walk("cards", text="To be written")
        for _ in range(4):
            await phone.prepare()
        await tell(phone, photo)
        if voice and number % 3 == 1:
            told[phone] = await record(phone, voice)
        if number % 3 == 0:
            phone.cookies.pop("workshop", None)  # the form's token of this morning is nobody's any more
        phone.hang_up()
    began = time.monotonic()
    await hall.crowd.everybody(lambda phone: _all_of(phone, told.get(phone)))
    seconds = time.monotonic() - began
    tally = await hall.ledger.tally()
    _count_photos(hall, tally, phones)
    _count_voices(hall, tally, told.values())
    tally.promise(seconds <= ALL_IN_WITHIN, f"it took {seconds:.0f} seconds until all was in")
    sent = f"4 cards and a photo of {len(photo) // 1000} kB, {len(told)} with {len(voice) // 1000} kB of voice"
    tally.says = f"{phones} phones with {sent}: all in after {seconds:.1f} s"
    hall.crowd.hang_up()
    return tally


async def tell(phone: Phone, photo: bytes) -> Given:
    """A story with a photo of one's own, kept on the phone."""
    if "story" not in phone.forms:
        await phone.walk("story", **STORY)
    given = await phone.prepare("story")
    given.photo = photo
    given.fields["photo_as"] = new_id()
    return given


async def _all_of(phone: Phone, recorded: Recorded | None) -> None:
    """Words first, of everything; then what is long."""
    await settle(phone)
    if recorded:
        await send(phone, recorded, ALL_IN_WITHIN)


def _count_voices(hall: Hall, tally: Tally, told: Collection[Recorded]) -> None:
    """Each is there once, with every byte: still in its pieces, or made anew."""
    rows = dict(hall.ledger.rows("SELECT id, state FROM medium WHERE kind = 'sound'"))
    tally.acknowledged += len(told)
    tally.lost += sum(rows.get(each.medium) not in ("waiting", "ready") for each in told)
    tally.duplicated += len(rows.keys() - {each.medium for each in told})


def _count_photos(hall: Hall, tally: Tally, meant: int) -> None:
    rows = hall.ledger.rows("SELECT file, contribution_id FROM medium WHERE kind = 'photo'")
    there = [row for row in rows if row[1] and (hall.served.instance / "media" / row[0]).is_file()]
    tally.lost += max(meant - len(there), 0)
    tally.duplicated += max(len(rows) - meant, 0)


def noise(size: int) -> bytes:
    """A photo that cannot be made small: nothing but noise."""
    file = io.BytesIO()
    Image.frombytes("RGB", (size, size), os.urandom(size * size * 3)).save(file, "JPEG", quality=80)
    return file.getvalue()


@pytest.mark.shows("A25")
def bad_bodies(lab: Lab) -> Tally:
    """F12: a sending arrives empty, cut, with a bit turned or with the fingerprint of another."""
    with lab.hall("bodies", "cards", ("story", {"helped": False})) as hall:
        return lab.run(_bad_bodies(hall, noise(lab.of(400, 1600))))


async def _bad_bodies(hall: Hall, photo: bytes) -> Tally:
    [phone] = await hall.crowd.come(1)
    await phone.walk("cards", text="To be written")
    card, story, tried = await phone.prepare(), await tell(phone, photo), 0
    statuses: set[int] = set()
    for given in (card, story):
        whole, kind = in_parts(given, phone.token) if given.photo else in_one(given, phone.token)
        for bent, digest in bendings(whole):
            statuses.add(await _post(hall, phone, given, bent, kind, digest))
            tried += 1
        for part in (0.3, 0.9):
            statuses.add(await _hang_up_amid(hall, phone, given, whole, kind, part))
            tried += 1
    before = len(hall.ledger.rows("SELECT id FROM contribution")), len(hall.ledger.rows("SELECT id FROM medium"))
    await settle(phone)
    tally = await hall.ledger.tally()
    tally.promise(before == (0, 0), f"of bodies that were not whole, {before} were kept")
    tally.promise(statuses <= {0, 408, 422}, f"answers to bent bodies: {sorted(statuses)}")
    _count_photos(hall, tally, 1)
    tally.says = f"{tried} bent bodies were refused, then the whole ones came in"
    hall.crowd.hang_up()
    return tally


def bendings(whole: bytes) -> list[tuple[bytes, str]]:
    """The bodies that arrive, each with the fingerprint that the phone said."""
    said = fingerprint(whole)
    cuts = sorted({0, 1, len(whole) // 2, len(whole) - 1, *range(65536, len(whole), 65536)})
    flips = [secrets.randbelow(len(whole)) for _ in range(8)]
    turned = [whole[:at] + bytes([whole[at] ^ 1 << secrets.randbelow(8)]) + whole[at + 1 :] for at in flips]
    wrong = [(whole, fingerprint(b"another")), (whole, "sha-256=:nonsense:"), (whole, "")]
    return [*((whole[:cut], said) for cut in cuts), *((body, said) for body in turned), *wrong[:2]]


def _head(phone: Phone, kind: str, digest: str) -> dict[str, str]:
    cookies = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    told = {"Cookie": cookies, "Accept": "application/json", "Content-Type": kind, "Content-Digest": digest}
    return {**told, "Sec-Fetch-Site": "same-origin"}


async def _post(hall: Hall, phone: Phone, given: Given, body: bytes, kind: str, digest: str) -> int:
    """These bytes, under the same id; the status, 0 for no answer."""
    line = Line(hall.served.port)
    try:
        return (await line.ask("POST", given.path, _head(phone, kind, digest), body)).status
    except NoAnswer:
        return 0
    finally:
        line.close()


async def _hang_up_amid(hall: Hall, phone: Phone, given: Given, whole: bytes, kind: str, part: float) -> int:
    """The line breaks before the whole body is there."""
    head = {**_head(phone, kind, fingerprint(whole)), "Content-Length": str(len(whole))}
    _reader, writer = await asyncio.open_connection("127.0.0.1", hall.served.port)
    writer.write(written("POST", given.path, hall.served.port, head) + whole[: int(len(whole) * part)])
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()
    return 0
