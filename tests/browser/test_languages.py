"""Longer words and the other direction: no page becomes wider than a small phone, nothing is cut off."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route

from tests.browser import measures
from tests.support import installation, pseudo
from tests.support.people import People
from tests.support.walk import Seen, everywhere, sort_of
from tools import translations

pytestmark = pytest.mark.browser
SMALL = {"width": 320, "height": 640}
ADDRESS = "http://localhost:5000"


@contextmanager
def small_phone(browser: Browser, app: Flask) -> Iterator[Page]:
    """A phone without script that shows pages of this app, with its styles and pictures."""

    def answer(route: Route) -> None:
        route.fulfill(path=Path(str(app.static_folder)) / urlsplit(route.request.url).path.removeprefix("/static/"))

    context = browser.new_context(viewport=SMALL, java_script_enabled=False, is_mobile=True)
    context.route("**/static/**", answer)
    yield context.new_page()
    context.close()


def show(page: Page, seen: Seen) -> None:
    page.route("**/shown", lambda route: route.fulfill(body=seen.page.html, content_type="text/html"), times=1)
    page.goto(f"{ADDRESS}/shown")


def too_wide_or_cut(browser: Browser, app: Flask, *holders: str) -> list[str]:
    """One page of every sort that these people see; the screen of the room hangs on no phone."""
    wrong, shown = [], set()
    with small_phone(browser, app) as page:
        for seen in everywhere(app, People(app)):
            sort = f"{seen.who} {sort_of(seen.path)}"
            if seen.who in holders and sort not in shown:
                shown.add(sort)
                show(page, seen)
                faults = measures.wider_than_the_window(page) + measures.clipped(page)
                wrong += [f"{sort}: {fault}" for fault in faults]
    assert len(shown) > 25
    return wrong


@pytest.mark.shows("A19")
def test_sentences_that_are_longer_fit_on_a_small_phone(browser: Browser, tmp_path: Path, empty_database: Path) -> None:
    """A19: a translation may need 40 % more room than English, everywhere."""
    made = pseudo.make(tmp_path, empty_database, translations.sentences())
    with installation.closing(made) as app:
        wrong = too_wide_or_cut(browser, app, "bea", "stranger", "ada")
    assert not wrong, "\n".join(wrong)


@pytest.mark.shows("A19")
def test_arabic_fits_on_a_small_phone(browser: Browser, tmp_path: Path, empty_database: Path) -> None:
    made = installation.make(tmp_path / "instance", empty_database, LANGUAGES=["ar", "en"])
    with installation.closing(made) as app:
        wrong = too_wide_or_cut(browser, app, "bea", "stranger", "ada")
    assert not wrong, "\n".join(wrong)
