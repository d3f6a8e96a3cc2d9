"""Projects: what each costs, and whether it can be done at all, as the facilitator wrote it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Item, items_of, own_items

MONEY = re.compile(r"\d+|\d{1,3}([ .,'’\u00a0\u202f]\d{3})+")
MOST_MONEY = 10**12


@dataclass(frozen=True, slots=True)
class Project(Item):
    """`can` is "yes", "no" (then `why` says the reason) or nothing, as long as nobody has answered."""

    cost: int = 0
    can: str = ""
    why: str = ""

    @property
    def reason(self) -> str:
        """Why nobody can choose it."""
        if self.can == "yes":
            return str(gettext("It costs more than there is in the pot."))
        if self.can == "no":
            return self.why or str(gettext("It cannot be done."))
        return str(gettext("Nobody has said yet whether it can be done, and for how much."))


def amount(text: str) -> int | None:
    """Whole money, as people write it: 1200, 1,200 or 1.200. None if it is something else, or nothing."""
    text = text.strip()
    found = int(re.sub(r"\D", "", text)) if MONEY.fullmatch(text) else 0
    return found if 0 < found <= MOST_MONEY else None


def offered(activity: Activity) -> list[Project]:
    """Everything that was proposed: taken up from an earlier activity, then the facilitator's own lines."""
    return [*_taken_up(activity), *(_own(line) for line in own_items(activity))]


def costs(activity: Activity) -> dict[str, int]:
    """What each project costs, also one whose words were taken back."""
    answers = answers_of(activity)
    own = {line.id: _own(line).cost for line in own_items(activity)}
    return own | {item: amount(str(said.get("cost", ""))) or 0 for item, said in answers.items()}


def answers_of(activity: Activity) -> Mapping[str, Mapping[str, Any]]:
    found = activity.settings.get("answers")
    return found if isinstance(found, Mapping) else {}


def _taken_up(activity: Activity) -> Iterator[Project]:
    answers = answers_of(activity)
    for item in taken_up(activity):
        said = answers.get(item.id, {})
        cost, can = amount(str(said.get("cost", ""))) or 0, str(said.get("can", ""))
        known = "" if can == "yes" and not cost else can
        words = (item.id, item.text, item.side, item.contribution_id, item.taken_back)
        yield Project(*words, cost=cost, can=known, why=str(said.get("why", "")))


def taken_up(activity: Activity) -> Iterable[Item]:
    return items_of(activity.settings.get("items_from"), activity.workshop_id)


def _own(line: Item) -> Project:
    words, cost, why = parts(line.text)
    money = amount(cost) or 0
    can = "no" if why else "yes" if money else ""
    return Project(line.id, words, cost=money, can=can, why=why)


def parts(line: str) -> tuple[str, str, str]:
    """A line of the facilitator's own: words | cost | why it cannot be done."""
    words, cost, why = ([part.strip() for part in line.split("|", 2)] + ["", ""])[:3]
    return words, cost, why
