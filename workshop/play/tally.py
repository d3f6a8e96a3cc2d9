"""An independent count of what was played, held against what the app says after the close."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workshop.extensions import setting
from workshop.play.conversation import Conversation, What

Answers = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Check:
    """How many statements agree with our own count, how many show both sides, and what does not agree."""

    statements: int
    split: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        if self.wrong:
            return f"The results are wrong for: {', '.join(self.wrong)}."
        return f"All {self.statements} results equal our own count. Both sides are shown for {self.split} of them."


def last_answers(conversation: Conversation) -> dict[tuple[str, str], int]:
    """What everybody said in the end: a later answer takes the place of an earlier one."""
    chosen = [act for act in conversation.acts if act.what is What.CHOOSE]
    return {(act.person, act.statement): act.choice for act in chosen}


def count(conversation: Conversation, statement: str, side: str | None = None) -> tuple[int, int, int]:
    """Agreed, disagreed, passed: of everybody, or of one side."""
    said = [
        choice
        for (person, about), choice in last_answers(conversation).items()
        if about == statement and side in (None, conversation.sides[person])
    ]
    return said.count(1), said.count(-1), said.count(0)


def check(conversation: Conversation, cards: Mapping[str, str], results: Callable[[int], Any]) -> Check:
    """Compare every statement that was shown."""
    counted = {result.item: result for result in results(setting("ROOM_CELL")).items}
    shown = [key for key in cards if conversation.statements[key].fate == "shown"]
    wrong = [key for key in shown if not _agrees(conversation, key, counted.get(cards[key]))]
    split = [key for key in shown if cards[key] in counted and counted[cards[key]].sides.shown]
    return Check(len(shown), len(split), tuple(wrong))


def _agrees(conversation: Conversation, key: str, result: Any) -> bool:
    if result is None:
        return False
    everybody = (result.all.agree, result.all.disagree, result.all.passed)
    return everybody == count(conversation, key) and all(_side_agrees(conversation, key, result, s) for s in SIDES)


SIDES = ("lived", "service", "other")


def _side_agrees(conversation: Conversation, key: str, result: Any, side: str) -> bool:
    """Where a side is shown in numbers, they are the exact ones."""
    cell = result.sides.of(side)
    answers = count(conversation, key, side)
    if not cell.shown or cell.share is None:
        return True
    return bool(cell.n == sum(answers) and abs(cell.share * cell.n - answers[0]) < 1e-9)
