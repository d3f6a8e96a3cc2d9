"""What people do with their devices, by the words that stand on the buttons."""

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


def tell(phone: Device, text: str = STORY, level: int = 2) -> None:
    """From the question of a story to «Sent – safe»."""
    phone.page.get_by_role("textbox").first.fill(text)
    phone.press("Go on")
    while phone.h1 != "Is this right?":
        step = phone.page.locator(f"#level-{level}")
        if step.count():
            step.check(force=True)
        phone.press("Go on")
    phone.press("Send")


def sign_in(laptop: Device, people: People, name: str = "ada") -> None:
    """By a one-time link, as it comes in a message."""
    person = getattr(people, name)
    with people.app.app_context():
        link = links.make_link(person.id, "sign_in")
    laptop.open(f"/sign-in/{link}")
    laptop.page.get_by_role("button").first.click()
    laptop.page.wait_for_load_state()
