"""A person with a phone: comes in by the link, says who they are, writes cards, answers statements."""

from dataclasses import dataclass, field

from workshop.keys import new_token
from workshop.play.browser import REDIRECTS, Browser, Page, Refused


@dataclass(slots=True)
class Phone:
    """One person's phone in one room. `about` keeps what the form of the answers needs, as an open page would."""

    browser: Browser
    room: str = ""
    about: dict[str, str] = field(default_factory=dict)

    def come_in(self, door: str, role: str) -> None:
        """Screen 1 and 2: in, and who I am."""
        welcome = self.browser.get(door)
        asked = self.browser.send(door, welcome.form_with("key").fields)
        form = asked.form_with("role")
        self.browser.send(form.action, {**form.fields, "role": role})
        self.room = form.action.removesuffix("/role")

    def write(self, activity_id: str, text: str) -> str:
        """A card: the words, the check, «Sent – safe». Returns its id, which the page made."""
        path = f"{self.room}/a/{activity_id}"
        written = {**self.browser.get(path).form_with("text").fields, "text": text}
        check = self.browser.post(path, {**written, "go": "next"})
        form = check.form_with("text", "id")
        self.browser.send(path, {**form.fields, "go": "send"})
        return form.fields["id"]

    def choose(self, activity_id: str, item: str, answer: int) -> None:
        """Agree, disagree or pass. The page with the form was opened once; every answer has an id of its own."""
        path = f"{self.room}/a/{activity_id}"
        if not self.about:
            self.about = self._answer_form(path)
        fields = {**self.about, "id": new_token(), "secret": new_token(), "item": item, "answer": str(answer)}
        taken = self.browser.post(path, {**fields, "go": "send"})
        if taken.status not in REDIRECTS:
            raise Refused(f"an answer came back with {taken.status}: {_heading(taken)}")

    def _answer_form(self, path: str) -> dict[str, str]:
        fields = self.browser.get(path).form_with("csrf_token", "id").fields
        return {"csrf_token": fields["csrf_token"]}


def _heading(page: Page) -> str:
    before, _, after = page.text.partition("<h1")
    return after.partition(">")[2].partition("<")[0] or before[:80]
