"""Every state of the room's screen."""

from tests.browser.device import Device
from tests.browser.scene import Show, scene
from tests.browser.world import World

HOURS = {
    "draft": "Before the doors open.",
    "doors": "The way in: the code and two QR codes.",
    "lobby": "The way in, with people inside.",
    "locked": "The doors are locked.",
    "asked": "The question, before anybody has answered.",
    "telling": "Stories that are approved.",
    "spotlight": "One voice on the whole screen.",
    "long-words": "A very long story in the spotlight.",
    "first-ideas": "The first ideas on the wall.",
    "crowded": "A full wall.",
    "columns": "Cards in columns.",
    "choosing": "What there is to choose from.",
    "agreeing": "Statements are being answered.",
    "grace": "The choice is closing.",
    "counted": "The butterfly: both sides, next to each other.",
    "too-few": "Too few to say by side: totals only.",
    "one-side": "One side alone was asked: words, as it is small.",
    "greeting": "What is open to change, and our rules.",
    "resting": "A break, and when it goes on.",
    "ending": "The closing questions are on the phones.",
    "looked-back": "How both sides lived the day.",
    "over": "Thank you, and the date of the answer.",
}


def at(hour: str, caption: str) -> Show:
    def show(device: Device, world: World) -> None:
        device.open(f"/s/{world.room(hour).doors['screen']}")
        device.page.wait_for_timeout(300)

    show.__name__, show.__doc__ = hour, caption
    return show


for hour, caption in HOURS.items():
    scene("screen")(at(hour, caption))


@scene("screen")
def old_link(device: Device, world: World) -> None:
    """A link to the screen that is old."""
    device.open("/s/" + "0" * 32)
