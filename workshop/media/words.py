"""What a person reads when a photo was not taken: what happened, and what to do next."""

from flask_babel import LazyString, lazy_gettext

from workshop.media.limits import Reason

WORDS: dict[Reason, LazyString] = {
    Reason.EMPTY: lazy_gettext("The photo did not arrive: the file is empty. Please choose it again."),
    Reason.NOT_A_PICTURE: lazy_gettext("We cannot read this file as a photo. Choose another one, or take a new photo."),
    Reason.TOO_LARGE: lazy_gettext("This photo is too large to send. Take a screenshot of it and send that instead."),
    Reason.TOO_MANY_PIXELS: lazy_gettext(
        "This photo has too much detail for us. Take a screenshot of it and send that instead."
    ),
    Reason.BROKEN: lazy_gettext("This photo is damaged. Choose another one, or take it again."),
    Reason.TOO_SLOW: lazy_gettext("The photo took too long. Wait a minute, then send it again."),
    Reason.NO_ROOM: lazy_gettext(
        "There is no room for photos now. You can send your words without it. Please tell the facilitator."
    ),
    Reason.NOT_A_RECORDING: lazy_gettext("We cannot play this file. Choose another one, or record it again."),
    Reason.TOO_LONG: lazy_gettext("This is too long: 5 minutes of sound, or 90 seconds of film. Record a shorter one."),
    Reason.NOT_HERE: lazy_gettext("Sound and film cannot be kept here. You can send words or a photo."),
}


def words(reason: Reason) -> LazyString:
    """Translated when shown, so one answer serves every language."""
    return WORDS[reason]
