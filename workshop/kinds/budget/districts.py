"""Pots beside the one for everybody: each district has money of its own, and a person chooses in one of them.

A ballot says the district by a number for it beside the numbers of its projects: somebody may choose a district and
nothing in it. Where it does not say, its projects do: a ballot holds those of one district alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from workshop.activities import Activity
from workshop.kinds.budget.money import amount

MOST_DISTRICTS = 30
FOR_ALL = ""


@dataclass(frozen=True, slots=True)
class District:
    """A pot; the one for everybody has no id."""

    id: str
    name: str
    budget: int

    @property
    def called(self) -> str:
        return self.name or gettext("For everybody")


def districts(activity: Activity) -> list[District]:
    lines = (line for line in str(activity.settings.get("districts", "")).splitlines() if line.strip())
    return list(_numbered(lines))


def _numbered(lines: Iterator[str]) -> Iterator[District]:
    for number, line in enumerate(lines, 1):
        name, money = of_line(line)
        yield District(f"pot{number}", name, amount(money) or 0)


def of_line(line: str) -> tuple[str, str]:
    """A line of the setting: name | money."""
    name, _bar, money = line.partition("|")
    return name.strip(), money.strip()


def named_in(line: str, names: Mapping[str, str]) -> tuple[str, str]:
    """The district that a project's line begins with, by id, and the rest of the line."""
    first, bar, rest = line.partition("|")
    found = names.get(first.strip().casefold(), FOR_ALL) if bar else FOR_ALL
    return (found, rest) if found else (FOR_ALL, line)


def ids_by_name(these: Sequence[District]) -> dict[str, str]:
    return {each.name.casefold(): each.id for each in these if each.name}


def chosen_in(choices: Mapping[str, int], district_of: Mapping[str, str]) -> str:
    """The district of a ballot, or nothing; `district_of` says it of each project, and of each district itself."""
    return next((found for found in (district_of.get(item) for item, given in choices.items() if given) if found), "")
