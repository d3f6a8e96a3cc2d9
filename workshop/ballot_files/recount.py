"""Counts a file of ballots again, by the rule that it names or another one: everything that a colleague can check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from workshop.ballot_files import answers, marks, pabulib, packs, paired, polis, pots, preflib, ranks
from workshop.counting import opinions
from workshop.counting.budgets import rules
from workshop.counting.budgets.equal_shares import Shares, equal_shares
from workshop.counting.budgets.greedy import Greedy, greedy
from workshop.counting.budgets.pots import Wants, votes
from workshop.counting.fingerprint import fingerprint
from workshop.counting.ranked.borda import borda, half_points
from workshop.counting.ranked.duels import Duels, Tiers, duels
from workshop.counting.ranked.ranked_pairs import ranked_pairs
from workshop.counting.ranked.runoff import run_off
from workshop.counting.ranked.schulze import schulze

Counted = dict[str, Any]
ORDERS: Mapping[str, Callable[[Duels], Tiers]] = {"schulze": schulze, "ranked-pairs": ranked_pairs, "borda": borda}
RANKED = (*ORDERS, "run-off")
STATEMENTS = ("common-ground",)
BUDGETS = ("greedy", "greedy-no-skip", *(rule for rule in rules.RULES if rule != "greedy"))
AGAIN: Mapping[str, Callable[[packs.Table, packs.Table], Counted]] = {
    "ranking": ranks.recount,
    "pairs": paired.recount,
    "statements": answers.recount,
    **{kind: partial(marks.recount, kind) for kind in marks.HEIGHTS},
}
OF_PABULIB = {"greedy-threshold": "greedy", "equalshares": "equal-shares", "equalshares/add1": "equal-shares"}


class NotCounted(ValueError):
    """This rule does not count such ballots; the message names those that do."""


def budget(text: str, by: str = "") -> Counted:
    """A `.pb` file, by the rule that it names unless another is asked for. Raises NotPabulib, NotCounted."""
    return election(pabulib.read(text), by)


def election(held: pabulib.Election, by: str = "") -> Counted:
    """The same, once it is read. Raises NotCounted."""
    named = held.meta.get("rule", "")
    rule = _one_of(BUDGETS, by or OF_PABULIB.get(named, named) or "greedy")
    wishes = [vote.projects for vote in held.votes]
    found = _spent(wishes, held, rule)
    told = {"method": rule, "people": len(wishes), "votes": votes(wishes, held.pot)}
    told |= {"selected": sorted(found.selected), "spent": found.spent / held.coin, "working": _bought(found)}
    published = held.selected
    return (
        told if published is None else told | {"published": sorted(published), "same": published == {*found.selected}}
    )


def _spent(wishes: Sequence[Wants], held: pabulib.Election, rule: str) -> Shares | Greedy:
    """Files of ours say how much one imagined coin is; others mean one unit."""
    if rule.startswith("equal-shares"):
        coin, exhaustive = int(held.meta.get(pots.COIN, 1)), rule == rules.EQUAL_UNTIL_FULL
        return equal_shares(wishes, held.pot, exhaustive=exhaustive, coin=coin)
    if rule == rules.MOST_FOR_MONEY:
        return rules.by_cost(wishes, held.pot)
    return greedy(wishes, held.pot, stop=rule == "greedy-no-skip")


def _bought(found: Shares | Greedy) -> Sequence[Counted]:
    if isinstance(found, Greedy):
        return [
            {"project": step.project, "votes": step.votes, "cost": step.cost, "left": step.left, "taken": step.taken}
            for step in found.steps
        ]
    return [
        {
            "project": each.project,
            "cost": each.cost,
            "supporters": each.supporters,
            "payers": each.payers,
            "most": each.most,
            "tied": each.tied,
        }
        for each in found.bought
    ]


def ranked(text: str, by: str = "") -> Counted:
    """A PrefLib file; by Schulze's method unless another is asked for. Raises NotPrefLib, NotCounted."""
    held = preflib.read(text)
    rule, items = _one_of(RANKED, by or "schulze"), list(held.names)
    told: Counted = {"method": rule, "people": len(held.ballots), "names": held.names}
    if rule == "run-off":
        found = run_off(held.ballots, items)
        rounds = [
            {"votes": each.votes, "resting": each.resting, "leaves": each.leaves, "tie": each.tie}
            for each in found.rounds
        ]
        return told | {"selected": list(found.winners), "working": rounds}
    met = duels(held.ballots, items)
    order = ORDERS[rule](met)
    working: Any = {item: half / 2 for item, half in half_points(met).items()} if rule == "borda" else met.won
    return told | {"selected": list(order[0]), "order": order, "working": working}


def conversation(text: str, by: str = "") -> Counted:
    """Statements as Polis exports them, with the groups of the file where it names any. Raises NotPolis, NotCounted."""
    rule = _one_of(STATEMENTS, by or STATEMENTS[0])
    held = polis.read(text.splitlines(keepends=True))
    said = {item: {name: opinions.said(cast, item) for name, cast in held.by_group()} for item in held.items}
    first = sorted(said, key=lambda item: -opinions.shared(said[item].values()))
    told = {"method": rule, "people": len(held.votes), "groups": {name: len(cast) for name, cast in held.by_group()}}
    told |= {"statements": {item: _statement(groups) for item, groups in said.items()}}
    told |= {"selected": [item for item in first if opinions.in_every_group(said[item].values())]}
    return told | {"refused": [item for item in first if opinions.in_every_group(said[item].values(), no=True)]}


def _statement(groups: Mapping[str, opinions.Said]) -> Counted:
    agree, disagree = (float(of(groups.values())) for of in (opinions.shared, opinions.shared_no))
    return {"agree_in_all": agree, "disagree_in_all": disagree, "by_group": {n: asdict(g) for n, g in groups.items()}}


def _one_of(rules: Sequence[str], rule: str) -> str:
    if rule not in rules:
        raise NotCounted(f"«{rule}» does not count such ballots. These do: {', '.join(rules)}.")
    return rule


def pack(tables: Sequence[packs.Table]) -> Counted:
    """The choices of an export pack: each list of ballots is added up, and its fingerprint taken anew."""
    sealed = packs.sealed(tables)
    known = ((kind, ballots, printed) for kind, ballots, printed in packs.counted(tables) if kind in AGAIN)
    again = {ballots.name: AGAIN[kind](ballots, printed) for kind, ballots, printed in known}
    spent = {name: election(held) for name, held in pots.elections(tables)}
    lists = [_choice(table, sealed.get(table.name)) for table in tables if table.name.startswith("ballots_")]
    return {"choices": [_spent_again(_in_order(each, again.get(each["table"])), spent) for each in lists]}


def _in_order(told: Counted, order: Counted | None) -> Counted:
    """What is counted by a method of its own: the list has to be the printed one, and give the printed order."""
    return told | order | {"same": told.get("same", True) and order["order_same"]} if order else told


def _spent_again(told: Counted, budgets: Mapping[str, Counted]) -> Counted:
    """A budget is counted by its rule: the list has to be the printed one, and pay the same projects."""
    paid = budgets.get(told["table"])
    return told | paid | {"same": told["same"] and paid["same"], "sealed": told["published"]} if paid else told


def _choice(table: packs.Table, sealed: str | None) -> Counted:
    items = [name for name in table.columns if name != "side"]
    sums = {item: sum(row[item] or 0 for row in table.rows) for item in items}
    given = {item: Counter(str(row[item]) for row in table.rows if row[item] is not None) for item in items}
    most = max(sums.values(), default=0)
    told = {"table": table.name, "title": table.title, "ballots": len(table.rows), "names": table.columns}
    told |= {"sums": sums, "answers": given, "selected": [item for item in items if sums[item] == most]}
    if sealed is None:
        return told
    own = fingerprint(tuple(row[item] for item in items) for row in table.rows)
    return told | {"sha256": own, "published": sealed, "same": own == sealed}
