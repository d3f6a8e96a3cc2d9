"""The phone of somebody who helps: for whom, the question, reading it back, and the receipt to hand over."""

from tests.browser.device import Device
from tests.browser.scene import scene
from tests.browser.scenes_phone import ask, write
from tests.browser.world import World

phone = scene("phone")


@phone
def helping_someone(device: Device, world: World) -> None:
    """I am helping someone: who they are here, and their yes."""
    ask(device, world.seat(device, "asked"), "stories")
    device.press("I am helping someone")


@phone
def helping_question(device: Device, world: World) -> None:
    """The question, for the person beside this phone."""
    helping_someone(device, world)
    device.page.get_by_label("They prefer not to say").check(force=True)
    device.page.get_by_label("They agreed that I do this for them").check(force=True)
    device.press("Go on")


@phone
def helping_read_back(device: Device, world: World) -> None:
    """Read it back: whose words, how, and who helped."""
    helping_question(device, world)
    write(device, "I cannot read the letters that they send me.")
    device.press("Go on")
    while device.h1 != "Read it back":
        device.press("Go on")


@phone
def helping_receipt(device: Device, world: World) -> None:
    """The receipt is for them alone."""
    helping_read_back(device, world)
    device.page.get_by_label("I read it back to them, and it is right").check(force=True)
    device.press("Send")
