"""Somebody looks at the page that a device stands on: nothing for axe to find, nothing too wide or too small."""

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser import axe, measures
from tests.browser.device import Device

PICTURES = "WORKSHOP_TEST_PICTURES"  # a folder: what was looked at is kept there


def look(device: Device, name: str) -> None:
    """Check this page; `name` says in the failure, and in the picture's file, where in the story it stood."""
    keep_picture(device.page, name)
    wrong = faults_here(device, holder(device.page))
    assert not wrong, "\n".join([f"{name}, {device.path}:", *map(str, wrong)])


def holder(page: Page) -> str:
    """What this page is shown on, by its size: the room's screen, a phone, or a laptop."""
    size = page.viewport_size
    assert size is not None
    return "screen" if size["width"] >= 1920 else "phone" if size["width"] < 480 else "office"


def keep_picture(page: Page, name: str) -> None:
    folder = os.environ.get(PICTURES)
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    page.screenshot(path=Path(folder) / f"{file}.png", full_page=holder(page) != "screen")


def faults_here(held: Device, holder: str) -> list[Any]:
    page = held.page
    wrong: list[Any] = [*axe.violations(page), *measures.wider_than_the_window(page)]
    if holder == "screen":
        wrong += [f"below the poster's edge: {fault}" for fault in measures.out_of_the_poster(page)]
    if holder == "phone":
        wrong += [f"under 44 px: {fault}" for fault in measures.small_targets(page)]
    if page.locator(".error-summary").count():
        wrong += error_summary_faults(held)
    return wrong


def error_summary_faults(held: Device) -> list[str]:
    """A09: the summary takes the focus, leads to the field, and the title says it first."""
    page, wrong = held.page, []
    if not page.title().startswith("Error:"):
        wrong.append(f"the title does not begin with the error: {page.title()}")
    if not page.evaluate("() => document.activeElement.matches('.error-summary')"):
        wrong.append("the error summary has not taken the focus")
    for link in page.locator(".error-summary a").all():
        target = (link.get_attribute("href") or "#")[1:]
        if page.locator(f"[id='{target}']").count() != 1:
            wrong.append(f"the summary leads nowhere: #{target}")
    return wrong
