"""The recipes in which people choose, from beginning to end: ada runs them, bea and ben (in Arabic) and cem choose."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import Device, Devices
from tests.browser.evening import Evening
from tests.browser.evening_parts import begin, end, evening, listen

pytestmark = pytest.mark.browser
PROJECTS = {"A bench at the gate": 4000, "مقعد في الظل": 3000, "A lift": 5000}


def test_prioritise_in_twenty_minutes_from_ideas_to_an_order(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "first", "prioritise")
    here.trust()
    begin(here)
    ideas = write(here, "ideas", "Ring before the day", "الاستماع إلينا", "One form")
    here.open_next("order")
    here.see("order")
    for phone in here.phones:
        rank(here, phone, ideas)
    here.count("order")
    expect(here.wall.page.locator("main")).to_contain_text(f"First place: «{ideas[1]}»")
    end(here)
    here.ada.open(f"{here.room.path}/results")
    here.look(here.ada, "results")
    expect(here.ada.page.locator("main")).to_contain_text("First place:")


def rank(here: Evening, phone: Device, ideas: tuple[str, ...]) -> None:
    """What ben wrote comes first for everybody, then what bea wrote; the last stays out."""
    for words in (ideas[1], ideas[0]):
        phone.page.locator(".rank-row", has_text=words).locator("button").first.click()
    here.look(phone, "an order")
    here.answer(phone, "", looks=False)


def test_common_ground_from_sentences_to_what_all_could_live_with(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "ground", "common-ground")
    here.trust()
    begin(here)
    listen(here, "welcome")
    sentences = write(here, "sentences", "Help should come home.", "يجب أن يتصل أحد بنا.", "One office is enough.")
    here.open_next("agree")
    here.see("agree")
    for phone in here.phones:
        says(here, phone, sentences[-1])
    here.look(here.ben, "everything is answered")
    here.count("agree")
    expect(here.wall.page.locator("main")).to_contain_text("3 agree, 0 disagree, 0 pass")
    expect(here.wall.page.locator("main")).to_contain_text("0 agree, 3 disagree, 0 pass")
    here.open_next("talk")
    here.discuss("talk", "It is far to the office", "A bus that comes")
    here.open_next("live-with")
    here.see("live-with")
    for number, phone in enumerate(here.phones):
        here.answer(phone, "", topic=number % 2, looks=phone is here.cem)
    here.count("live-with")
    end(here)
    here.ada.open(f"{here.room.path}/results")
    here.look(here.ada, "results")
    expect(here.ada.page.locator("main")).to_contain_text("It is far to the office")


def says(here: Evening, phone: Device, against: str) -> None:
    """Yes to each sentence but one."""
    while phone.page.locator("button[name=answer]").count():
        answer = -1 if phone.h1 == against else 1
        with phone.page.expect_navigation():
            phone.page.locator(f"button[name=answer][value='{answer}']").click()


def test_the_decision_evening_of_a_budget_from_the_rules_to_what_is_paid(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "decision", "participatory-budget")
    here.trust()
    price(here)
    begin(here)
    listen(here, "welcome")
    here.open_next("rules")
    here.discuss("rules", "Seven thousand, for things that stay")
    listen(here, "pitches")
    write(here, "market", "Who mows around it?", "متى يبدأ؟", "We can carry it.")
    listen(here, "break")
    here.open_next("baskets")
    here.see("baskets")
    for phone in here.phones:
        here.answer(phone, "", looks=phone is here.ben)
    here.count("baskets")
    expect(here.wall.page.locator("main")).to_contain_text("of 7,000 €")
    listen(here, "count")
    here.open_next("answers")
    here.answer(here.cem, "We build the bench.")
    expect(here.wall.page.get_by_text("We build the bench.")).to_be_visible()
    end(here)
    here.ada.open(f"{here.room.path}/results")
    here.look(here.ada, "results")
    expect(here.ada.page.locator("main")).to_contain_text("The working, turn by turn")


def price(here: Evening) -> None:
    """Before the evening ada writes the projects, their costs and the pot."""
    with here.app.app_context():
        baskets = here.room.activity("baskets").id
    here.ada.open(f"{here.room.path}/agenda/{baskets}")
    lines = "\n".join(f"{words} | {cost}" for words, cost in PROJECTS.items())
    here.ada.page.locator("textarea[name=items]").fill(lines)
    here.ada.page.locator("input[name=pot]").fill("7000")
    here.look(here.ada, "projects and the pot")
    here.ada.press("Save")
    expect(here.ada.page.locator(".error-summary")).to_have_count(0)


def write(here: Evening, key: str, *words: str) -> tuple[str, ...]:
    """A card of each phone, and the room sees them."""
    here.open_next(key)
    for phone, card in zip(here.phones, words, strict=True):
        here.answer(phone, card, looks=phone is here.ben)
    for card in words:
        expect(here.wall.page.locator("main")).to_contain_text(card)
    here.look(here.wall, key)
    return words


def test_a_jury_and_an_audience_from_what_was_made_to_what_happens_next(app: Flask, devices: Devices) -> None:
    here = evening(app, devices, "jury", "jury-and-audience")
    here.trust()
    begin(here)
    here.open_next("ideas")
    made = ("A ride home", "هاتف يجيب", "A list without forms")
    for phone, words in zip(here.phones, made, strict=True):
        here.answer(phone, words, looks=phone is here.ben)
    expect(here.wall.page.locator("main")).to_contain_text(made[-1])
    here.open_next("audience")
    here.see("audience")
    for number, phone in enumerate(here.phones):
        here.answer(phone, "", topic=number % 2, looks=phone is here.ben)
    here.count("audience")
    here.open_next("jury")
    here.see("jury")
    for phone in here.phones:
        judge(here, phone, made[-1] if phone is here.cem else "")
    here.look(here.cem, "everything is judged")
    here.count("jury")
    here.open_next("promises")
    here.answer(here.cem, "We answer the phone until eight.")
    expect(here.wall.page.get_by_text("We answer the phone until eight.")).to_be_visible()
    end(here)
    here.ada.open(f"{here.room.path}/results")
    here.look(here.ada, "results")
    expect(here.ada.page.locator("main")).to_contain_text("The audience")


def judge(here: Evening, phone: Device, own: str) -> None:
    """Level by level, one idea after the other; of their own team's idea a judge says nothing."""
    looked = False
    while phone.page.locator("button[name=answer][value=scores]").count():
        levels = phone.page.locator("fieldset.field")
        for at in range(levels.count()):
            levels.nth(at).locator("input").nth(at % 4).check(force=True)
        if not looked:
            here.look(phone, "an idea to judge")
            looked = True
        says = "leaves out" if own and phone.h1 == own else "scores"
        with phone.page.expect_navigation():
            phone.page.locator(f"button[name=answer][value='{says}']").click()
