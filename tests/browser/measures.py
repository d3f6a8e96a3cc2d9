"""What can be measured on a page: what overflows, is clipped, is too small for a thumb, or hides the focus."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).with_suffix(".js").read_text("utf-8")


def measure(page: Page, call: str) -> Any:
    return page.evaluate(f"() => {{ {SOURCE}\n return {call}; }}")


def wider_than_the_window(page: Page) -> list[str]:
    return list(measure(page, "widerThanTheWindow()"))


def out_of_the_poster(page: Page) -> list[str]:
    return list(measure(page, "outOfThePoster()"))


def clipped(page: Page) -> list[str]:
    return list(measure(page, "clipped()"))


def small_targets(page: Page, least: int = 44) -> list[str]:
    return list(measure(page, f"smallerThan({least})"))


def running_animations(page: Page) -> list[str]:
    return list(measure(page, "running()"))


def space_the_text(page: Page) -> None:
    measure(page, "space()")


def focus(page: Page) -> Any:
    """Where the focus is: `what`, whether it can be `seen` there, whether it has a `ring`. None: on nothing."""
    return measure(page, "focused()")
