"""Every picture of a page of results can be kept: what is in the file is what stands on the page, and nothing else."""

import os
import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Locator

from tests.browser.device import LAPTOP, Device, Devices
from tests.browser.looking import PICTURES
from tests.browser.scenes import ALL  # noqa: F401 - they know how rooms come to be
from tests.browser.scenes_office import signed_in
from tests.browser.world import World
from tests.support.people import People

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"
ROOMS = (
    "grouped-in-numbers",
    "ranked-run_off",
    "score-counted",
    "mentions-counted",
    "spent",
    "pairs-counted",
    "jury-counted",
)


@pytest.fixture(scope="module")
def world(app: Flask, people: People) -> World:
    return World(app, people)


def kept(device: Device, figure: Locator, kind: str) -> bytes:
    """Press, and take what the browser saves."""
    keep = figure.locator("details.keep")
    if keep.get_attribute("open") is None:
        keep.locator("summary").click()
    with device.page.expect_download() as saved:
        keep.locator(f"[data-as={kind}]").click()
    return Path(saved.value.path()).read_bytes()


def keep_file(hour: str, locale: str, title: str, data: bytes) -> None:
    """Where pictures are kept to be looked at, these are too."""
    if folder := os.environ.get(PICTURES):
        file = re.sub(r"\W+", "-", f"kept {hour} {locale} {title}".lower())
        (Path(folder) / f"{file}.png").write_bytes(data)


def plain(words: str) -> str:
    return re.sub(r"[\s\u2068\u2069]+", "", words)


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("hour", ROOMS)
def test_each_picture_becomes_a_file_that_says_what_the_page_says(
    world: World, devices: Devices, hour: str, locale: str
) -> None:
    device = devices(LAPTOP, locale=locale)
    signed_in(device, world, f"{world.room(hour).path}/results")
    figures = device.page.locator("figure[data-picture]")
    assert figures.count()
    for figure in figures.all():
        title = figure.get_attribute("aria-label") or figure.locator("figcaption").first.inner_text()
        drawing = ElementTree.fromstring(kept(device, figure, "svg"))  # noqa: S314 - made by our own page
        said = plain("".join(text for shape in drawing.iter(f"{SVG}text") for text in shape.itertext()))
        for label in figure.locator(".item-label:visible").all():
            assert plain(label.inner_text()) in said
        assert next(drawing.iter(f"{SVG}rect")) is not None
        assert not [shape for shape in drawing.iter() if shape.tag in (f"{SVG}script", f"{SVG}use", f"{SVG}image")]
        data = kept(device, figure, "png")
        keep_file(hour, locale, title, data)
        picture = Image.open(BytesIO(data))
        assert picture.width == 1600
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 2, "there is something on it"
