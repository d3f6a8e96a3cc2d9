"""A first visit on a phone: everything that the page behind the QR code loads, and all the script there is."""

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain, product
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bench import room as rooms
from bench import server
from bench.figures import Figure, at_most
from bench.load import once, request
from bench.pages import header

KIB = 1024
LOADED = {"use": "href", **dict.fromkeys(("script", "img", "source", "video", "audio", "iframe"), "src")}
LINKS = ("stylesheet", "icon", "manifest", "modulepreload", "preload", "apple-touch-icon")
IN_STYLE = re.compile(rb"""url\(["']?([^"')]+)|@import\s+["']([^"']+)""")
IN_SCRIPT = re.compile(rb"""(?:import|from)\s*["']([^"']+)["']""")
LATER = re.compile(rb"""import\s*\(\s*["']([^"']+)["']""")  # what only some phones ask for, when they need it
ANSWERED = 200


class Addresses(HTMLParser):
    """What a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag in LOADED and about.get(LOADED[tag]):
            self.found.append(about[LOADED[tag]])
        elif tag == "link" and set(about.get("rel", "").split()) & set(LINKS):
            self.found.append(about["href"])


class Visit:
    """A phone that has never been here: every address once, packed as the server packs it.

    With `later` also what a recorder, a shared tablet or an old browser would fetch.
    """

    def __init__(self, port: int, cookies: str = "", *, later: bool = False) -> None:
        self.port, self.cookies, self.later = port, cookies, later
        self.sizes: dict[str, int] = {}
        self.strangers: list[str] = []

    def open(self, path: str) -> None:
        """The page, and whatever it needs."""
        page = self._load(path)
        reader = Addresses()
        reader.feed(page.decode())
        for address in reader.found:
            self._need(urljoin(path, address))

    def _need(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme == "data":
            return
        if parts.netloc:
            self.strangers.append(address)
            return
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if path not in self.sizes:
            self._needs_of(path, self._load(path))

    def _needs_of(self, path: str, body: bytes) -> None:
        kind = urlsplit(path).path.rpartition(".")[2]
        wanted = {"css": [IN_STYLE], "js": [IN_SCRIPT, *([LATER] if self.later else [])]}.get(kind, [])
        for match in chain.from_iterable(each.finditer(body) for each in wanted):
            self._need(urljoin(path, next(filter(None, match.groups())).decode()))

    def _load(self, path: str) -> bytes:
        headers = {"Accept-Encoding": "gzip"} | ({"Cookie": self.cookies} if self.cookies else {})
        status, answer = once(self.port, request(self.port, path, headers))
        if status != ANSWERED:
            raise RuntimeError(f"{path}: {status}")
        body = answer.split(b"\r\n\r\n", 1)[1]
        self.sizes[path] = len(body)
        return gzip.decompress(body) if header(answer, "content-encoding") == "gzip" else body

    def size(self, ending: str = "") -> int:
        return sum(size for path, size in self.sizes.items() if urlsplit(path).path.endswith(ending))


def figures(folder: Path) -> Iterator[Figure]:
    room = rooms.make(folder, {"story": {}, "cards": {"level": 2}})
    (phone,) = rooms.add_people(room, 1)
    with server.app(folder / "instance", workers=1) as ours:
        first = Visit(ours.port)
        first.open(room.door())
        pages = (room.page("story"), f"{room.path}/", f"{room.path}/my-words", f"{room.path}/look-up")
        script, all_script = (Visit(ours.port, room.cookies(phone), later=later) for later in (False, True))
        for visit, path in product((script, all_script), pages):
            visit.open(path)
    yield at_most("first visit on a phone, packed", first.size() / KIB, "KiB", 60)
    yield at_most("first visit on a phone, requests", len(first.sizes), "requests", 8)
    yield at_most("first visit on a phone, from elsewhere", len(first.strangers + all_script.strangers), "requests", 0)
    yield at_most("script on every page of a phone, packed", script.size(".js") / KIB, "KiB", 40)
    yield at_most("script that only some phones ask for, packed", (all_script.size() - script.size()) / KIB, "KiB", 20)
