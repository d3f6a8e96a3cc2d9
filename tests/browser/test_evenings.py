"""Each recipe from beginning to end: ada runs it, bea and ben tell (ben in Arabic), cem works for the service."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import LAPTOP, PHONE, PROJECTOR, Devices
from tests.browser.doing import photo
from tests.browser.evening import TO_COME, Evening
from tests.browser.recording import add_photo
from tests.support.build import Room
from workshop.commands import running

pytestmark = pytest.mark.browser
NIGHT = "I lay in the corridor all night. Nobody came. In the morning somebody said my name."
THEME = "Nobody came"
WAITED = "I waited for weeks, and nobody rang me."
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


def told_before(here: Evening) -> Room:
    """On the day before, bea told a story, and ada approved it."""
    here.open_doors()
    here.come_in(here.bea, "Service user")
    with here.app.app_context():
        running.open_activity(here.room.activity("stories"))
    here.bea.open(f"{here.room.path}/")
    here.answer(here.bea, WAITED, looks=False)
    here.approve(WAITED)
    return here.room


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


def answered(here: Evening, room: Room) -> None:
    """cem answers for the service, ada checks it, bea reads it with her words and says that it helped."""
    cem = here.at_the_service()
    here.look(cem, "stories to answer")
    with cem.page.expect_navigation():
        cem.page.locator(".stories a").first.click()
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
    here.bea.open(f"{room.path}/my-words")
    here.look(here.bea, "my words")
    here.bea.press("Open")
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
    here.look(here.ada, "close")
    here.ada.page.locator("[name=answer_by]").fill(TO_COME)
    here.ada.press("Close the workshop")
    here.look(here.ada, "closed")
    expect(here.wall.page.locator("main")).to_contain_text("2099")
    here.look(here.wall, "thanks")


def test_a_reporting_day_from_our_rules_to_the_answer(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "day", "community-reporting-day")
    begin(here)
    listen(here, "welcome", "purpose")
    here.discuss("purpose", "Because nobody asks us", "The board")
    agree(here)
    here.open_next("practice")
    here.answer(here.bea, "They know my name.", looks=False)
    here.approve("They know my name.")
    listen(here, "break", "dialogues")
    here.discuss("dialogues", "A night in the corridor")
    listen(here, "lunch")
    stories(here)
    gather(here)
    here.open_next("themes")
    here.answer(here.cem, "We did not see how long it is.", looks=False)
    here.approve("We did not see how long it is.")
    expect(here.wall.page.locator("main")).to_contain_text("We did not see")
    here.open_next("mobilise")
    here.answer(here.ben, "المدير أولًا.", looks=False)
    here.approve("المدير أولًا.")
    hear(here, "For the board", "A night without help.", NIGHT)
    end(here, answers=False)
    answered(here, here.room)


def agree(here: Evening) -> None:
    """The group writes its rules on cards; ada reads each, and publishes them: who posts says yes to them."""
    here.open_next("rules")
    written = ("What we said together", "أسماء الناس", "Twice, with time between")
    for number, (phone, rule) in enumerate(zip(here.phones, written, strict=True)):
        here.answer(phone, rule, topic=number, looks=phone is here.ben)
        here.approve(rule)
    expect(here.wall.page.locator("main")).to_contain_text(written[-1])
    here.look(here.wall, "rules")
    here.ada.open(f"{here.room.path}/office/rules")
    here.ada.press("Our rules")
    here.look(here.ada, "rules to publish")
    expect(here.ada.page.locator("[name=text]")).to_have_value(re.compile("We never show: أسماء الناس"))
    here.ada.press("Publish these rules")


def stories(here: Evening) -> None:
    """bea tells with a photo, ben in Arabic; ada reads both, and the room has them."""
    here.open_next("stories")
    here.see("stories")
    add_photo(here.bea, photo("corridor.jpg"))
    here.answer(here.bea, NIGHT, topic=1, looks=False)
    here.look(here.bea, "sent with a photo")
    here.answer(here.ben, "انتظرت طويلًا. لم يسألني أحد عن حالي.", topic=2)
    front = here.console().locator("#front")
    expect(front).to_contain_text(NIGHT)
    expect(front.locator("img.photo")).to_have_count(1)
    here.look(here.ada, "a story with a photo waits")
    here.approve(NIGHT)
    here.approve("لم يسألني أحد")
    expect(here.wall.page.locator("main")).to_contain_text("لم يسألني أحد")
    here.look(here.wall, "stories")


def gather(here: Evening) -> None:
    """cem keeps words on his phone and names a theme; ada approves it, and puts two of her own into it."""
    here.open_next("curate")
    here.see("curate")
    page = here.cem.page
    here.cem.press("Read a story")
    page.locator("input[name=piece]").first.check()
    here.look(here.cem, "words to keep")
    here.cem.press("Go on with the ticked words")
    page.get_by_label("Name of the new theme").fill(THEME)
    here.look(here.cem, "a theme of his")
    here.cem.press("Keep these words")
    here.ada.open(f"{here.room.path}/themes")
    here.look(here.ada, "themes")
    with here.ada.page.expect_navigation():
        here.ada.page.locator(".theme-list.waiting a").click()
    here.ada.press("Approve the name")
    mark(here)
    here.console()
    here.ada.page.locator("#stage").get_by_role("button", name="Show the themes on the screen").click()
    expect(here.wall.page.locator("main")).to_contain_text(THEME)
    here.look(here.wall, "themes")
    here.bea.open(f"{here.room.path}/my-words")
    here.bea.page.locator(".given li", has_text=NIGHT).get_by_role("link", name="Open").click()
    here.bea.page.locator("#understood button[value=partly]").click()
    expect(here.bea.page.locator("#understood")).to_contain_text("Not quite")
    here.look(here.bea, "understood")


def mark(here: Evening) -> None:
    """Two pieces of bea's story, with keys alone."""
    here.ada.open(f"{here.room.path}/themes/stories")
    here.look(here.ada, "stories to read")
    with here.ada.page.expect_navigation():
        here.ada.page.locator(".story-list a", has_text=NIGHT).click()
    for number in (0, 2):  # sentences that touch become one highlight
        here.ada.page.locator("input[name=piece]").nth(number).press("Space")
    here.ada.page.locator("select[name=to]").select_option(label=THEME)
    here.look(here.ada, "a story to mark")
    here.ada.page.get_by_role("button", name="Mark for this theme").focus()
    here.ada.enter()
    for words in ("I lay in the corridor", "In the morning"):
        expect(here.ada.page.locator(".story-side .marked", has_text=words).first).to_be_visible()
    here.ada.open(f"{here.room.path}/themes")
    here.look(here.ada, "themes with voices")


def test_a_conversation_of_change_from_the_stories_to_promises_and_an_answer(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "change", "community-reporting-day")
    before = told_before(here)
    here.make("conversation-of-change")
    here.trust()
    begin(here)
    listen(here, "welcome")
    here.open_next("struck")
    here.see("struck")
    hear(here, "Tonight", "It is about waiting.", WAITED)
    for phone, words in zip(here.phones, ("Nobody told her.", "انتظرت مثلها.", "We did not know."), strict=True):
        phone.open(f"{here.room.path}/a/{here.room.activities['struck']}")
        here.answer(phone, words, looks=phone is not here.bea)
    here.console()
    expect(here.wall.page.get_by_text("We did not know.")).to_have_count(0)  # each alone first
    here.ada.page.locator("#stage").get_by_role("button", name="Close", exact=True).click()
    expect(here.wall.page.get_by_text("We did not know.")).to_be_visible()
    here.look(here.wall, "struck shown")
    here.look(here.ada, "struck closed")
    for key in ("tables", "change"):
        here.open_next(key)
        here.discuss(key, "All wait alone", "We can ring")
        here.see(key)
        here.answer(here.ben, "يمكننا أن نسأل.", looks=key == "change")
    listen(here, "pause")
    here.open_next("ideas")
    ideas = ("Ring before the day", "الاستماع إلينا", "Go on with tea")
    for number, (phone, words) in enumerate(zip(here.phones, ideas, strict=True)):
        here.answer(phone, words, topic=number, looks=phone is here.ben)
    expect(here.wall.page.get_by_text("Go on with tea")).to_be_visible()
    here.look(here.wall, "ideas")
    here.look(here.ada, "ideas")
    here.open_next("dots")
    here.see("dots")
    for phone in here.phones:
        here.answer(phone, "", looks=phone is here.ben)
    here.count("dots")
    here.open_next("promises")
    here.answer(here.cem, "We ring everybody two days before.")
    expect(here.wall.page.get_by_text("We ring everybody")).to_be_visible()
    here.look(here.wall, "promises")
    here.look(here.ada, "promises")
    here.open_next("last-word")
    here.see("last-word")
    here.answer(here.ben, "شكرًا لكم.", looks=False)
    end(here)
    here.ada.open(f"{here.room.path}/results")
    here.look(here.ada, "results")
    expect(here.ada.page.locator("main")).to_contain_text("We ring everybody two days before.")
    here.ada.open(f"{here.room.path}/promises")
    here.look(here.ada, "promises to follow")
    answered(here, before)


def test_a_focus_group_from_its_first_question_to_its_report(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "focus", "focus-group")
    here.trust()
    begin(here)
    listen(here, "welcome", "opening")
    here.discuss("opening", "Patient listener")
    here.open_next("questions")
    here.discuss("questions", "Last winter, by bus", "A call before", "Nobody said why", "One number to ring")
    here.see("questions")
    here.answer(here.bea, "The waiting room is cold.", looks=False)
    here.answer(here.ben, "لا أحد يتكلم لغتي.")
    listen(here, "not-asked")
    here.discuss("not-asked", "How we get home")
    here.open_next("read-back")
    for phone, words in zip(here.phones, ("Say that we like the nurses.", "نحتاج إلى مترجم.", "We try."), strict=True):
        here.answer(phone, words, looks=phone is here.cem)
    expect(here.wall.page.locator(".wall")).to_contain_text("We try.")
    here.look(here.wall, "read-back")
    here.look(here.ada, "read-back")
    end(here)
    here.ada.open(f"{here.room.path}/results")
    here.look(here.ada, "results")
    expect(here.ada.page.locator("main")).to_contain_text("Last winter, by bus")
    here.ada.open(f"{here.room.path}/results/report")
    here.look(here.ada, "report")
    expect(here.ada.page.locator("body")).to_contain_text("نحتاج إلى مترجم.")
