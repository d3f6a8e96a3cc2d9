"""A story by voice, photo and film: the recorder in each of its states, and what is on its way."""

from tests.browser.device import Device
from tests.browser.doing import photo
from tests.browser.recording import HUM, PIECES, act, add_photo, way
from tests.browser.scene import scene
from tests.browser.scenes_phone import ask
from tests.browser.world import World

phone = scene("phone")


def open_recorder(device: Device, world: World) -> None:
    ask(device, world.seat(device, "asked"), "stories")
    way(device, "speak").click()


@phone
def recorder(device: Device, world: World) -> None:
    """Speak: one button, and how it works."""
    open_recorder(device, world)
    act(device, "start").wait_for()


@phone
def no_microphone(device: Device, world: World) -> None:
    """The phone gives no microphone: a recording of its own is taken in its place."""
    open_recorder(device, world)
    act(device, "start").click()
    act(device, "file").wait_for()


@phone
def recording_a_voice(device: Device, world: World) -> None:
    """It is recording: how loud, how long, how much is left."""
    ask(device, world.seat(device, "asked"), "stories")
    device.page.evaluate(HUM)
    way(device, "speak").click()
    act(device, "start").click()
    device.page.locator("[data-level] i.on").nth(7).wait_for()


@phone
def listened_to(device: Device, world: World) -> None:
    """Listen to it, keep it, or record it anew."""
    recording_a_voice(device, world)
    act(device, "done").click()
    act(device, "keep").wait_for()


@phone
def voice_and_photo(device: Device, world: World) -> None:
    """What was recorded and chosen lies below the ways to answer."""
    listened_to(device, world)
    act(device, "keep").click()
    device.page.locator("[data-own-id]").wait_for()
    add_photo(device, photo("stop.jpg"))


@phone
def voice_and_face(device: Device, world: World) -> None:
    """Who gives a voice or a face is asked about it."""
    voice_and_photo(device, world)
    device.press("Go on")
    device.press("Go on")


@phone
def check_a_voice(device: Device, world: World) -> None:
    """Is this right? With a voice and a photo."""
    voice_and_face(device, world)
    device.press("Go on")
    device.page.locator("[data-own-id]").first.wait_for()


@phone
def the_rest_is_on_its_way(device: Device, world: World) -> None:
    """The words are safe, photo and voice are not yet: stay until «Sent – safe»."""
    check_a_voice(device, world)
    device.context.route(PIECES, lambda route: route.fulfill(body="", content_type="text/html"))
    device.press("Send")
    device.page.locator("[data-medium]").first.wait_for()
    device.page.get_by_role("button", name="Try now").locator("visible=true").first.wait_for()
    device.context.unroute(PIECES)
