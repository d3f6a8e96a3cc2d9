"""A browser as small as can be: asks over HTTP, keeps cookies, reads the forms of a page."""

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

Headers = list[tuple[str, str]]
Wire = Callable[[str, str, dict[str, str], bytes], tuple[int, Headers, bytes]]
REDIRECTS = (302, 303, 307)


class Refused(Exception):
    """The app did not do what the player expected of it; the message says what came instead."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it goes, and what its fields hold."""

    action: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What came back."""

    path: str
    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def forms(self) -> list[Form]:
        reader = _Reader(self.path)
        reader.feed(self.text)
        return [Form(action, fields) for action, fields in reader.forms]

    def form_with(self, *names: str) -> Form:
        """The form that has all of these fields. Raises Refused."""
        for form in self.forms:
            if all(name in form.fields for name in names):
                return form
        raise Refused(f"no form with {', '.join(names)} at {self.path} ({self.status})")

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(slots=True)
class Browser:
    """One phone, or the facilitator's laptop: its own cookies, the same network as everybody's."""

    wire: Wire
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        """A page, wherever the way leads."""
        page = self._ask("GET", path, b"")
        while page.status in REDIRECTS:
            page = self._ask("GET", _path_of(page.header("location")), b"")
        return page

    def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a form; the answer is not followed."""
        return self._ask("POST", path, urlencode(fields).encode())

    def send(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a form that must be taken, and go where the answer leads. Raises Refused."""
        page = self.post(path, fields)
        if page.status not in REDIRECTS:
            raise Refused(f"{path} answered {page.status}")
        return self.get(_path_of(page.header("location")))

    def _ask(self, method: str, path: str, body: bytes) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, answered, content = self.wire(method, path, headers, body)
        for name, value in answered:
            if name.lower() == "set-cookie":
                self._keep(value)
        return Page(path, status, answered, content)

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def wire_to(url: str) -> Wire:
    """The way to a server: one connection that everybody shares, opened again when the server closed it."""
    parts = urlsplit(url)
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = make(parts.netloc, timeout=30)

    def ask(method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Headers, bytes]:
        for last in (False, True):
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                connection.close()
                if last:
                    raise
        raise AssertionError

    return ask


class _Reader(HTMLParser):
    """The forms of a page with the values that they hold; of several choices, the one that is made."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((about.get("action") or self.path, {}))
        elif self.forms and "name" in about:
            self._note(tag, about)

    def _note(self, tag: str, about: Mapping[str, str]) -> None:
        fields = self.forms[-1][1]
        if tag == "textarea":
            self.area = about["name"]
        chosen = about.get("type") not in ("radio", "checkbox") or "checked" in about
        fields.setdefault(about["name"], "")
        if tag == "input" and chosen:
            fields[about["name"]] = about.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area and self.forms:
            self.forms[-1][1][self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
