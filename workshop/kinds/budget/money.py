"""Money as people write and read it: grouped digits and the facilitator's own word for the currency."""

import re

from flask_babel import format_decimal

MONEY = re.compile(r"\d+|\d{1,3}([ .,'’\u00a0\u202f]\d{3})+")
MOST_MONEY = 10**12


def money(number: float, currency: str) -> str:
    """Whole money; of a part of one, two digits more."""
    digits = format_decimal(number, "#,##0" if number == int(number) else "#,##0.00")
    return f"{digits}\u00a0{currency}" if currency else str(digits)


def amount(text: str) -> int | None:
    """Whole money, as people write it: 1200, 1,200 or 1.200. None if it is something else, or nothing."""
    text = text.strip()
    found = int(re.sub(r"\D", "", text)) if MONEY.fullmatch(text) else 0
    return found if 0 < found <= MOST_MONEY else None
