"""What evenings have in common: coming in, listening, stories on the screen, the closing, an answer that comes back."""

from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import LAPTOP, PHONE, PROJECTOR, Devices
from tests.browser.evening import TO_COME, Evening
from tests.support.build import Room

ANSWER = {
    "text": "Thank you for telling us. Waiting without a word must have been hard. I am sorry.",
    "what": "We ring everybody two days before.",
    "by_date": "2099-02-01",
    "contact": "Cem, 020 7946 0003",
    "signed": "Cem, front desk",
}


def evening(app: Flask, devices: Devices, name: str, recipe: str) -> Evening:
    """The workshop is open, everybody is in, and the screen shows the code."""
    hands = devices(LAPTOP), devices(PHONE), devices(PHONE, locale="ar"), devices(PHONE), devices(PROJECTOR)
    made = Evening(app, name, *hands)
    made.found("Riverside health")
    made.make(recipe)
    return made


def begin(here: Evening) -> None:
    here.open_doors()
    for phone, role in ((here.bea, "Service user"), (here.ben, "Family or supporter"), (here.cem, "Professional")):
        here.come_in(phone, role)
    here.look(here.ada, "nobody asked yet")


def listen(here: Evening, *keys: str) -> None:
    """What nobody answers: everybody looks."""
    for key in keys:
        here.open_next(key)
        here.see(key)


def told_before(here: Evening, story: str) -> Room:
    """On the day before, bea told a story, and ada approved it."""
    here.open_doors()
    here.come_in(here.bea, "Service user")
    open_by_hand(here, "stories")
    here.bea.open(f"{here.room.path}/")
    here.answer(here.bea, story, looks=False)
    here.approve(story)
    return here.room


def open_by_hand(here: Evening, key: str) -> None:
    """Not the next activity but this one: it unfolds in the run-sheet of the console, and ada opens it there."""
    with here.app.app_context():
        activity = here.room.activity(key)
    item = here.console().locator(f"#item-{activity.id}")
    item.locator("summary").click()
    with here.ada.page.expect_navigation():
        item.get_by_role("button", name="Open", exact=True).click()
    expect(here.wall.page.locator("main")).to_contain_text(activity.prompt or activity.title)


def hear(here: Evening, title: str, note: str, *stories: str) -> None:
    """A list of stories for the room, one at a time on the screen: the note, the story, silence."""
    here.ada.open(f"{here.room.path}/console/stories")
    here.look(here.ada, "stories to hear")
    here.ada.page.get_by_label("Name of the list").fill(title)
    here.ada.press("Choose stories")
    for story in stories:
        card = here.ada.page.locator(".card", has_text=story)
        card.locator("[name=note]").fill(note)
        with here.ada.page.expect_navigation():
            card.get_by_role("button", name="Add this story").click()
    here.look(here.ada, "list to hear")
    here.ada.press("Begin on the screen")
    play(here, note, *stories)


def play(here: Evening, note: str, *stories: str) -> None:
    main = here.wall.page.locator("main")
    for story in stories:
        expect(main).to_contain_text(note)
        here.ada.press("Show the story")
        expect(main).to_contain_text(story)
        here.look(here.wall, "a story")
        here.look(here.ada, "a story plays")
        here.ada.press("Silence")
        expect(main).to_contain_text("A moment of silence.")
        here.look(here.wall, "silence")
        here.ada.press("End the silence")
    expect(main).to_contain_text("Thank you to everybody who told.")
    here.look(here.wall, "all heard")
    here.ada.press("Back to the agenda")


def answered(here: Evening, room: Room, story: str) -> None:
    """cem answers for the service, ada checks it, bea reads it with her words and says that it helped."""
    here.bea.open(f"{room.path}/my-words")
    with here.bea.page.expect_navigation():
        here.bea.page.locator(".given li", has_text=story).get_by_role("link", name="Open").click()
    told = here.bea.path.rsplit("/", 1)[1]
    cem = here.at_the_service()
    here.look(cem, "stories to answer")
    with cem.page.expect_navigation():
        cem.page.locator(f".stories a[href$='{told}']").click()
    here.look(cem, "a story to answer")
    cem.page.locator("input[name=kind][value=planned]").check(force=True)
    for name, words in ANSWER.items():
        cem.page.locator(f"[name={name}]").fill(words)
    cem.press("Send the answer")
    here.look(cem, "answer waits")
    here.ada.open(f"{room.path}/answers")
    here.look(here.ada, "answers")
    with here.ada.page.expect_navigation():
        here.ada.page.get_by_role("link", name="An answer of").first.click()
    here.look(here.ada, "check an answer")
    here.ada.press("Show it to the teller")
    here.bea.open(f"{room.path}/words/{told}")
    expect(here.bea.page.locator("#became")).to_contain_text(ANSWER["what"])
    here.look(here.bea, "what became of my words")
    here.bea.page.locator("#became button[value=yes]").click()
    expect(here.bea.page.get_by_text("You said that it helped.")).to_be_visible()


def end(here: Evening, *, answers: bool = True) -> None:
    """The closing: how it was for each, counted; then ada closes with a date, and sees who still waits."""
    here.open_next("closing")
    here.look(here.ada, "closing")
    here.look(here.wall, "closing")
    for number, phone in enumerate(here.phones if answers else [here.bea]):
        here.answer(phone, "Ask us earlier.", topic=number, looks=answers and phone is here.ben)
    here.count("closing")
    here.console()
    here.ada.open(f"{here.room.path}/console/close")
    if not answers:  # who told and still waits is named before the end
        expect(here.ada.page.locator("main")).to_contain_text("no answer yet")
    here.look(here.ada, "close")
    here.ada.page.locator("[name=answer_by]").fill(TO_COME)
    here.ada.press("Close the workshop")
    here.look(here.ada, "closed")
    expect(here.wall.page.locator("main")).to_contain_text("2099")
    here.look(here.wall, "thanks")
