"""The walk through an activity on a phone: one question a page, back and forth, check, send. Works without script."""

from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import BooleanField, Field

from workshop.activities import Gift, Kind, Step, kind_of
from workshop.commands.taking_part import NotYours
from workshop.forms import Form, NumbersByItem
from workshop.models.columns import new_id
from workshop.web import persons


class Damaged(Exception):
    """What arrived cannot be what was sent: the id is not one."""


@dataclass(slots=True)
class Walk:
    """Where somebody is on the way from the first question to «Sent». `at` is a step, or len(steps) to check."""

    activity: Any
    seat: Any
    kind: Kind
    steps: list[Step]
    form: Form
    at: int = 0

    @classmethod
    def of(cls, activity: Any, seat: Any, kind: Kind | None = None) -> "Walk":
        kind = kind or kind_of(activity)
        form = kind.form(activity, seat)
        return cls(activity, seat, kind, kind.steps(activity, seat, form), form)

    @property
    def step(self) -> Step | None:
        return self.steps[self.at] if self.at < len(self.steps) else None

    @property
    def may_skip_more(self) -> bool:
        """This question and the next can be left out with one tap."""
        return all(step.may_skip for step in self.steps[self.at : self.at + 2]) and self.at + 1 < len(self.steps)

    @property
    def is_check(self) -> bool:
        return self.at >= len(self.steps)

    @property
    def person(self) -> str:
        """Whose page this is. On a shared tablet somebody else may sit there when it is sent, or sent again."""
        return persons.mark(self.seat)

    def move(self) -> bool:
        """Go where the button said. True when everything is answered and the person pressed «Send».

        Raises NotYours when the words are those of whoever had this tablet before.
        """
        if "person" in request.form and not persons.is_mark(request.form["person"], self.seat):
            raise NotYours
        self.steps = self.kind.steps(self.activity, self.seat, self.form)  # what came may ask for another question
        go, came_from = request.form.get("go", "send"), _number(request.form.get("at"))
        if go.startswith("step-"):
            self.at = min(_number(go[5:]), len(self.steps) - 1)
        elif go == "back":
            self.at = max(came_from - 1, 0)
        elif go == "send":
            return self._may_send()
        else:
            self._forward(came_from, skips=go == "skip")
        return False

    def _forward(self, came_from: int, *, skips: bool = False) -> None:
        self.form.validate()
        if came_from < len(self.steps) and self._wrong(self.steps[came_from]):
            self.at = came_from
            return
        self._forget_errors()  # nobody has answered the next page wrongly yet
        self.at = came_from + 1
        while skips and self.step is not None and self.step.may_skip:
            self.at += 1
        while self.step is not None and self.step.asked_once and "level" in self.seat.habits:
            self.at += 1

    def _may_send(self) -> bool:
        if self.form.validate():
            return True
        wrong = [place for place, step in enumerate(self.steps) if self._wrong(step)]
        self.at = wrong[0] if wrong else 0
        return False

    def _forget_errors(self) -> None:
        for field in self.form:
            field.errors = ()

    def _wrong(self, step: Step) -> bool:
        return any(self.form[name].errors for name in step.fields if name in self.form)

    def shown_errors(self) -> None:
        """Only the question on this page says what is wrong with its answer."""
        shown = self.step.fields if self.step else ()
        for field in self.form:
            if field.name not in shown:
                field.errors = ()

    def carried(self) -> list[tuple[str, str]]:
        """What was answered on the other pages, to travel along in hidden fields."""
        shown = self.step.fields if self.step else ()
        return [pair for field in self.form if field.name not in shown for pair in _carried(field)]

    @property
    def sending(self) -> dict[str, str]:
        """The id and secret of this sending: made once, the same on every page of the walk and in every resend."""
        return {
            "id": request.form.get("id") or new_id(),
            "secret": request.form.get("secret") or new_id(),
            "how": self._how,
        }

    def gift(self, language: str) -> Gift:
        """What comes with the sending. Raises Damaged."""
        sent = sending_id(request.form.get("id", ""))
        if sent is None:
            raise Damaged
        return Gift(sent, request.form.get("secret", "")[:64], language, self.seat.channel, consent={"how": self._how})

    @property
    def _how(self) -> str:
        """How the consent was given: script says that the steps of the ladder were listened to."""
        return "listened" if request.form.get("how") == "listened" else "read"


def sending_id(text: str) -> str | None:
    """The id of a sending as we keep it, or None if it is none: 32 hexadecimal digits."""
    tidy = text.replace("-", "").lower()
    return tidy if len(tidy) == 32 and set(tidy) <= set("0123456789abcdef") else None


def _carried(field: Field) -> list[tuple[str, str]]:
    if isinstance(field, NumbersByItem):
        return field.carried()
    if isinstance(field, BooleanField):
        return [(field.name, "y")] if field.data else []
    return [] if field.data in (None, "") else [(field.name, str(field.data))]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else 0
