"""One story from mouth to answer and back: bea tells it without network, ada reads it, cem answers, bea takes it back,
and nothing of it is left on the server's disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests import test_erased_recordings as erased
from tests import test_erasure as erasure
from tests.browser.device import LAPTOP, PHONE, Device, Devices
from tests.browser.doing import join, sign_in
from tests.browser.looking import look
from tests.browser.recording import MAY_RECORD, arrived, heading, record, ways
from tests.browser.server import Server
from tests.browser.waiting import kept, until
from tests.support import answering, build, patience
from tests.support.people import People
from tests.support.serving import Running, running
from workshop.commands import links

pytestmark = pytest.mark.browser
WORD = erasure.SENTINEL
STORY = f"Nobody called me back about the {WORD}."
ERASED = 240.0  # patience of a busy machine; the promised minute is held by the tests of erasing
SPOKEN = f"I said it aloud: the {WORD} never came."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    """An installation of its own, so that whatever lies on its disk is of this story."""
    with running(tmp_path / "instance") as served:
        yield served


@pytest.fixture
def server(served: Running) -> Server:
    return served.server


@pytest.fixture
def app(served: Running) -> Flask:
    return served.app


@pytest.fixture
def people(app: Flask) -> People:
    return People(app)


def sign_in_as_responder(cem: Device, people: People) -> None:
    """An account that answers for the service, and may do nothing else."""
    account = answering.responder(people)
    with people.app.app_context():
        link = links.make_link(account.id, "sign_in")
    cem.open(f"/sign-in/{link}")
    with cem.page.expect_navigation():
        cem.page.locator("main form button").click()


def is_scrubbed(served: Running) -> bool:
    """Every page of the database is written anew, and no file has the word."""
    with served.app.app_context():
        return not erasure.jobs_waiting() and not erased.where_it_lies(served.server.instance, served.log)


def tell_without_network(bea: Device, room: build.Room) -> None:
    """Words and voice, while there is no network; they wait on the phone."""
    join(bea, room)
    ways(bea, "speak")
    bea.page.get_by_role("textbox").first.fill(STORY)
    record(bea)
    look(bea, "mouth 1 the question")
    bea.context.set_offline(True)
    bea.page.locator(".main-bar button").first.click()
    bea.page.get_by_role("button", name="Send it as it is").click()
    expect(bea.page.locator("[data-on-its-way=phone]")).to_be_visible()
    assert kept(room) == []


def network_comes_back(bea: Device, room: build.Room) -> None:
    bea.context.set_offline(False)
    bea.page.wait_for_url("**/sent")
    until(lambda: kept(room) == [STORY] and [each.kind for each in arrived(room)] == ["sound"], bea)
    expect(heading(bea.page)).to_have_text("Sent – safe")
    bea.faults.clear()  # the browser itself reports each failed request
    look(bea, "mouth 2 safe")


def open_to_the_service(bea: Device, room: build.Room) -> None:
    bea.open(f"{room.path}/my-words")
    bea.press("Open")
    bea.page.locator("#level-3").check(force=True)
    bea.press("Change who sees it")


def write_down(ada: Device, bea: Device, room: build.Room) -> None:
    """ada types what is said, bea says that it is right."""
    ada.open(f"{room.path}/console")
    expect(ada.page.locator("#front .words")).to_contain_text(WORD)
    written = ada.page.locator("#front summary", has_text="Write down what is said")
    expect(written).to_be_visible(timeout=120_000)  # when it is made anew, it comes by itself
    written.click()
    look(ada, "mouth 3 the console")
    ada.page.get_by_label("The words of this recording").fill(SPOKEN)
    ada.press("Keep these words")
    bea.page.reload()
    look(bea, "mouth 4 is the transcript right")
    bea.press("Yes, this is what I said")
    expect(bea.page.locator("blockquote", has_text=SPOKEN)).to_be_visible()
    expect(bea.page.get_by_text("Somebody wrote down what you said.")).to_have_count(0)


def approve(ada: Device, room: build.Room) -> None:
    ada.open(f"{room.path}/console")
    ada.page.locator("button[name=recognisable][value=no]").click()
    expect(ada.page.get_by_text("Nothing waits")).to_be_visible()


def answer(cem: Device, ada: Device, room: build.Room, story: str) -> None:
    """cem plans a change, and ada lets it through."""
    cem.open(f"{room.path}/answers/{story}")
    cem.page.locator("input[name=kind][value=planned]").check(force=True)
    for name, text in {
        "text": f"Thank you for telling us. I am sorry about the {WORD}.",
        "what": f"We call back within two days about a {WORD}.",
        "by_date": "2099-02-01",
        "contact": "Cem at the front desk",
        "signed": "Cem, front desk",
    }.items():
        cem.page.locator(f"[name={name}]").fill(text)
    look(cem, "mouth 5 the answer")
    cem.press("Send the answer")
    ada.open(f"{room.path}/answers")
    ada.page.locator("a[href*='/answers/checks/']").first.click()
    expect(ada.page.locator("h1")).to_have_text("Check an answer")
    look(ada, "mouth 6 the check")
    ada.press("Show it to the teller")


def say_whether_it_helped(bea: Device) -> None:
    bea.page.reload()
    expect(bea.page.get_by_role("heading", name="The service plans a change")).to_be_visible()
    look(bea, "mouth 7 what became of it")
    bea.page.get_by_label("In your words").fill(f"Now I know about the {WORD}.")
    bea.press("Partly")
    expect(bea.page.get_by_text("You said that it helped partly.")).to_be_visible()


def take_back(bea: Device) -> None:
    bea.press("Take it back")
    expect(heading(bea.page)).to_have_text("Taken back")
    look(bea, "mouth 8 taken back")


@pytest.mark.shows("P06", "P08", "P26")
def test_a_story_goes_from_mouth_to_answer_and_nothing_of_it_is_left(
    served: Running, people: People, devices: Devices
) -> None:
    room = build.workshop(served.app, people.organisation_id, "story")
    room.open("story")
    bea, ada, cem = devices(PHONE, permissions=MAY_RECORD), devices(LAPTOP), devices(LAPTOP)
    sign_in(ada, people)
    sign_in_as_responder(cem, people)
    tell_without_network(bea, room)
    network_comes_back(bea, room)
    open_to_the_service(bea, room)
    write_down(ada, bea, room)
    approve(ada, room)
    answer(cem, ada, room, bea.path.rsplit("/", 1)[1])
    say_whether_it_helped(bea)
    instance = served.server.instance
    assert erased.where_it_lies(instance / "media"), "the search finds what is there"
    assert erasure.where_it_lies(instance)
    take_back(bea)
    assert patience.until(lambda: is_scrubbed(served), ERASED)
    assert erased.where_it_lies(instance, served.log) == []
