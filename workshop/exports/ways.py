"""The table of ways: how the ballots of each choice came, by phone, by hand, on paper."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext

from workshop.activities import Column, Table


def table(agenda: Sequence[Any]) -> Table:
    """Of one side alone nothing is here: these numbers would be that side's."""
    columns = [
        Column("activity", "integer", gettext("The activity on the agenda.")),
        Column("way", "string", gettext("phone, tablet, helper, paper or hands: the ways of its ballots.")),
        Column("ballots", "integer", gettext("Ballots that came by it.")),
        Column("strength", "string", gettext("open link, cards or counted by hand.")),
        Column("by_hand", "integer", gettext("Paper ballots of this choice that two people read.")),
        Column("void", "integer", gettext("Paper ballots of this choice that nobody could understand.")),
    ]
    return Table("ways", gettext("By which ways ballots came"), columns, list(_rows(agenda)))


def _rows(agenda: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for activity in agenda:
        counted = activity.counted or {}
        if activity.who == "all":
            for way, number in counted.get("channels", {}).items():
                by_hand, void = counted.get("by_hand", 0), counted.get("void", 0)
                yield (activity.position, way, number, strength(counted), by_hand, void)


def strength(counted: dict[str, Any]) -> str:
    """How sure it is that everybody chose once: the weakest of its ways says it."""
    if counted.get("by_hand", 0) and counted["by_hand"] == sum(counted["channels"].values()):
        return "counted by hand"
    return "cards" if "cards" in counted else "open link"
