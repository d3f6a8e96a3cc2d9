"""A ballot and the words that come with it, in one sending: kept together, or the words alone when it is too late."""

from collections.abc import Mapping
from typing import Any

from workshop.commands import choosing, command, taking_part


def answer(activity: Any, seat: Any, choices: Mapping[str, int], card: Mapping[str, Any] | None, gift: Any) -> None:
    """Keep both, the words as a card. Raises WordsKept when the ballot came too late and the words are kept."""
    if not _keep(activity, seat, choices, card, gift):
        raise choosing.WordsKept


@command
def _keep(activity: Any, seat: Any, choices: Mapping[str, int], card: Mapping[str, Any] | None, gift: Any) -> bool:
    if card:
        taking_part.give(activity, seat, "card", card, gift)
    try:
        choosing.cast(activity, seat, gift.id, choices, channel=gift.channel)
    except choosing.Closed:
        if not card:
            raise
        return False
    return True
