"""Who runs the room: comes in by a one-time link and works at the console, as every facilitator does."""

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.play.browser import REDIRECTS, Browser, Form, Page, Refused

WHY = "It was hidden then, and is hidden now."


@dataclass(slots=True)
class Facilitator:
    """A browser at the console of one workshop."""

    browser: Browser
    workshop_id: str

    @property
    def console(self) -> str:
        return f"/w/{self.workshop_id}/console"

    def sign_in(self, token: str) -> None:
        page = self.browser.get(f"/sign-in/{token}")
        self.browser.send(page.path, page.form_with("csrf_token").fields)

    def write(self, activity_id: str, text: str) -> str:
        """A card of the facilitator's own, on the wall at once. Returns its id."""
        path = f"{self.console}/activity/{activity_id}/card"
        form = self.browser.get(path).form_with("text", "id")
        self._send(path, {**form.fields, "text": text, "go": "send"})
        return form.fields["id"]

    def approve(self, card_id: str) -> None:
        """Read it, then let it out."""
        self._decide(card_id, "approve", {})

    def hide(self, card_id: str) -> None:
        self._decide(card_id, "hide", {"reason": WHY})

    def press(self, activity_id: str, act: str) -> None:
        """A button of the run-sheet: open, beside, close, count, reveal."""
        page = self.browser.get(self.console)
        token = page.form_with("csrf_token").fields["csrf_token"]
        self._send(f"{self.console}/activity/{activity_id}/{act}", {"csrf_token": token})

    def _decide(self, card_id: str, act: str, answers: Mapping[str, str]) -> None:
        path = f"{self.console}/words/{card_id}"
        form = _form_to(self.browser.get(path), f"{path}/{act}")
        self._send(form.action, {**form.fields, **answers})

    def _send(self, path: str, fields: Mapping[str, str]) -> None:
        answer = self.browser.post(path, fields)
        if answer.status not in REDIRECTS:
            raise Refused(f"{path} answered {answer.status}")


def _form_to(page: Page, action: str) -> Form:
    for form in page.forms:
        if form.action == action:
            return form
    raise Refused(f"no form to {action} at {page.path} ({page.status})")
