"""The promise of a kind, and where kinds are found. The centre asks a kind; it never asks which kind it is."""

from workshop.activities.choosing import Choosing, ToChooseFrom, count, in_own_order, own_items
from workshop.activities.kind import Kind
from workshop.activities.marking import Marking, MarksAnswer
from workshop.activities.shelf import discover, items_of, kind_of, packages
from workshop.activities.telling import Telling, contribution_table, wall_of
from workshop.activities.values import Activity, Column, Gift, Item, Line, Seat, Step, Table, Text

__all__ = [
    "Activity",
    "Choosing",
    "Column",
    "Gift",
    "Item",
    "Kind",
    "Line",
    "Marking",
    "MarksAnswer",
    "Seat",
    "Step",
    "Table",
    "Telling",
    "Text",
    "ToChooseFrom",
    "contribution_table",
    "count",
    "discover",
    "in_own_order",
    "items_of",
    "kind_of",
    "own_items",
    "packages",
    "wall_of",
]
