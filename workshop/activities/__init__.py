"""The promise of a kind, and where kinds are found. The centre asks a kind; it never asks which kind it is."""

from workshop.activities.ballot_paper import BallotPaper, ToChooseFrom, in_own_order, own_items
from workshop.activities.choosing import Choosing, count, count_now, look_closer
from workshop.activities.kind import Kind
from workshop.activities.marking import Marking, MarksAnswer
from workshop.activities.one_by_one import ANSWERS, OnASlip, OneAnswer, OneByOne
from workshop.activities.outcome import Dotted, InOrder, Outcome
from workshop.activities.shelf import discover, items_of, kind_of, packages
from workshop.activities.tabled import item_columns, of_item, of_sides, side_columns, table_of
from workshop.activities.telling import Telling, contribution_table, wall_of
from workshop.activities.values import Activity, BallotList, Column, Gift, Item, Line, OnPaper, Seat, Step, Table, Text

__all__ = [
    "ANSWERS",
    "Activity",
    "BallotList",
    "BallotPaper",
    "Choosing",
    "Column",
    "Dotted",
    "Gift",
    "InOrder",
    "Item",
    "Kind",
    "Line",
    "Marking",
    "MarksAnswer",
    "OnASlip",
    "OnPaper",
    "OneAnswer",
    "OneByOne",
    "Outcome",
    "Seat",
    "Step",
    "Table",
    "Telling",
    "Text",
    "ToChooseFrom",
    "contribution_table",
    "count",
    "count_now",
    "discover",
    "in_own_order",
    "item_columns",
    "items_of",
    "kind_of",
    "look_closer",
    "of_item",
    "of_sides",
    "own_items",
    "packages",
    "side_columns",
    "table_of",
    "wall_of",
]
