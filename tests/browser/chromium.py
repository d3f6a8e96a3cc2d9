"""Debian's Chromium, driven by Playwright: nothing of its own goes out to the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tools import browser

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",  # a beep and a clock, for whom a test has allowed it
    "--host-resolver-rules=MAP workshop.test 127.0.0.1,MAP 10.20.30.40 127.0.0.1",
)


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options: dict[str, Any] = {"executable_path": browser.find(), "args": [*FLAGS, *flags]}
        opened = playwright.chromium.launch(**options)
        try:
            yield opened
        finally:
            opened.close()
