"""Ballots to print, each with its lines in an order of its own; and a sheet on which to note raised hands."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from workshop.activities import Item, OnPaper, Text, in_own_order, kind_of
from workshop.permissions import May
from workshop.web.guards import needs

bp = Blueprint("paper", __name__)
USUAL, MOST, MOST_HANDS = 10, 100, 20
SIDES = ("lived", "service")


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/paper")
@needs(May.FACILITATE)
def ballots(workshop: Any, activity: Any) -> ResponseReturnValue:
    kind = kind_of(activity) if kind_of(activity).prints else abort(404)
    ballot, many = kind.on_paper(activity), _how_many()
    orders = [_order(ballot, f"{activity.id} paper {number}") for number in range(many)]
    words = {"ballot": ballot, "orders": orders, "many": many, "most": MOST, "side": _side(activity), "kind": kind}
    return render_template("console/paper.html", workshop=workshop, activity=activity, **words)


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/hands")
@needs(May.FACILITATE)
def hands(workshop: Any, activity: Any) -> ResponseReturnValue:
    """A sheet on which one of two people notes which numbers raise a hand for each line."""
    kind = kind_of(activity) if kind_of(activity).prints else abort(404)
    words = {"ballot": kind.on_paper(activity), "many": min(_how_many(), MOST_HANDS), "most": MOST_HANDS}
    return render_template("console/hands.html", workshop=workshop, activity=activity, **words)


def _order(ballot: OnPaper, seed: str) -> list[tuple[Text, list[Item]]]:
    """The lines in an order of their own, under what stands above them; or these parts in an order of theirs."""
    heads = list(dict.fromkeys(ballot.above.values())) or [""]
    if ballot.parts_move:
        heads = [part.text for part in in_own_order([Item(str(head), str(head)) for head in heads], seed)]
    lines = ballot.lines if ballot.parts_move else in_own_order(ballot.lines, seed)
    return [(head, [line for line in lines if ballot.above.get(line.id, "") == head]) for head in heads]


def _how_many() -> int:
    asked = request.args.get("many", "")
    return min(max(int(asked), 1), MOST) if asked.isdecimal() and len(asked) < 6 else USUAL


def _side(activity: Any) -> str:
    """Whose ballots these are; nobody says so where one side alone is asked."""
    if activity.who in SIDES:
        return str(activity.who)
    asked = request.args.get("side", "")
    return asked if asked in SIDES else SIDES[0]
