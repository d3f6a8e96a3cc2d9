"""People with phones over plain HTTP: their own cookies, real forms, and a memory of what they were promised."""

import asyncio
import base64
import hashlib
import html
import re
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from tests.faults.wire import Answer, Line, NoAnswer
from tests.support.build import Room

MARK = re.compile(r"zq[0-9a-f]{12}")
FORM = r'<form[^>]*action="{}"[^>]*>(.*?)</form>'
FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
LATER = {0, 408, 425, 429, 500, 502, 503, 504}
STORY = {"text": "To be told", "level": "2", "helped": ""}
OURS = {"Sec-Fetch-Site": "same-origin"}
FORM_KIND = "application/x-www-form-urlencoded"


@dataclass(slots=True, eq=False)
class Given:
    """One thing that somebody gives: kept with its id before any call, as the outbox does."""

    path: str
    fields: dict[str, str]
    words: str = ""
    what: str = "card"
    photo: bytes = b""
    acknowledged: bool = False
    over: int = 0  # the status with which the server said that nothing is left to send
    answers: list[int] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.fields["id"]

    @property
    def mark(self) -> str:
        return MARK.findall(self.words)[0] if self.words else ""

    @property
    def settled(self) -> bool:
        return self.acknowledged or bool(self.over)


@dataclass
class Times:
    """How long each answer took, and with what it came."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def share(self, part: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else 0.0

    @contextmanager
    def taking(self) -> Iterator[None]:
        began = perf_counter()
        yield
        self.seconds.append(perf_counter() - began)


class Phone:
    """One person's phone."""

    def __init__(self, port: int, room: Room, times: Times | None = None) -> None:
        self.line, self.room = Line(port), room
        self.times = times or Times()
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.given: list[Given] = []
        self.forms: dict[str, dict[str, str]] = {}

    async def get(self, path: str) -> Answer:
        return await self.ask("GET", path, {})

    async def post(self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
        """A form as a browser sends it without script."""
        body = urlencode(fields).encode()
        return await self.ask("POST", path, {"Content-Type": FORM_KIND, **OURS, **(headers or {})}, body)

    async def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            with self.times.taking():
                answer = await self.line.ask(method, path, {"Cookie": cookies, **headers}, body)
        except NoAnswer:
            self.times.statuses[0] += 1
            raise
        self._keep_cookies(answer)
        self.times.statuses[answer.status] += 1
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]

    async def join(self, door: str = "lived", role: str = "Service user", mistype: bool = False) -> None:
        """From the QR code, or after a code with a slip in it, to a seat in the room."""
        if mistype:
            asked = await self.get("/join")
            await self.post("/join", {**fields_of(asked, "/join"), "code": "WRNGCDE"})
            asked = await self.get("/join")
            opened = await self.post("/join", {**fields_of(asked, "/join"), "code": self.room.code})
            door_path = opened.location
        else:
            door_path = f"/j/{self.room.doors[door]}"
        await self._through(door_path, role)

    async def _through(self, door_path: str, role: str) -> None:
        welcome = await self.get(door_path)
        asked = await self.get((await self.post(door_path, fields_of(welcome, door_path))).location)
        path = f"{self.room.path}/role"
        await self.post(path, {**fields_of(asked, path), "role": role})

    def question(self, key: str) -> str:
        return f"{self.room.path}/a/{self.room.activities[key]}"

    async def walk(self, key: str, **answers: str) -> dict[str, str]:
        """From the question to «Is this right?»; the fields of that page are remembered."""
        path = self.question(key)
        page, fields = await self.get(path), dict(answers)
        for _ in range(6):
            found = {**fields_of(page, path), **fields}
            if 'value="send"' in page.text:
                break
            page = await self.post(path, {**found, "go": "next"})
        else:
            raise AssertionError(f"no way through {path}: {page.status}")
        self.token = found.pop("csrf_token")
        self.forms[key] = {**found, "go": "send"}
        return self.forms[key]

    async def prepare(self, key: str = "cards", **answers: str) -> Given:
        """Words of one's own, kept on the phone with an id; nothing has been sent yet."""
        if key not in self.forms:
            await self.walk(key, **(answers or {"text": "To be written"}))
        words = said()
        fresh = {**self.forms[key], "id": new_id(), "secret": new_id(), "text": words}
        return self._put(Given(self.question(key), fresh, words, what="card"))

    def choose(self, key: str, choices: dict[str, int]) -> Given:
        """A ballot; needs `walk` once."""
        base = {name: value for name, value in self.forms[key].items() if not name.startswith("choice-")}
        chosen = {f"choice-{item}": str(number) for item, number in choices.items()}
        fresh = {**base, "id": new_id(), "secret": new_id(), **chosen}
        return self._put(Given(self.question(key), fresh, what="ballot"))

    def take_back(self, given: Given) -> Given:
        fields = {"id": given.id, "secret": given.fields["secret"]}
        return self._put(Given(f"{self.room.path}/take-back", fields, what="take back"))

    def _put(self, given: Given) -> Given:
        self.given.append(given)
        return given

    async def send(self, given: Given, **headers: str) -> bool:
        """One try, as the outbox makes it. Only a receipt for these very bytes counts."""
        body, kind = in_parts(given, self.token) if given.photo else in_one(given, self.token)
        digest = fingerprint(body)
        sent = {"Accept": "application/json", "Content-Type": kind, "Content-Digest": digest, **OURS, **headers}
        try:
            answer = await self.ask("POST", given.path, sent, body)
        except NoAnswer:
            given.answers.append(0)
            return False
        return self._settle(given, answer, digest)

    def _settle(self, given: Given, answer: Answer, digest: str) -> bool:
        words: Any = answer.data() or {}
        given.answers.append(answer.status)
        self.token = words.get("token") or self.token
        if answer.status == 200 and words.get("state") == "safe":
            given.acknowledged = words["id"] == given.id and words["digest"] == digest
        elif words.get("error") and answer.status not in LATER and words["error"] != "stale":
            given.over = answer.status
        return given.acknowledged

    async def until_safe(self, given: Given, patience: float = 40.0) -> bool:
        """Again and again, with growing pauses, until it is acknowledged or there is nothing left to send."""
        deadline, pause = perf_counter() + patience, 0.05
        while not given.settled and perf_counter() < deadline:
            if not await self.send(given) and not given.over:
                await asyncio.sleep(pause)
                pause = min(pause * 1.6, 1.0)
        return given.acknowledged

    def hang_up(self) -> None:
        self.line.close()


@dataclass
class Crowd:
    """The phones of a room."""

    room: Room
    port: int
    times: Times = field(default_factory=Times)
    phones: list[Phone] = field(default_factory=list)

    async def come(self, many: int, **how: Any) -> list[Phone]:
        new = [Phone(self.port, self.room, self.times) for _ in range(many)]
        self.phones += new
        await asyncio.gather(*(phone.join(**how) for phone in new))
        return new

    async def keep_giving(self, stop: asyncio.Event, pause: float = 0.1, key: str = "cards") -> None:
        """Everybody gives one thing after the other, whatever the server does; at the end all of it is sent."""
        await asyncio.gather(*(self._give_on(phone, stop, pause, key) for phone in self.phones))

    async def _give_on(self, phone: Phone, stop: asyncio.Event, pause: float, key: str) -> None:
        if key not in phone.forms:
            await phone.walk(key, text="To be written")
        while not stop.is_set():
            given = await phone.prepare(key)
            await phone.send(given)
            await asyncio.sleep(pause * (0.5 + secrets.randbelow(1000) / 1000))
            if not given.settled and secrets.randbelow(3):
                await phone.send(given)
        await settle(phone)

    async def everybody(self, act: Callable[[Phone], Awaitable[Any]]) -> None:
        await asyncio.gather(*(act(phone) for phone in self.phones))

    def hang_up(self) -> None:
        for phone in self.phones:
            phone.hang_up()


async def settle(phone: Phone) -> None:
    """What is still on the phone goes, in the order in which it was given."""
    for given in phone.given:
        if not given.settled:
            await phone.until_safe(given)


def said() -> str:
    """Words that nobody else says."""
    return f"A bench at the stop, zq{secrets.token_hex(6)}, where the old people wait."


def new_id() -> str:
    return secrets.token_hex(16)


def in_one(given: Given, token: str) -> tuple[bytes, str]:
    return urlencode({**given.fields, "csrf_token": token}).encode(), FORM_KIND


def in_parts(given: Given, token: str) -> tuple[bytes, str]:
    """A form with a photo, every byte of it known before it goes."""
    edge = f"edge-{secrets.token_hex(8)}"
    part = f'--{edge}\r\nContent-Disposition: form-data; name="'
    fields = {**given.fields, "csrf_token": token}
    pieces = [f'{part}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    photo = f'{part}photo_file"; filename="photo"\r\n\r\n'.encode()
    return b"".join(
        [*pieces, photo, given.photo, f"\r\n--{edge}--\r\n".encode()]
    ), f"multipart/form-data; boundary={edge}"


def fingerprint(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def fields_of(page: Answer, path: str) -> dict[str, str]:
    """What a browser would send of the form that goes to this path."""
    form = re.search(FORM.format(re.escape(path)), page.text, re.DOTALL)
    assert form, f"{page.status}: no form for {path} in {page.text[:300]}"
    found: dict[str, str] = {}
    for tag in FIELD.findall(form[1]):
        told = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}
        ticked = told.get("type") not in ("radio", "checkbox", "file") or " checked" in tag
        if "name" in told and ticked:
            found[told["name"]] = told.get("value", "")
    return found
