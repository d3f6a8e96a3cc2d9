"""How far judges agree: Krippendorff's alpha, and how far their mean can be relied on: ICC(2,k).

Krippendorff, K. (2011), "Computing Krippendorff's alpha-reliability", with squared distances. Shrout, P. E., Fleiss,
J. L. (1979), "Intraclass correlations: uses in assessing rater reliability", Psychological Bulletin 86:420-428.
Both are 1 where all say the same and about 0 where nothing but chance is left. Exact: numbers in, a fraction out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Number = int | Fraction


def alpha(table: Sequence[Sequence[Number | None]]) -> Fraction | None:
    """Of judges (rows) by items (columns), None where a judge said nothing.

    None where no item has two judges, or where all numbers are the same: then nothing can be told apart.
    """
    units = [[value for value in unit if value is not None] for unit in zip(*table, strict=True)]
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    expected = _apart(values)
    if not expected:
        return None
    observed = sum((Fraction(_apart(unit), len(unit) - 1) for unit in paired), Fraction(0))
    return 1 - observed * (len(values) - 1) / expected


def icc(table: Sequence[Sequence[Number]]) -> Fraction | None:
    """ICC(2,k) of items (rows) by judges (columns) who all scored all; None where there is nothing to tell apart."""
    items, judges = len(table), len(table[0]) if table else 0
    if items < 2 or judges < 2:
        return None
    every = _around([value for row in table for value in row])
    of_items = judges * _around([_mean(row) for row in table])
    of_judges = items * _around([_mean(column) for column in zip(*table, strict=True)])
    rest = (every - of_items - of_judges) / ((items - 1) * (judges - 1))
    by_item, by_judge = of_items / (items - 1), of_judges / (judges - 1)
    below = by_item + (by_judge - rest) / items
    return (by_item - rest) / below if below else None


def _apart(values: Sequence[Number]) -> Number:
    """The squared distances of all ordered pairs added up, in one pass."""
    return 2 * (len(values) * sum(value * value for value in values) - sum(values) ** 2)


def _around(values: Sequence[Number]) -> Fraction:
    """The squared distances from their mean, added up."""
    middle = _mean(values)
    return sum(((value - middle) ** 2 for value in values), Fraction(0))


def _mean(values: Sequence[Number]) -> Fraction:
    return Fraction(sum(values), len(values))
