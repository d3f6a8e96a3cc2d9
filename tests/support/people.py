"""Who is here: browsers with their own cookies, each asking the real app."""

from functools import cached_property
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.support.build import STATED, Room
from tests.support.page import Page
from workshop.commands import accounts, command, links
from workshop.extensions import db
from workshop.models import Organisation


class Person:
    """A browser. Every answer that is a page is a checked page."""

    def __init__(self, app: Flask, address: str = "http://localhost:5000") -> None:
        self.app, self.address = app, address
        self.client: FlaskClient = app.test_client()
        self.headers: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> Page:
        return Page(self.client.get(path, base_url=self.address, headers={**self.headers, **headers}))

    def follow(self, path: str) -> Page:
        """Get, and go where the answer sends us."""
        page = self.get(path)
        while page.status in (302, 303):
            page = self.get(page.location)
        return page

    def post(
        self, path: str, *, token: str | None = None, headers: dict[str, str] | None = None, **fields: Any
    ) -> Page:
        """Send fields with a form token, as a form of ours would."""
        sent = {"csrf_token": self.token() if token is None else token, **fields}
        heads = {**self.headers, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return Page(self.client.post(path, data=sent, base_url=self.address, headers=heads))

    def send(self, page: Page, action: str | None = None, path: str | None = None, **answers: Any) -> Page:
        """Fill in a form of this page and send it, as a browser would."""
        form = next(f for f in page.forms() if action is None or (f.get("action") or "").endswith(action))
        where = path or form.get("action") or page.response.request.path
        fields = {**page.fields(action), **answers}
        return self.post(where, token=fields.pop("csrf_token"), **fields)

    def token(self) -> str:
        """A form token for this browser."""
        return self.get("/join").fields()["csrf_token"]

    def cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain="localhost")
        return found.value if found else None


class Participant(Person):
    """Somebody with a phone in the room."""

    def __init__(self, app: Flask, room: Room, role: str | None = "Service user", door: str = "lived") -> None:
        super().__init__(app)
        self.room = room
        welcome = self.get(f"/j/{room.doors[door]}")
        asked = self.get(self.send(welcome).location)
        self.send(asked, role=role or "")

    def see(self, what: str = "") -> Page:
        """A page of the room: my-words, help, look-up…"""
        return self.get(f"{self.room.path}/{what}")

    def ask(self, activity: str) -> Page:
        return self.get(f"{self.room.path}/a/{self.room.activities[activity]}")

    def tell(self, activity: str, text: str, level: int = 2, helped: str = "", **more: str) -> Page:
        """A story from the first question to «Sent»."""
        page = self.send(self.ask(activity), text=text, go="next")
        while page.h1 != "Is this right?":
            assert page.status == 200, page.text
            answer = {"level": str(level)} if "level" in page.html else {}
            page = self.send(page, go="next", **(answer if 'id="level-' in page.html else {"helped": helped, **more}))
        return self.send(page, go="send")

    def write(self, activity: str, text: str, **answers: str) -> Page:
        """A card from the question to «Sent»."""
        return self.send(self.send(self.ask(activity), text=text, go="next", **answers), go="send")

    def words(self) -> list[str]:
        """The ids of everything I gave, newest first."""
        return [link.rsplit("/", 1)[1] for link in self.see("my-words").links() if "/words/" in link]

    @property
    def receipt(self) -> str:
        return self.cookie(f"receipt-{self.room.id[:10]}") or ""


class Staff(Person):
    """Somebody with an account, signed in by a one-time link."""

    def __init__(self, app: Flask, name: str, organisation_id: str, role: str = "organiser") -> None:
        super().__init__(app)
        with app.app_context():
            self.id = accounts.add_user(f"{name}@example.org", name.title(), None, organisation_id, role)
            link = links.make_link(self.id, "sign_in")
        page = self.get(f"/sign-in/{link}")
        self.send(page)


class People:
    """ada and dora have accounts in two organisations; phones come in when a test asks for them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.organisation_id = organisation(app, "Riverside")
            self.other_organisation_id = organisation(app, "Hillside")

    @cached_property
    def ada(self) -> Staff:
        return Staff(self.app, "ada", self.organisation_id)

    @cached_property
    def dora(self) -> Staff:
        return Staff(self.app, "dora", self.other_organisation_id)

    def stranger(self) -> Person:
        return Person(self.app)

    def bea(self, room: Room) -> Participant:
        return Participant(self.app, room, "Service user", "lived")

    def cem(self, room: Room) -> Participant:
        return Participant(self.app, room, "Professional", "service")


def organisation(app: Flask, name: str) -> str:
    """An organisation that has stated everything."""

    @command
    def make() -> str:
        row = Organisation(name=name, statements=STATED)
        db.session.add(row)
        db.session.flush()
        return row.id

    return make()
