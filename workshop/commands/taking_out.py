"""Names, dates and places go from everything that was told: from what was written, and from the words of recordings."""

from collections.abc import Callable
from typing import Any

from workshop.commands import command, moderating, transcribing
from workshop.queries import contributions, media

Without = Callable[[str], str]


@command
def take_out(contribution: Any, without: Without, reason: str, user_id: str, *, as_read: str | None = None) -> None:
    """`without` gives a text as it stands afterwards. The teller reads each change and accepts a voice's words anew.

    Raises moderating.Changed when the words are not the ones that were read any more.
    """
    after = {place: without(text) for place, text in contributions.written(contribution).items()}
    moderating.take_out(contribution, after, reason, user_id, as_read=as_read)
    for recording in media.of([contribution.id]).get(contribution.id, []):
        words = without(recording.transcript)
        if words != recording.transcript:
            transcribing.write(recording, words, "facilitator")
