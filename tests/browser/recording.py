"""What the tests of photos, voice and film share: how somebody records, and what arrived."""

import io
import random
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.device import Device
from tests.support.build import Room
from workshop.extensions import db
from workshop.models import Medium

MAY_RECORD = ["microphone", "camera"]
PIECES = "**/media/*?*"
SENT = "**/sent"
# A made-up microphone that hums: the browser's own beep is taken for noise and made silent.
HUM = """() => {
  navigator.mediaDevices.getUserMedia = async () => {
    const sound = new AudioContext();
    const voice = sound.createOscillator();
    const place = sound.createMediaStreamDestination();
    voice.connect(place);
    voice.start();
    return place.stream;
  };
}"""
# Bytes as they lie on this phone, by the app's own way to them.
ON_THE_PHONE = """async () => {
  const { all, blobOf } = await import('/static/js/shelf.js');
  const { hexOf } = await import('/static/js/digest.js');
  return Promise.all((await all()).map(async (each) => {
    const blob = await blobOf(each);
    const shown = each.kind === 'photo' ? await createImageBitmap(blob).catch(() => null) : null;
    return { kind: each.kind, state: each.state, size: blob.size, sha256: await hexOf(blob), has: each.has ?? 0,
      width: shown?.width, height: shown?.height, type: blob.type };
  }));
}"""


def on_the_phone(phone: Device) -> list[dict[str, Any]]:
    """Photos, sounds and films on this phone."""
    return list(phone.page.evaluate(ON_THE_PHONE))


def arrived(room: Room) -> list[Any]:
    """What the server holds of them as a whole."""
    query = sa.select(Medium.kind, Medium.size, Medium.sent_sha256, Medium.state, Medium.contribution_id)
    query = query.where(Medium.workshop_id == room.id, Medium.state != "arriving").order_by(Medium.kind)
    with room.app.app_context():
        return list(db.session.execute(query).all())


def ways(phone: Device, *names: str) -> None:
    """The tiles of these ways to answer are there: the tests run with the media extra."""
    for name in ("write", *names):
        expect(way(phone, name)).to_be_visible()


def way(phone: Device, name: str) -> Locator:
    return phone.page.locator(f"[data-way={name}]")


def act(phone: Device, name: str) -> Locator:
    return phone.page.locator(f"[data-act={name}]")


def record(phone: Device, name: str = "speak", seconds: float = 1.5) -> None:
    """Speak or film for a moment, and keep it."""
    before = phone.page.locator("[data-own-id]").count()
    way(phone, name).click()
    act(phone, "start").click()
    expect(act(phone, "pause")).to_be_visible()
    phone.page.wait_for_timeout(1000 * seconds)  # somebody speaks
    act(phone, "done").click()
    act(phone, "keep").click()
    expect(phone.page.locator("[data-own-id]")).to_have_count(before + 1)


def add_photo(phone: Device, *files: Any) -> None:
    shown = phone.page.locator("[data-own-id]")
    expect(way(phone, "photo")).to_be_visible()
    for file in files:
        before = shown.count()
        phone.page.locator("input[name=photo_file]").set_input_files(file)
        expect(shown).to_have_count(before + 1)


def send_it(phone: Device) -> None:
    """From the question to «Send», whatever is asked in between."""
    go_on = phone.page.locator(".main-bar button[value=next]")
    while go_on.count():
        with phone.page.expect_navigation():
            go_on.click()
    phone.page.get_by_role("button", name="Send", exact=True).click()


def heading(page: Page) -> Locator:
    return page.locator("h1").locator("visible=true")


def large_photo(name: str = "image.jpg", size: tuple[int, int] = (1600, 1200)) -> Any:
    """A picture that stays large: nothing in it repeats."""
    noise = random.Random(7).randbytes(size[0] * size[1])  # noqa: S311 - a picture, no secret
    file = io.BytesIO()
    Image.frombytes("L", size, noise).convert("RGB").save(file, "JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def turned_photo(size: tuple[int, int] = (2400, 1800)) -> Any:
    """As cameras write it when the phone was held upright: the pixels lie, a note says how to turn them."""
    picture = Image.new("RGB", size, (187, 205, 214))
    note = Image.Exif()
    note[0x0112] = 6
    note[0x010E] = "HIDDEN-PLACE"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=note)
    return {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def cut_every_second(lost: list[int]) -> Callable[[Route], None]:
    """Of the pieces that go out, every second one is lost: on its way there, or its answer on the way back."""
    count = 0

    def handle(route: Route) -> None:
        nonlocal count
        count += 1
        if count % 2 or route.request.method != "POST":
            route.continue_()
            return
        if count % 4:
            route.fetch()
        lost.append(count)
        route.abort()

    return handle
