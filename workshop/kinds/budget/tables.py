"""What the export holds of a budget: each project, every turn of the rule, and the rule with its shares."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, of_sides, side_columns, table_of
from workshop.counting.budgets.rules import Turn
from workshop.kinds.budget.results import Results, Wanted


def tables(activity: Activity, results: Results, rule: str) -> list[Table]:
    """Each pot has tables of its own; a district in which too few people chose has none."""
    told = ((key, pot) for key, pot in results.pots.items() if isinstance(pot, Results))
    return [table for key, pot in told for table in _of_pot(activity, pot, rule, key)]


def _of_pot(activity: Activity, results: Results, rule: str, key: str) -> list[Table]:
    title = f"{activity.title}, {results.name}" if key else activity.title
    found = [table_of(activity, _columns(), [_row(each) for each in results.items], key, title)]
    if results.found is None:
        return found
    turns = gettext("How the pot was spent: %(title)s", title=title)
    rule_of = gettext("The rule and the shares: %(title)s", title=title)
    part = f"{key}_" if key else ""
    return [
        *found,
        table_of(activity, _turn_columns(), list(_turns(results)), f"{part}turns", turns),
        table_of(activity, _rule_columns(), [_rule(results, rule)], f"{part}rule", rule_of),
    ]


def _columns() -> list[Column]:
    return [
        *item_columns(gettext("The project; made for exports, it opens nothing.")),
        Column("cost", "integer", gettext("What it costs, in whole money.")),
        Column("people_who_wanted", "integer", gettext("People who had it in their basket.")),
        Column("chosen", "boolean", gettext("Whether the pot pays it; empty where too few were asked to say.")),
        Column("chosen_by_the_other_rule", "boolean", gettext("Whether the rule beside it would have paid it.")),
        *side_columns(),
    ]


def _row(each: Wanted) -> list[Any]:
    item, counted = each.item, each.counted
    head = [*of_item(item), each.cost, counted.people, *each.verdicts]
    return [*head, *of_sides(counted.gap, counted.sides)]


def _turn_columns() -> list[Column]:
    return [
        Column("turn", "integer", gettext("The turn in which the rule looked at it, beginning with 1.")),
        Column("item", "string", gettext("The project; made for exports, it opens nothing.")),
        Column("cost", "integer", gettext("What it costs, in whole money.")),
        Column("supporters", "integer", gettext("People who had it in their basket.")),
        Column("chosen", "boolean", gettext("Whether the pot paid it in this turn.")),
        Column("payers", "integer", gettext("Equal shares: supporters who still had something and paid.")),
        Column("most_paid", "number", gettext("Equal shares: what one supporter paid, at most.")),
        Column("left", "integer", gettext("What is in the pot after this turn.")),
        Column("equal", "integer", gettext("How many others stood equal and came behind by the rule for equals.")),
    ]


def _turns(results: Results) -> Iterator[list[Any]]:
    for number, turn in enumerate(results.working, 1):
        yield [number, *_paid(turn), turn.left, len(turn.tied)]


def _paid(turn: Turn) -> list[Any]:
    most = None if turn.most is None else round(turn.most, 6)
    return [turn.project, turn.cost, turn.supporters, turn.taken, turn.payers, most]


def _rule_columns() -> list[Column]:
    return [
        Column("rule", "string", gettext("How the money was given out; the name that recounts know.")),
        Column("pot", "integer", gettext("The money in the pot.")),
        Column("currency", "string", gettext("The word for the money.")),
        Column("baskets", "integer", gettext("Baskets that were counted.")),
        Column("coin", "integer", gettext("Equal shares: by how much all shares grow at once.")),
        Column("coins", "integer", gettext("Equal shares: how often they grew.")),
        Column("share", "number", gettext("Equal shares: what everybody had in mind in the end.")),
        Column("spent", "integer", gettext("What the chosen projects cost together.")),
        Column("left", "integer", gettext("What stays in the pot.")),
        Column("without_any", "integer", gettext("People with a basket of which nothing was chosen.")),
    ]


def _rule(results: Results, rule: str) -> list[Any]:
    shares, pot = results.shares, results.spending
    own = [shares.coin, shares.coins, round(float(shares.share), 6)] if shares else [None, None, None]
    baskets, without = (results.found.people, results.found.without_any) if results.found else (None, None)
    return [rule, pot.pot.budget, pot.currency, baskets, *own, results.spent, results.left, without]
