"""Whose page this is, as a mark that tells nothing: on a shared tablet somebody else may sit there a moment later."""

from typing import Any

from workshop.extensions import keys


def mark(seat: Any) -> str:
    return keys.derive("person", seat.id)[:16]
