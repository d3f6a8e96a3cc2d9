"""The budgets of an export pack, as elections that everybody can count: only where whole ballots are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workshop.ballot_files import packs
from workshop.ballot_files.pabulib import Election, Vote
from workshop.ballot_files.packs import Table
from workshop.counting.budgets import rules
from workshop.counting.budgets.pots import Pot

IN_PABULIB = {rules.EQUAL: "equalshares/add1"}  # the others have no name of their own there
COIN = "add1_coin"  # in files of ours: by how much all shares grow at once
BALLOTS, RESULTS, RULE = "ballots_", "activity_", "_rule"


def elections(tables: Sequence[Table]) -> Iterator[tuple[str, Election]]:
    """Each budget with the name of its table of ballots. Projects stand as on the ballot: that order decides ties."""
    known = {table.name: table for table in tables}
    sealed = packs.sealed(tables)
    for name in (name for name in known if name.startswith(BALLOTS) and name in sealed):
        about = RESULTS + name.removeprefix(BALLOTS)
        if about + RULE in known:
            yield name, _election(known[name], known[about], known[about + RULE])


def _election(ballots: Table, results: Table, rule: Table) -> Election:
    said, told = {row["item"]: row for row in results.rows}, rule.rows[0]
    names = {item: words for item, words in ballots.columns.items() if item != "side"}
    pot = Pot(told["pot"], {item: said[item]["cost"] for item in names})
    votes = tuple(Vote(tuple(item for item in names if row[item])) for row in ballots.rows)
    return Election(_meta(results, told), pot, names, votes, frozenset(i for i in names if said[i]["chosen"]))


def _meta(results: Table, told: Mapping[str, object]) -> dict[str, str]:
    rule = str(told["rule"])
    meta = {"description": results.title, "vote_type": "approval", "currency": str(told["currency"])}
    grown = {COIN: str(told["coin"])} if told["coin"] else {}
    return meta | grown | {"rule": IN_PABULIB.get(rule, rule), "budget": str(told["pot"])}
