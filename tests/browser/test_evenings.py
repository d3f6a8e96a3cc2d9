"""Each recipe from beginning to end: ada runs it, bea and ben tell (ben in Arabic), cem works for the service."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import Devices
from tests.browser.doing import photo
from tests.browser.evening import Evening
from tests.browser.evening_parts import answered, begin, end, evening, hear, listen, told_before
from tests.browser.recording import add_photo

pytestmark = pytest.mark.browser
NIGHT = "I lay in the corridor all night. Nobody came. In the morning somebody said my name."
THEME = "Nobody came"
WAITED = "I waited for weeks, and nobody rang me."


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
    answered(here, here.room, NIGHT)


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
    before = told_before(here, WAITED)
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
    answered(here, before, WAITED)


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


def test_a_participatory_budget_from_the_ideas_to_what_is_paid(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "budget", "participatory-budget-process")
    here.trust()
    begin(here)
    listen(here, "welcome", "rules")
    here.open_next("ideas")
    ideas = ("A bench at the gate", "مقعد في الظل", "A lift to the second floor")
    for phone, words in zip(here.phones, ideas, strict=True):
        here.answer(phone, words, looks=phone is here.ben)
    listen(here, "alike", "checks")
    check(here, ideas)
    here.open_next("questions")
    here.answer(here.bea, "Who cleans the bench?", looks=False)
    here.open_next("baskets")
    here.see("baskets")
    expect(here.bea.page.get_by_text("The house is protected.")).to_be_visible()
    here.look(here.ben, "baskets")  # before anything is ticked: a tile that darkens is no page to read
    for phone in here.phones:
        here.answer(phone, "", looks=False)
    here.count("baskets")
    here.open_next("answers")
    here.answer(here.cem, "We build the bench.")
    expect(here.wall.page.get_by_text("We build the bench.")).to_be_visible()
    end(here)
    here.ada.open(f"{here.room.path}/results")
    expect(here.ada.page.locator("main")).to_contain_text("The rule: equal shares.")
    here.look(here.ada, "results")


def check(here: Evening, ideas: tuple[str, ...]) -> None:
    """ada writes what each idea costs, and why the last of them cannot be done."""
    here.ada.open(f"{here.room.path}/agenda/{here.room.activities['baskets']}")
    for words in ideas:
        asked = here.ada.page.locator("fieldset.priced", has_text=words)
        asked.get_by_label("Can it be done?").select_option("no" if words is ideas[-1] else "yes")
        asked.get_by_label("Cost").fill("" if words is ideas[-1] else "4000")
        asked.get_by_label("If not: why not?").fill("The house is protected." if words is ideas[-1] else "")
    here.look(here.ada, "answers to ideas")
    here.ada.press("Save")
