"""A browser window in somebody's hands, which notes whatever no page of ours may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

PHONE: Mapping[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
LAPTOP: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PROJECTOR: Mapping[str, Any] = {"viewport": {"width": 1920, "height": 1080}}

TELL_CSP = """addEventListener('securitypolicyviolation',
  (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));"""
# What failed to load is judged by its answer; in a hall without https one header says in vain what it says.
OF_THE_BROWSER = ("Failed to load resource", "The Cross-Origin-Opener-Policy header has been ignored")
OWN_SCHEMES = {"data", "blob"}


@dataclass(eq=False)  # Playwright hangs its handlers on the object: no slots
class Device:
    """One person's browser: its page, its own cookies, and its faults."""

    context: BrowserContext
    address: str
    page: Page = field(init=False)
    who: str = ""  # whose account this browser is signed in with
    faults: list[str] = field(default_factory=list)
    warnings: int = 0  # how often a page asked «Leave this page?»; the person does
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(30_000)
        self.context.add_init_script(TELL_CSP)
        self.context.on("page", self.watch)
        self.context.on("request", self.note_request)
        self.context.on("response", self.note_response)
        self.page = self.context.new_page()

    def watch(self, page: Page) -> None:
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("dialog", self.note_dialog)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(OF_THE_BROWSER):
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def note_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            self.warnings += 1
            dialog.accept()
            return
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note_request(self, request: Request) -> None:
        self.requests.append(request.url)
        there, here = urlsplit(request.url), urlsplit(self.address)
        if there.scheme not in OWN_SCHEMES and there.netloc != here.netloc:
            self.faults.append(f"third party: {request.url}")

    def note_response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> Page:
        """Go to a page of ours; once more, where the page before went on by itself in this moment."""
        address = path if "://" in path else f"{self.address}{path}"
        try:
            self.page.goto(address)
        except PlaywrightError as error:
            if "ERR_ABORTED" not in str(error):
                raise
            self.page.goto(address)
        return self.page

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def h1(self) -> str:
        return " ".join(self.page.locator("h1").first.inner_text().split())

    def press(self, label: str) -> Page:
        """Press the button or link with these words, and wait for the page that follows."""
        named = self.page.get_by_role("button", name=label, exact=True).or_(
            self.page.get_by_role("link", name=label, exact=True)
        )
        with self.page.expect_navigation():
            named.first.click()
        return self.page

    def enter(self) -> Page:
        """Press Enter where the focus is, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.page

    def forget(self) -> None:
        """A browser that has never been anywhere."""
        self.context.clear_cookies()
        self.who = ""

    def close(self) -> None:
        self.context.close()


def device(browser: Browser, address: str, kind: Mapping[str, Any], **options: Any) -> Device:
    return Device(
        browser.new_context(**{"locale": "en-GB", "reduced_motion": "no-preference", **kind, **options}), address
    )


Devices = Callable[..., Device]
