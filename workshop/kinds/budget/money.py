"""Money as people read it: grouped digits and the facilitator's own word for the currency."""

from flask_babel import format_decimal


def money(number: float, currency: str) -> str:
    """Whole money; of a part of one, two digits more."""
    digits = format_decimal(number, "#,##0" if number == int(number) else "#,##0.00")
    return f"{digits}\u00a0{currency}" if currency else str(digits)
