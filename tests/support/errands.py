"""Errands on the walk: somebody does something, and every page that answers is shown."""

import re
from collections.abc import Iterator
from typing import Any

from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People, Person

WORDS = "Ο τόπος μας"  # what people write is Greek
EDIT: dict[str, str] = {"text": f"{WORDS}, πάλι", "why": WORDS}
ACTS = (("ask", {"question": WORDS}), ("edit", EDIT), ("hide", {"reason": WORDS}), ("edit", {"text": ""}))
Pages = Iterator[tuple[str, Page]]


def after(person: Person, sent: Page) -> Page:
    """The page that a browser ends up on."""
    return person.follow(sent.location) if sent.location else sent


def filled(page: Page) -> dict[str, Any]:
    """An answer to everything that this page asks."""
    given = {text.get("name", ""): WORDS for text in page.all("textarea")}
    for choice in page.all("input"):
        if choice.get("type") == "radio":
            given.setdefault(choice.get("name", ""), choice.get("value", ""))
    answers = [button.get("value") for button in page.all("button") if button.get("name") == "answer"]
    return {**given, **({"answer": answers[0]} if answers else {})}


def ways_on(page: Page) -> list[str]:
    return [button.get("value", "") for button in page.all("button") if button.get("name") == "go"]


def give(person: Person, page: Page, **yes: str) -> Iterator[Page]:
    """From a question to whatever comes after sending; forms may look at one another's answers first."""
    for _ in range(20):
        yield page
        ways = ways_on(page)
        if page.status != 200 or not ({"next", "send"} & set(ways) or "answer" in filled(page)):
            return
        go = {"go": "send" if "send" in ways else "next"} if ways else {}
        sent = person.send(page, **filled(page), **go, **(yes if "send" in ways else {}))
        page = after(person, sent)
        if sent.location and "/a/" not in sent.location and "/add/" not in sent.location:
            yield page
            return


def moderate(bea: Participant, ada: Person, room: Room) -> Pages:
    """One story is questioned, changed, refused, hidden, put on the screen; its teller reads each of it."""
    story, *others = bea.words()
    console = f"{room.path}/console/words/{story}"
    mine = f"{room.path}/words/{story}"
    for act, answers in (
        ("ask", {"question": WORDS}),
        ("edit", EDIT),
        ("hide", {"reason": WORDS}),
        ("edit", {"text": ""}),
    ):
        yield f"ada {act}", after(ada, ada.post(f"{console}/{act}", **answers))
        yield f"bea reads {act}", bea.get(mine)
        yield f"ada after {act}", ada.get(console)
    yield "ada approves too early", ada.post(f"{console}/approve", as_read="old")
    yield "bea corrects", after(bea, bea.post(f"{mine}/correct", text=f"{WORDS}, καλύτερα"))
    yield "bea raises it", after(bea, bea.post(f"{mine}/level", level="5"))
    yield "ada worries", after(ada, ada.post(f"{console}/worry", note=WORDS))
    yield "ada reads the worry", ada.get(console)
    yield "all words", ada.get(f"{room.path}/console/said")
    for other in others:
        yield "ada spotlights", after(ada, ada.post(f"{room.path}/console/words/{other}/spotlight"))
    yield "bea has a new receipt", after(bea, bea.post(f"{room.path}/new-receipt"))


def add_for_somebody(ada: Person, room: Room) -> Pages:
    """Somebody speaks, ada writes, reads back and hands over the receipt."""
    asked = ada.get(f"{room.path}/console/add")
    yield "ada forgets to ask", ada.send(asked, "/console/add")
    first = after(ada, ada.send(asked, "/console/add", activity=room.activities["story"], agreed="y"))
    for page in give(ada, first, read_back="y"):
        if "send" in ways_on(page):
            yield "ada does not read back", ada.send(page, go="send")
        yield "ada writes for somebody", page


def organise(ada: Person, stranger: Person, people: People) -> Pages:
    """A colleague is invited, a workshop is made from a recipe and not ready, promises are made."""
    home = f"/o/{people.organisation_id}"
    yield "nobody to invite", ada.post(f"{home}/people", email="?")
    invited = after(ada, ada.post(f"{home}/people", email="new@example.org", role="facilitator"))
    yield "the invitation", invited
    link = re.search(r"/o/\w+/invitation/\w+", invited.text)
    opened = stranger.get(link[0] if link else "")
    yield "invited", opened
    yield "invited, too short", stranger.send(opened, "", name="", password="short")
    yield "people", ada.get(f"{home}/people")
    asked = ada.get(f"{home}/workshops/new")
    yield "no name", ada.send(asked, "/new", name="")
    desk = after(ada, ada.send(asked, "/new", **filled(asked), name=WORDS, title=WORDS))
    yield "a new workshop", desk
    for link in [each for each in desk.links() if each.startswith("/w/") and "lang=" not in each][:8]:
        yield f"new workshop {link.rsplit('/', 1)[-1]}", ada.follow(link)
    yield "state nothing", after(ada, ada.post(f"{home}/statements"))


def promise(ada: Person, room: Room) -> Pages:
    """An idea gets an owner and a date."""
    ideas = ada.get(f"{room.path}/a/{room.activities['closing']}/promises")
    yield "ideas to follow up", ideas
    for link in [each for each in ideas.links() if "/promises/" in each][:1]:
        asked = ada.get(link)
        yield "whose idea", asked
        yield "nobody's idea", ada.send(asked, "")
        yield "somebody's idea", after(ada, ada.send(asked, what=WORDS, who=WORDS, by_date="2099-01-31"))


def take_out(ada: Person, bea: Participant, room: Room) -> Pages:
    """Exports are made; then words are taken back, and the list of them is there."""
    asked = ada.get(f"{room.path}/exports")
    for audience in ("", *(choice.get("value", "") for choice in asked.all("input") if choice.get("type") == "radio")):
        yield f"export for {audience}", after(ada, ada.post(f"{room.path}/exports", audience=audience))
    for words in bea.words():
        yield "bea takes back", after(bea, bea.post(f"{room.path}/words/{words}/take-back"))
    listed = ada.get(f"{room.path}/exports")
    yield "exports", listed
    for link in [each for each in listed.links() if each.endswith("/withdrawn")]:
        yield "withdrawn", ada.get(link)
