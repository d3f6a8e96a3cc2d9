"""Participatory budgets as Pabulib keeps them: a `.pb` file with META, PROJECTS and VOTES, parted by semicolons.

The format is described at pabulib.org/format. Read are approval, choose-1, cumulative, scoring and ordinal votes; all
of them say which projects somebody wants. Costs are whole numbers of the smallest coin: files with hundredths are
read in hundredths, and `coin` says how many make one unit of the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from workshop.counting.budgets.pots import Pot

SECTIONS = ("META", "PROJECTS", "VOTES")
NEEDED = {"PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


class NotPabulib(ValueError):
    """The file cannot be read; the message says where it stops making sense."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person wants, in the order of the file, their points where it has any, and what it says of them."""

    projects: tuple[str, ...]
    points: Mapping[str, int] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Election:
    """`selected` are the published winners; None where the file names none."""

    meta: Mapping[str, str]
    pot: Pot
    names: Mapping[str, str]
    votes: tuple[Vote, ...]
    selected: frozenset[str] | None = None
    coin: int = 1


def read(text: str) -> Election:
    """Raises NotPabulib."""
    parts = _sections(text)
    meta = {row[0]: row[1] for row in parts["META"][1:] if len(row) > 1}
    projects = list(_rows("PROJECTS", parts["PROJECTS"]))
    money = [
        _number(meta.get("budget", ""), "budget"),
        *(_number(each["cost"], each["project_id"]) for each in projects),
    ]
    coin = 1 if all(each.denominator == 1 for each in money) else 100
    costs = {each["project_id"]: int(cost * coin) for each, cost in zip(projects, money[1:], strict=True)}
    won = frozenset(each["project_id"] for each in projects if each.get("selected", "") not in ("", "0"))
    names = {each["project_id"]: each.get("name", "") or each["project_id"] for each in projects}
    votes = tuple(_vote(each, costs) for each in _rows("VOTES", parts["VOTES"]))
    told = any("selected" in each for each in projects)
    return Election(meta, Pot(int(money[0] * coin), costs), names, votes, won if told else None, coin)


def _sections(text: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    here: list[list[str]] | None = None
    for number, row in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"), 1):
        if [cell.strip() for cell in row] in ([name] for name in SECTIONS):
            here = found.setdefault(row[0].strip(), [])
        elif row and here is None:
            raise NotPabulib(f"line {number}: a file of this format begins with META")
        elif row and here is not None:
            here.append([cell.strip() for cell in row])
    if missing := [name for name in SECTIONS if not found.get(name)]:
        raise NotPabulib(f"there is nothing under {', '.join(missing)}")
    return found


def _rows(section: str, rows: Sequence[Sequence[str]]) -> Iterator[dict[str, str]]:
    head = rows[0]
    if missing := [name for name in NEEDED[section] if name not in head]:
        raise NotPabulib(f"{section} has no column {', '.join(missing)}")
    return (dict(zip(head, row, strict=False)) for row in rows[1:])


def _number(text: str, of: str) -> Fraction:
    try:
        return Fraction(text.replace(",", "."))
    except ValueError:
        raise NotPabulib(f"«{text}» of {of} is no amount of money") from None


def _vote(row: Mapping[str, str], known: Mapping[str, int]) -> Vote:
    projects = tuple(each.strip() for each in row.get("vote", "").split(",") if each.strip())
    if unknown := [each for each in projects if each not in known]:
        raise NotPabulib(f"{row['voter_id']} wants {', '.join(unknown)}, which is no project of this file")
    given = [each for each in row.get("points", "").split(",") if each.strip()]
    points = {project: int(number) for project, number in zip(projects, given, strict=False)}
    return Vote(projects, points, {name: said for name, said in row.items() if name not in ("vote", "points")})


def write(election: Election) -> str:
    """The same as text; what nobody knows of a person is not written."""
    held = io.StringIO()
    out = csv.writer(held, delimiter=";", lineterminator="\n")
    counted = {"num_projects": str(len(election.pot.costs)), "num_votes": str(len(election.votes))}
    meta = {**election.meta, **counted, "budget": _money(election.pot.budget, election.coin)}
    out.writerows([["META"], ["key", "value"], *meta.items()])
    out.writerows([["PROJECTS"], *_projects(election)])
    out.writerows([["VOTES"], *_votes(election.votes)])
    return held.getvalue()


def _projects(election: Election) -> Iterator[Sequence[str]]:
    won = election.selected
    yield ("project_id", "cost", "name", *(("selected",) if won is not None else ()))
    for project, cost in election.pot.costs.items():
        told = () if won is None else (str(int(project in won)),)
        yield (project, _money(cost, election.coin), election.names.get(project, project), *told)


def _votes(votes: Iterable[Vote]) -> Iterator[Sequence[str]]:
    pointed = any(vote.points for vote in votes)
    yield ("voter_id", "vote", *(("points",) if pointed else ()))
    for number, vote in enumerate(votes, 1):
        points = (",".join(str(vote.points.get(project, 0)) for project in vote.projects),) if pointed else ()
        yield (str(number), ",".join(vote.projects), *points)


def _money(amount: int, coin: int) -> str:
    return str(amount) if coin == 1 else f"{amount // coin}.{amount % coin:02}"
