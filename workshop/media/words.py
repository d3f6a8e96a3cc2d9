"""What a person reads when a photo was not taken: what happened, and what to do next."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from workshop.media.limits import Reason

WORDS: dict[Reason, LazyString] = {
    Reason.EMPTY: _l("The file did not arrive: it is empty. Please choose it again."),
    Reason.NOT_A_PICTURE: _l("We cannot read this file as a photo. Choose another one, or take a new photo."),
    Reason.TOO_LARGE: _l("This photo is too large to send. Take a screenshot of it and send that instead."),
    Reason.TOO_MANY_PIXELS: _l("This photo has too much detail for us. Take a screenshot of it and send that instead."),
    Reason.BROKEN: _l("This file is damaged. Choose another one, or take it again."),
    Reason.TOO_SLOW: _l("This took too long. Wait a minute, then send it again."),
    Reason.NO_ROOM: _l(
        "There is no room for photos or recordings now. You can send your words alone. Please tell the facilitator."
    ),
    Reason.NOT_A_RECORDING: _l("We cannot play this file. Choose another one, or record it again."),
    Reason.TOO_LONG: _l("This is too long: 5 minutes of sound, or 90 seconds of film. Record a shorter one."),
    Reason.NOT_HERE: _l("Sound and film cannot be kept here. You can send words or a photo."),
}


def words(reason: Reason) -> LazyString:
    """Translated when shown, so one answer serves every language."""
    return WORDS[reason]
