"""Projects: what each costs, whether it can be done at all, and which pot would pay it, as the facilitator wrote it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Item, items_of, own_items
from workshop.kinds.budget.districts import FOR_ALL, districts, ids_by_name, named_in
from workshop.kinds.budget.money import amount


@dataclass(frozen=True, slots=True)
class Project(Item):
    """`can` is "yes", "no" (then `why` says the reason) or nothing, as long as nobody has answered; `district` is the
    id of the pot that would pay it, and empty for the pot of all."""

    cost: int = 0
    can: str = ""
    why: str = ""
    district: str = FOR_ALL

    @property
    def reason(self) -> str:
        """Why nobody can choose it."""
        if self.can == "yes":
            return str(gettext("It costs more than there is in the pot."))
        if self.can == "no":
            return self.why or str(gettext("It cannot be done."))
        return str(gettext("Nobody has said yet whether it can be done, and for how much."))


def offered(activity: Activity) -> list[Project]:
    """Everything that was proposed: taken up from an earlier activity, then the facilitator's own lines."""
    names = ids_by_name(districts(activity))
    return [*_taken_up(activity, {*names.values()}), *(_own(line, names) for line in own_items(activity))]


def known(activity: Activity) -> dict[str, tuple[int, str]]:
    """What each project costs and its district, also of one whose words were taken back."""
    names = ids_by_name(districts(activity))
    own = {each.id: (each.cost, each.district) for each in (_own(line, names) for line in own_items(activity))}
    return own | {item: (_cost(said), _district(said, names.values())) for item, said in answers_of(activity).items()}


def answers_of(activity: Activity) -> Mapping[str, Mapping[str, Any]]:
    found = activity.settings.get("answers")
    return found if isinstance(found, Mapping) else {}


def _taken_up(activity: Activity, ids: Iterable[str]) -> Iterator[Project]:
    answers = answers_of(activity)
    for item in taken_up(activity):
        said = answers.get(item.asked_as, {})
        cost, can = _cost(said), str(said.get("can", ""))
        clear = "" if can == "yes" and not cost else can
        words = (item.id, item.text, item.side, item.contribution_id, item.taken_back)
        yield Project(*words, cost=cost, can=clear, why=str(said.get("why", "")), district=_district(said, ids))


def _cost(said: Mapping[str, Any]) -> int:
    return amount(str(said.get("cost", ""))) or 0


def _district(said: Mapping[str, Any], ids: Iterable[str]) -> str:
    return next((each for each in ids if each == said.get("pot")), FOR_ALL)


def taken_up(activity: Activity) -> Iterable[Item]:
    return items_of(activity.settings.get("items_from"), activity.workshop_id)


def _own(line: Item, names: Mapping[str, str]) -> Project:
    district, rest = named_in(line.text, names)
    words, cost, why = parts(rest)
    money = amount(cost) or 0
    can = "no" if why else "yes" if money else ""
    return Project(line.id, words, cost=money, can=can, why=why, district=district)


def parts(line: str) -> tuple[str, str, str]:
    """A line of the facilitator's own: words | cost | why it cannot be done."""
    words, cost, why = ([part.strip() for part in line.split("|", 2)] + ["", ""])[:3]
    return words, cost, why
