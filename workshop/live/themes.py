"""What those who curate share: themes and how many stand behind them, for facilitators; their names, for phones."""

from collections.abc import Mapping
from typing import Any

from workshop.consent import Viewer
from workshop.extensions import setting
from workshop.queries import themes


def board(workshop: Any) -> Mapping[str, Any]:
    """Names and numbers. The words of highlights stand on pages of their own, where every look is noted."""
    return {
        "gathered": themes.gathered(workshop.id, Viewer.FACILITATOR, setting("ROOM_CELL")),
        "answers": sum(each.answer != "yes" for each in themes.confirmations(workshop.id, Viewer.FACILITATOR).values()),
        "free": themes.page(workshop.id, Viewer.FACILITATOR, None, most=1).total,
        "loose": len(themes.loose(workshop.id)),
        "last": themes.last_step(workshop.id),
    }


def gathered(workshop: Any) -> Mapping[str, Any]:
    """The names that a facilitator has approved, for phones to choose from; no numbers."""
    return {"themes": themes.named(workshop.id, Viewer.ROOM)}
