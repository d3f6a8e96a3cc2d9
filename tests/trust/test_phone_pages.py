"""What every page on a phone keeps: one question, a way back, nothing that has to be said, errors in one voice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import build, installation
from tests.support.page import Page
from tests.support.people import Participant, People
from tests.support.walk import Seen, everywhere
from tests.support.walk import open_room as room_of_every_kind
from tools import translations
from workshop.activities import discover

# Pages for a person who gave something already: everything of it stands there together.
ALL_OF_ONES_WORDS = {"This is what you gave", "Correct my words"}
BENEFITS = "Taking part changes nothing for your benefits or your care."
PERSONAL = {"name", "email", "tel", "bday", "address", "phone", "birth", "age", "gender"}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> list[Seen]:
    """Every page that anybody comes to; the tests of this module only look at them."""
    folder = tmp_path_factory.mktemp("walked") / "instance"
    with installation.closing(installation.make(folder, empty_database)) as app:
        return list(everywhere(app, People(app)))


@pytest.fixture
def seen(walked: list[Seen]) -> list[Seen]:
    """Those that are made for a phone."""
    return [each for each in walked if frame(each.page) == "phone"]


def frame(page: Page) -> str:
    body = page.tree.find("body")
    return (body.get("class") or "").split()[0] if body is not None and body.get("class") else ""


def in_sight(page: Page, name: str) -> Iterator[Any]:
    """Elements of the page itself: what waits in a dialog comes only when it is called."""
    asides = {id(inner) for dialog in page.all("dialog") for inner in dialog.iter()}
    return (element for element in page.all(name) if id(element) not in asides)


def has(element: Any, word: str) -> bool:
    return word in (element.get("class") or "").split()


def groups(page: Page) -> list[Any]:
    """What is asked: sets of choices and boxes to write in; a photo belongs to the words beside it."""
    written = [box for box in in_sight(page, "input") if box.get("type") in ("text", "email", "tel", "number", None)]
    return [*in_sight(page, "fieldset"), *in_sight(page, "textarea"), *written]


def left_out(group: Any, page: Page) -> bool:
    """Does its label say that one can leave it out?"""
    labels = ["".join(label.itertext()) for label in page.all("label") if label.get("for") == group.get("id")]
    return any("you can leave this out" in label for label in labels)


@pytest.mark.shows("A08")
def test_a_page_asks_one_thing_and_has_one_main_button(seen: list[Seen]) -> None:
    assert len(seen) > 60
    for each in seen:
        asked = [group for group in groups(each.page) if not left_out(group, each.page)]
        main = [b for name in ("button", "a") for b in in_sight(each.page, name) if has(b, "button") and has(b, "main")]
        assert len(main) <= 1, f"{each.path}: {len(main)} main buttons"
        assert len(asked) <= 1 or each.page.h1 in ALL_OF_ONES_WORDS, f"{each.path}: {[g.attrib for g in asked]}"
        assert len(each.page.all("h1")) == 1


@pytest.mark.shows("A08")
def test_whoever_is_asked_something_can_go_back(seen: list[Seen]) -> None:
    for each in seen:
        if each.who != "bea" or not groups(each.page) or each.page.h1 in ("Join a workshop", "Who are you here?"):
            continue
        links = [link for link in in_sight(each.page, "a") if has(link, "back")]
        buttons = [button for button in in_sight(each.page, "button") if button.get("value") == "back"]
        assert links or buttons, f"{each.path}: no way back from «{each.page.h1}»"


@pytest.mark.shows("A09")
def test_an_error_is_said_on_top_and_at_its_field_in_the_same_words(walked: list[Seen]) -> None:
    wrong = [each for each in walked if any(has(e, "error-summary") for e in each.page.all("div"))]
    assert len(wrong) > 10
    for each in wrong:
        [summary] = [element for element in each.page.all("div") if has(element, "error-summary")]
        assert each.page.title.startswith("Error"), each.path
        assert (summary.get("tabindex"), summary.get("autofocus") is not None) == ("-1", True), each.path
        assert next(summary.iter("h2")).text, each.path
        for link in summary.iter("a"):
            name = (link.get("href") or "#").removeprefix("#")
            assert any(e.get("id") == name for e in each.page.tree.iter()), f"{each.path}: {name}"
            said = " ".join("".join(link.itertext()).split())
            assert each.page.text.count(said) >= 2, f"{each.path}: «{said}» is not said at its field"


@pytest.mark.shows("A07", "A10", "P09")
def test_nobody_has_to_say_anything_of_themselves(app: Flask, people: People) -> None:
    room = room_of_every_kind(app, people)
    bea = people.stranger()
    role = bea.get(bea.send(bea.get(f"/j/{room.doors['lived']}")).location)
    assert "Prefer not to say" in role.text
    page = bea.follow(bea.send(role, role="").location)
    assert page.status == 200
    assert not [field for field in page.all("input") if field.get("required") is not None]


@pytest.mark.shows("A10")
def test_a_story_needs_no_answer_beside_the_words(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    nobody = Participant(app, room, role=None)
    page = nobody.follow(nobody.tell("story", "The lift was broken.").location)
    assert page.h1 == "Sent – safe"


@pytest.mark.shows("A07", "P09")
def test_no_page_on_a_phone_asks_who_somebody_is(seen: list[Seen]) -> None:
    for each in seen:
        fields = [f for f in (*each.page.all("input"), *each.page.all("textarea")) if f.get("type") != "hidden"]
        asked = {word for f in fields for word in (f.get("name") or "").split("_")} & PERSONAL
        assert asked <= {"name"}, f"{each.path}: {asked}"
        assert all(f.get("name") == "display_name" for f in fields if "name" in (f.get("name") or "")), each.path
        assert not {f.get("autocomplete") for f in fields} & {"name", "email", "tel", "bday", "street-address"}


@pytest.mark.shows("A11")
def test_after_sending_the_page_says_what_happens_now(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    step = bea.send(bea.ask("story"), text="The lift was broken.", go="next")
    while step.h1 != "Is this right?":
        step = bea.send(step, go="next")
    assert "The lift was broken." in step.text
    sent = bea.follow(bea.send(step, go="send").location)
    assert "What happens now" in sent.text
    assert bea.receipt in sent.html


@pytest.mark.shows("P02")
def test_the_first_screen_says_in_every_language_that_nothing_depends_on_it(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    catalogues = {path.parent.parent.name: translations.read(path) for path in translations.catalogues()}
    for code in ("en", *catalogues):
        promise = str(catalogues[code].get(BENEFITS).string) if code != "en" else BENEFITS
        page = people.stranger().get(f"/j/{room.doors['lived']}?lang={code}")
        assert (page.tree.get("lang"), bool(promise)) == (code, True)
        about = next(element for element in page.all("div") if element.get("id") == "about")
        assert promise in " ".join("".join(about.itertext()).split())
        assert [b.get("data-listen") for b in page.all("button") if b.get("data-listen")] == ["about"]


@pytest.mark.shows("P03")
def test_the_lowest_step_is_usual_and_nothing_is_ticked_before(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="The lift was broken.", go="next")
    assert page.h1 == "Who may see this?"
    boxes = [field for field in page.all("input") if field.get("type") == "checkbox"]
    assert {box.get("name") for box in boxes} == {"quote", "contact"}
    assert not [box for box in boxes if box.get("checked") is not None]
    steps = [field for field in page.all("input") if field.get("name") == "level"]
    offered = [step.get("value") for step in steps]
    assert [step.get("value") for step in steps if step.get("checked") is not None] == [min(offered)] == ["1"]


def test_every_kind_is_on_the_walk(app: Flask, seen: list[Seen]) -> None:
    with app.app_context():
        assert set(discover()) <= {each.path for each in seen}
