"""An evening with a recipe: ada at her laptop, bea and ben with phones, cem of the service, and the room's screen."""

import re
from dataclasses import dataclass, field

from flask import Flask
from flask_babel import force_locale
from playwright.sync_api import Locator, Page, expect

from tests.browser.device import Device
from tests.browser.looking import look
from tests.support.build import STATED, Room
from tests.support.evenings import of_recipe
from workshop import recipes
from workshop.commands import accounts, links
from workshop.models.columns import new_id

TO_COME = "2099-05-01"
LINES = {"who": "Cem, front desk", "warning": "It is about being left alone.", "helped": "Somebody who says my name."}


@dataclass
class Evening:
    """Four people, five devices; `look` numbers what they see, in the order in which they see it."""

    app: Flask
    name: str
    ada: Device
    bea: Device
    ben: Device
    cem: Device
    wall: Device
    organisation: str = ""
    recipe: recipes.Recipe = field(init=False)
    room: Room = field(init=False)
    seen: int = 0
    turn: int = 0

    @property
    def phones(self) -> list[Device]:
        return [self.bea, self.ben, self.cem]

    def look(self, device: Device, what: str) -> None:
        self.seen += 1
        who = next(name for name in ("ada", "bea", "ben", "cem", "wall") if getattr(self, name) is device)
        look(device, f"{self.name} {self.seen:03} {who} {what}")

    # What ada does before the evening.

    def found(self, name: str) -> None:
        """ada makes her organisation, and states what must be stated."""
        sign_in(self.app, self.ada, "Ada")
        self.ada.press("Make an organisation")
        self.ada.page.get_by_label("Name of the organisation").fill(name)
        self.ada.press("Make it")
        self.organisation = self.ada.path.split("/")[2]
        self.look(self.ada, "statements")
        for stated, words in STATED.items():
            self.ada.page.locator(f"[name={stated}]").fill(words)
        self.ada.press("Save")

    def make(self, recipe: str) -> None:
        """A workshop from this recipe, by the pages of the office."""
        with self.app.app_context(), force_locale("en"):
            self.recipe = recipes.read(recipe)
        self.ada.open(f"/o/{self.organisation}/workshops/new")
        self.ada.page.get_by_label("Name of the workshop").fill(f"{self.recipe.title}, 3 May")
        self.ada.page.locator(f"input[name=recipe][value={recipe}]").check(force=True)
        self.ada.press("Make the workshop")
        self.look(self.ada, "agenda")
        workshop_id = self.ada.path.split("/")[2]
        with self.app.app_context():
            self.room = of_recipe(self.app, workshop_id, self.recipe)

    def trust(self) -> None:
        self.ada.open(f"{self.room.path}/office/settings")
        self.ada.page.locator("[name=trusted_room]").check(force=True)
        self.ada.press("Save")

    def open_doors(self) -> None:
        self.ada.open(f"{self.room.path}/office")
        self.ada.press("Open the workshop")
        with self.app.app_context():
            self.room = of_recipe(self.app, self.room.id, self.recipe)
        self.wall.open(f"/s/{self.room.doors['screen']}")

    def come_in(self, phone: Device, role: str) -> None:
        """What this is, who I am, and in."""
        phone.open(f"/j/{self.room.doors['service' if phone is self.cem else 'lived']}")
        go_on(phone)
        phone.page.locator(f"input[name=role][value='{role}']").check(force=True)
        go_on(phone)

    def at_the_service(self) -> Device:
        """cem signs in as somebody who answers for the service, in the browser that he has in the room."""
        sign_in(self.app, self.cem, "Cem", self.organisation, "responder")
        return self.cem

    # What ada does with the console.

    def console(self) -> Page:
        if self.ada.path != f"{self.room.path}/console":
            self.ada.open(f"{self.room.path}/console")
        return self.ada.page

    def open_next(self, key: str) -> None:
        """ada opens the next activity, the screen follows, and each phone has it."""
        with self.app.app_context():
            activity = self.room.activity(key)
        for phone in self.phones:
            phone.open(f"{self.room.path}/my-words")
        self.console()
        self.ada.press(f"Next: {activity.title}")
        expect(self.wall.page.locator("main")).to_contain_text(activity.prompt or activity.title)
        for phone in self.phones:
            phone.open(f"{self.room.path}/")

    def see(self, key: str) -> None:
        """ada, the room, and the phones in turn look at what is there now."""
        self.turn += 1
        for device in (self.ada, self.wall, self.phones[self.turn % 3]):
            self.look(device, key)

    def approve(self, words: str) -> None:
        """The words are in front of ada, with all that belongs to them; she reads, and approves."""
        front = self.console().locator("#front")
        expect(front).to_contain_text(words)
        front.get_by_role("button", name=re.compile("^(Approve|No: approve)")).first.click()
        expect(front).not_to_contain_text(words)

    def count(self, key: str) -> None:
        """Close and count, and show it."""
        self.console()
        for label in ("Close and count", "Count now", "Show the results"):
            self.ada.press(label)
        expect(self.wall.page.locator("main")).not_to_have_text("")
        self.look(self.wall, f"{key} results")
        self.look(self.ada, f"{key} results")

    def discuss(self, key: str, *notes: str) -> None:
        """ada says for whom she works, asks one question after the other, and notes what is said."""
        self.ada.open(f"{self.room.path}/console/activity/{self.room.activities[key]}/questions")
        self.ada.press("I am neutral here")
        for number, note in enumerate(notes):
            if number:
                self.ada.page.get_by_role("button", name="Ask this").nth(number).click()
                expect(self.ada.page.locator("li[aria-current=step]")).to_have_count(1)
            self.ada.page.get_by_label("Seat").fill(f"P{number + 1}")
            self.ada.page.get_by_label("What was said").fill(note)
            self.ada.press("Keep the note")
            expect(self.ada.page.locator(".card").last).to_contain_text(note)
        self.look(self.ada, f"{key} questions")

    # What people do with their phones.

    def answer(self, phone: Device, words: str, *, topic: int = 0, level: int = 4, looks: bool = True) -> None:
        """From the question to «Sent – safe», a page after the other."""
        while not phone.page.locator(".main-bar button[value=send]").count():
            fill(phone.page, words, topic, level)
            self.look(phone, "asked") if looks else None
            go_on(phone)
        self.look(phone, "check") if looks else None
        with phone.page.expect_navigation():
            phone.page.locator(".main-bar button[value=send]").click()
        phone.page.wait_for_url("**/sent")
        title = phone.page.locator("h1[data-whole]")
        expect(title).to_have_text(title.get_attribute("data-whole") or "")
        self.look(phone, "sent") if looks else None


def go_on(phone: Device) -> None:
    with phone.page.expect_navigation():
        phone.page.locator(".main-bar button").first.click()


def fill(page: Page, words: str, topic: int, level: int) -> None:
    """Answer what this page asks."""
    for box in visible(page.locator("main form textarea")):
        box.fill(words)
    for name, line in LINES.items():
        for box in visible(page.locator(f"main form [name={name}]")):
            box.fill(line)
    for day in visible(page.locator("main form input[type=date]")):
        day.fill(TO_COME)
    for column in visible(page.locator("main form select")):
        column.select_option(index=topic)
    choose(page, topic, level)


def choose(page: Page, topic: int, level: int) -> None:
    """A step of the ladder, dots for a line, a face: whatever there is to tap."""
    step = page.locator(f"#level-{level}")
    dots = page.locator("input[name^=choice-]:is([type=checkbox], [type=radio])")
    faces = page.locator(".tiles.faces input, .feelings input, .asked input, .places input")
    for one in (step, dots.nth(topic), faces.nth(topic)):
        if one.count():
            one.check(force=True)


def visible(found: Locator) -> list[Locator]:
    return [each for each in found.all() if each.is_visible()]


def sign_in(app: Flask, device: Device, name: str, organisation: str | None = None, role: str = "organiser") -> None:
    """Somebody new, by the link of a message."""
    with app.app_context():
        user_id = accounts.add_user(f"{new_id()}@example.org", name, None, organisation, role)
        link = links.make_link(user_id, "sign_in")
    device.open(f"/sign-in/{link}")
    with device.page.expect_navigation():
        device.page.locator("main form button").click()
