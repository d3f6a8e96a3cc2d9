"""Which statement comes next for a person: an order of their own, in which new ones do not have to wait."""

import secrets
from collections.abc import Sequence

from workshop.activities import Item, in_own_order
from workshop.queries.choices import Progress

NEWEST = 5


def following(left: Sequence[Item], progress: Progress) -> Item | None:
    """The next of those that are `left`, which come oldest first.

    Every second one is drawn from the newest, so that what was approved a moment ago is soon seen by all. The same
    person gets the same one again when the page is loaded anew. The order dies with the ballot's name at the close;
    before the first answer there is no such name, and chance decides.
    """
    if not left:
        return None
    among = left[-NEWEST:] if len(progress.answered) % 2 else left
    return in_own_order(among, progress.seed or secrets.token_hex(8))[0]
