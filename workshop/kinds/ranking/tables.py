"""What the export holds of the rankings: the order, and every duel or round, so that it can be checked by hand."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from flask_babel import gettext

from workshop.activities import Activity, Column, Table, item_columns, of_item, table_of
from workshop.counting.ranking import Count, chains
from workshop.kinds.ranking.results import Ranked, Results


def tables(activity: Activity, results: Results) -> list[Table]:
    order = table_of(activity, _order_columns(), [_order_row(each, results) for each in results.items])
    if results.all is None:
        return [order]
    if results.method == "run_off":
        rows = list(_rounds(results.all))
        return [order, table_of(activity, _round_columns(), rows, "rounds")]
    duels = list(_duels(results.all, chained=results.method == "schulze"))
    return [order, table_of(activity, _duel_columns(), duels, "duels")]


def _order_columns() -> list[Column]:
    return [
        *item_columns(gettext("What was ranked; made for exports, it opens nothing.")),
        Column("method", "string", gettext("How it was counted: schulze, ranked_pairs, run_off or borda.")),
        Column("place", "integer", gettext("Its place; a shared place has the same number.")),
        Column("tied", "boolean", gettext("Whether it shares its place.")),
        Column("points", "number", gettext("Its points, where points were counted.")),
        Column("ballots", "integer", gettext("People who chose, also those who ranked nothing.")),
        Column("blank", "integer", gettext("People who ranked nothing.")),
        Column("sides_shown", "boolean", gettext("Are there enough people of each side to tell their orders?")),
        Column("lived_place", "integer", gettext("Its place by the ballots of lived experience alone.")),
        Column("service_place", "integer", gettext("Its place by the ballots of the service alone.")),
        Column(
            "lot", "integer", gettext("Its place in the lot, fixed before the first ballot; the last leaves first.")
        ),
    ]


def _order_row(each: Ranked, results: Results) -> list[Any]:
    count, item, sides = results.all, each.item, each.sides or {}
    known = [count.ballots, count.blank] if count else [None, None]
    points = None if each.half_points is None else each.half_points / 2
    tied = each.tied if count else None
    head = [*of_item(item), results.method, each.place, tied, points, *known]
    return [*head, bool(sides), sides.get("lived"), sides.get("service"), results.lot.index(item.id) + 1]


def _duel_columns() -> list[Column]:
    return [
        Column("item", "string", gettext("The one of two; see the table of the order for its words.")),
        Column("other_id", "string", gettext("The other of the two.")),
        Column("item_first", "integer", gettext("People who put the one before the other.")),
        Column("other_first", "integer", gettext("People who put the other before the one.")),
        Column("neither_first", "integer", gettext("People who put neither before the other.")),
        Column("chain", "integer", gettext("The strongest chain of wins from the one to the other (Schulze).")),
        Column("chain_back", "integer", gettext("The strongest chain of wins back; the stronger of both decides.")),
    ]


def _duels(count: Count, chained: bool) -> Iterator[list[Any]]:
    table, paths = count.duels, chains(count.duels) if chained else None
    for a, b in combinations(range(len(table.items)), 2):
        first, other = table.won[a][b], table.won[b][a]
        both = [paths[a][b], paths[b][a]] if paths else [None, None]
        yield [table.items[a], table.items[b], first, other, table.ballots - first - other, *both]


def _round_columns() -> list[Column]:
    return [
        Column("round", "integer", gettext("The round, from 1.")),
        Column("item", "string", gettext("Who is still there; see the table of the order for its words.")),
        Column("ballots", "integer", gettext("Ballots that count for it in this round.")),
        Column("leaves", "boolean", gettext("Whether it leaves after this round.")),
        Column("tie", "string", gettext("What decided who leaves, if several had the fewest.")),
        Column("resting", "integer", gettext("Ballots that count for nobody any more in this round.")),
    ]


def _rounds(count: Count) -> Iterator[list[Any]]:
    for number, each in enumerate(count.rounds, 1):
        for item, votes in each.votes.items():
            tie = each.tie if item in each.tied else ""
            yield [number, item, votes, item in each.leaves, tie, each.resting]
