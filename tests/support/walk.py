"""A walk through everything that people can reach, in whatever language the app speaks.

Everything that people write here is Greek, so that Greek letters on a page are theirs and all others are ours.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask

from tests.kinds import hall
from tests.support import build, errands
from tests.support.build import Room
from tests.support.errands import WORDS
from tests.support.page import Page
from tests.support.people import Participant, People, Person
from workshop.activities import discover, items_of
from workshop.commands import command
from workshop.counting.closing import QUESTIONS
from workshop.extensions import db
from workshop.models import Activity, Organisation, User, Workshop

ONE_OF_MANY = re.compile(r"[0-9a-f]{16,}|at=\d+")
SERVICE_USER, PROFESSIONAL = "Χρήστης", "Επαγγελματίας"
ROLES = [{"name": SERVICE_USER, "side": "lived"}, {"name": PROFESSIONAL, "side": "service"}]


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, and who saw it where."""

    who: str
    path: str
    page: Page


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
        on_errands("ada", errands.moderate(bea, ada, room)),
        on_errands("ada", errands.add_for_somebody(ada, room)),
        on_errands("ada", errands.organise(ada, people.stranger(), people)),
        on_errands("ada", errands.promise(ada, room)),
        afterwards(ada, bea, screen, room),
    )
    yield from (seen for walk in walks for seen in walk if seen.page.is_html)


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
    cards = db.session.query(Activity.id).filter_by(kind="cards").scalar()
    for organisation in db.session.query(Organisation):
        organisation.name, organisation.statements = (
            WORDS,
            dict.fromkeys(organisation.statements, WORDS),
        )
    for workshop in db.session.query(Workshop):
        workshop.title, workshop.roles = WORDS, ROLES
    for thing in db.session.query(Activity):
        thing.title, thing.prompt = f"{WORDS} {thing.position}", WORDS
        if thing.kind == "closing":
            thing.settings = {**thing.settings, "owners_for": cards}
    for account in db.session.query(User):
        account.name = WORDS


def take_part(bea: Participant, room: Room) -> Iterator[Seen]:
    """bea answers every question there is; cards come first, so that there is something to choose from."""
    for key in room.activities:
        for page in errands.give(bea, bea.ask(key)):
            yield Seen("bea", key, page)
        yield Seen("bea", f"{key} sent", bea.get(f"{room.path}/a/{room.activities[key]}/sent"))


def on_errands(who: str, pages: errands.Pages) -> Iterator[Seen]:
    for what, page in pages:
        yield Seen("bea" if what.startswith("bea") else who, what, page)


def follow_links(who: str, person: Person, *starts: str) -> Iterator[Seen]:
    """Pages that links lead to from here, at most two of a sort; a link changes nothing."""
    ahead, known, sorts = list(starts), set(starts), Counter[str]()
    while ahead:
        path = ahead.pop(0)
        page = person.get(path)
        new = [page.location] if page.location else page.links() if page.is_html else []
        for link in (local(each) for each in new):
            if link and link not in known and sorts[sort_of(link)] < 2:
                known.add(link)
                sorts[sort_of(link)] += 1
                ahead.append(link)
        if page.is_html:
            yield Seen(who, path, page)


def sort_of(path: str) -> str:
    """The address of a page without what differs from one thing to the next."""
    return ONE_OF_MANY.sub("…", path)


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


def fill_the_hall(room: Room, key: str) -> None:
    """Six people of each side see it differently, so that the sides may be shown."""
    items = list(QUESTIONS) if key == "closing" else item_ids(room)
    hall.fill(room, key, "lived", *[dict.fromkeys(items, 1)] * 6)
    if key != "dots":
        hall.fill(room, key, "service", *[dict.fromkeys(items, 0 if key == "closing" else -1)] * 6)
    else:
        hall.fill(room, key, "service", *[{}] * 6)


def item_ids(room: Room) -> list[str]:
    with room.app.app_context():
        return [item.id for item in items_of(room.activities["cards"], room.id)]


def afterwards(ada: Person, bea: Participant, screen: Person, room: Room) -> Iterator[Seen]:
    """Nonsense in forms, a worry, something taken back; then everything is counted and closed."""
    for path in ("agenda/add/dots", "agenda/add/story", "agenda/add/closing", "office/roles", "console/close"):
        nonsense = {"minutes": "many", "per_person": "x", "answer_by": "?"}
        yield Seen("ada", f"nonsense in {path}", ada.post(f"{room.path}/{path}", **nonsense))
    story = bea.words()[-1]
    yield Seen("bea", "a worry", bea.get(f"{room.path}/words/{story}/worry"))
    yield Seen("bea", "asked for help", bea.follow(bea.post(f"{room.path}/help").location))
    yield Seen("bea", "worried", bea.follow(bea.post(f"{room.path}/words/{story}/worry").location or f"{room.path}/"))
    yield Seen("ada", "the console in need", ada.get(f"{room.path}/console"))
    for key in ("dots", "statements", "closing"):
        fill_the_hall(room, key)
        room.count(key)
        ada.post(f"{room.path}/console/activity/{room.activities[key]}/show")
        yield Seen("screen", key, screen.get(f"{room.path}/screen"))
    yield Seen("bea", "too late", bea.ask("dots"))
    yield from follow_links("ada", ada, f"{room.path}/results", f"{room.path}/exports")
    yield from on_errands("ada", errands.take_out(ada, bea, room))
    ada.post(f"{room.path}/console/close", answer_by="2099-01-31")
    yield Seen("screen", "thanks", screen.get(f"{room.path}/screen"))
    yield Seen("bea", "over", bea.get(f"{room.path}/"))
