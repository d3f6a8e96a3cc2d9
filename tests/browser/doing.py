"""What people do with their devices, by the words that stand on the buttons."""

import io
from typing import Any

from PIL import Image, ImageDraw

from tests.browser.device import Device
from tests.support.build import Room
from tests.support.people import People
from workshop.commands import links

STORY = "I waited in the rain for a bus that never came, and the clinic gave my appointment away."


def join(phone: Device, room: Room, role: str = "Service user", door: str = "lived") -> None:
    """Through the QR code: what this is, who I am, and in."""
    phone.open(f"/j/{room.doors[door]}")
    phone.press("Come in")
    phone.page.get_by_label(role, exact=True).check(force=True)
    phone.press("Go on")


def photo(name: str) -> Any:
    """A picture as a phone's camera would hand it over."""
    picture = Image.new("RGB", (800, 600), (187, 205, 214))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, 800, 600), fill=(120, 122, 118))
    draw.rectangle((520, 120, 540, 430), fill=(70, 74, 80))
    draw.rectangle((440, 90, 620, 190), fill=(0, 90, 140))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def tell(phone: Device, text: str = STORY, level: int = 2, photo: Any = None) -> None:
    """From the question of a story to «Sent – safe»."""
    phone.page.get_by_role("textbox").first.fill(text)
    if photo:
        phone.page.locator("input[name=photo_file]").set_input_files(photo)
    phone.press("Go on")
    while phone.h1 != "Is this right?":
        step = phone.page.locator(f"#level-{level}")
        if step.count():
            step.check(force=True)
        phone.press("Go on")
    phone.press("Send")


def sign_in(laptop: Device, people: People, name: str = "ada") -> None:
    """By a one-time link, as it comes in a message; unless they are in already."""
    if laptop.who == name:
        return
    laptop.forget()
    person = getattr(people, name)
    with people.app.app_context():
        link = links.make_link(person.id, "sign_in")
    laptop.open(f"/sign-in/{link}")
    with laptop.page.expect_navigation():
        laptop.page.locator("main form button").click()
    laptop.who = name
