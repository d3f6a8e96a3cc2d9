"""A walk through everything that people can reach, in whatever language the app speaks.

Everything that people write here is Greek, so that Greek letters on a page are theirs and all others are ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People, Person
from workshop.activities import discover
from workshop.commands import command
from workshop.extensions import db
from workshop.models import Activity, Organisation, User, Workshop

MOST = 240  # pages of one person
WORDS = "Ο τόπος μας"
SERVICE_USER, PROFESSIONAL = "Χρήστης", "Επαγγελματίας"
ROLES = [{"name": SERVICE_USER, "side": "lived"}, {"name": PROFESSIONAL, "side": "service"}]


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, who saw it where, and the code of the room, which is no word."""

    who: str
    path: str
    page: Page
    code: str = ""


def everywhere(app: Flask, people: People) -> Iterator[Seen]:
    """bea takes part, ada runs and prepares, a stranger looks in, the screen hangs on the wall; then it is over."""
    ada, screen = people.ada, people.stranger()
    room = open_room(app, people)
    bea = Participant(app, room, SERVICE_USER)
    office = f"/o/{people.organisation_id}/"
    screen.get(f"/s/{room.doors['screen']}")
    walks = (
        take_part(bea, room),
        follow_links("bea", bea, f"{room.path}/", f"{room.path}/my-words", f"{room.path}/help"),
        follow_links("ada", ada, f"{room.path}/console", office),
        iter([Seen("screen", "join", screen.get(f"{room.path}/screen"))]),
        mistakes(people.stranger(), room),
        afterwards(ada, bea, screen, room),
    )
    for seen in (seen for walk in walks for seen in walk if seen.page.is_html):
        yield replace(seen, code=room.code)


def open_room(app: Flask, people: People) -> Room:
    """A workshop with every kind there is, all of them open."""
    with app.app_context():
        kinds = discover()
    others = [name for name in kinds if name not in ("cards", "dots", "statements")]
    from_cards = [(name, {"items_from": "cards"}) for name in ("dots", "statements")]
    room = build.workshop(app, people.organisation_id, "cards", *from_cards, *others, settings={"trusted_room": True})
    room.open(*(name for name in kinds if kinds[name].gives != "nothing"))
    with app.app_context():
        write_greek()
    return room


@command
def write_greek() -> None:
    """Organisations, workshops, agendas and accounts carry their owners' words: Greek ones."""
    for organisation in db.session.query(Organisation):
        organisation.name, organisation.statements = WORDS, dict.fromkeys(organisation.statements, WORDS)
    for workshop in db.session.query(Workshop):
        workshop.title, workshop.roles = WORDS, ROLES
    for thing in db.session.query(Activity):
        thing.title, thing.prompt = f"{WORDS} {thing.position}", WORDS
    for account in db.session.query(User):
        account.name = WORDS


def take_part(bea: Participant, room: Room) -> Iterator[Seen]:
    """bea answers every question there is; cards come first, so that there is something to choose from."""
    for key in room.activities:
        page = bea.ask(key)
        for _ in range(20):
            yield Seen("bea", key, page)
            ways = [button.get("value") for button in page.all("button") if button.get("name") == "go"]
            if page.status != 200 or not page.all("form"):
                break
            page = bea.send(page, **filled(page), **({"go": "send" if "send" in ways else "next"} if ways else {}))


def filled(page: Page) -> dict[str, Any]:
    """An answer to everything that this page asks."""
    given = {text.get("name", ""): WORDS for text in page.all("textarea")}
    for choice in page.all("input"):
        if choice.get("type") == "radio":
            given.setdefault(choice.get("name", ""), choice.get("value", ""))
    answers = [button.get("value") for button in page.all("button") if button.get("name") == "answer"]
    return {**given, **({"answer": answers[0]} if answers else {})}


def follow_links(who: str, person: Person, *starts: str) -> Iterator[Seen]:
    """Every page that links lead to from here; a link changes nothing."""
    ahead, known = list(starts), set(starts)
    while ahead and len(known) < MOST:
        path = ahead.pop(0)
        page = person.get(path)
        new = [page.location] if page.location else page.links() if page.is_html else []
        for link in (local(each) for each in new):
            if link and link not in known:
                known.add(link)
                ahead.append(link)
        if page.is_html:
            yield Seen(who, path, page)


def local(link: str) -> str:
    """The path of a link inside the app; nothing for other languages, other sites and places on the same page."""
    parts = urlsplit(link)
    ours = not parts.netloc or parts.netloc == "localhost:5000"
    if not ours or not parts.path.startswith("/") or "lang=" in parts.query:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def mistakes(stranger: Person, room: Room) -> Iterator[Seen]:
    """What people read when something is wrong."""
    for path in ("/", "/join", "/receipt", "/sign-in", f"/j/{room.doors['service']}"):
        yield Seen("stranger", path, stranger.get(path))
    yield Seen("stranger", "no such page", stranger.get("/nowhere"))
    yield Seen("stranger", "wrong code", stranger.post("/join", code="ABCDEFG"))
    yield Seen("stranger", "no code", stranger.post("/join"))
    yield Seen("stranger", "wrong receipt", stranger.post("/receipt", words="12345"))
    yield Seen("stranger", "wrong password", stranger.post("/sign-in", email="a@example.org", password="wrong"))
    yield Seen("stranger", "nothing to sign in with", stranger.post("/sign-in"))
    yield Seen("stranger", "stale form", stranger.post("/join", token="old", code=room.code))


def afterwards(ada: Person, bea: Participant, screen: Person, room: Room) -> Iterator[Seen]:
    """Nonsense in forms, a worry, something taken back; then everything is counted and closed."""
    for path in ("agenda/add/dots", "agenda/add/story", "agenda/add/closing", "office/roles", "console/close"):
        nonsense = {"minutes": "many", "per_person": "x", "answer_by": "?"}
        yield Seen("ada", f"nonsense in {path}", ada.post(f"{room.path}/{path}", **nonsense))
    story, *_ = bea.words()
    yield Seen("bea", "a worry", bea.get(f"{room.path}/words/{story}/worry"))
    yield Seen("bea", "asked for help", bea.follow(bea.post(f"{room.path}/help").location))
    yield Seen("bea", "worried", bea.follow(bea.post(f"{room.path}/words/{story}/worry").location or f"{room.path}/"))
    yield Seen("ada", "the console in need", ada.get(f"{room.path}/console"))
    bea.post(f"{room.path}/words/{story}/take-back")
    yield Seen("bea", "taken back", bea.get(f"{room.path}/taken-back"))
    for key in ("dots", "statements", "closing"):
        room.count(key)
        ada.post(f"{room.path}/console/activity/{room.activities[key]}/show")
        yield Seen("screen", key, screen.get(f"{room.path}/screen"))
    yield Seen("bea", "too late", bea.ask("dots"))
    yield from follow_links("ada", ada, f"{room.path}/results", f"{room.path}/exports")
    ada.post(f"{room.path}/console/close", answer_by="2099-01-31")
    yield Seen("screen", "thanks", screen.get(f"{room.path}/screen"))
    yield Seen("bea", "over", bea.get(f"{room.path}/"))
