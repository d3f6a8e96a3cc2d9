"""Whose page this is, as a mark that tells nothing: on a shared tablet somebody else may sit there a moment later."""

from typing import Any

from workshop.extensions import keys


def mark(seat: Any) -> str:
    return keys.derive("person", seat.id)[:16]


def is_mark(said: str, seat: Any) -> bool:
    """Is it theirs? What waited on a phone while keys were changed still carries the old one."""
    return said in {known[:16] for known in keys.derives("person", seat.id)}
