"""The eight questions in their two wordings: how somebody lived it, and how the service sees the same."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# value, words, face
ANSWERS: tuple[tuple[int, LazyString, str], ...] = (
    (2, _l("Yes"), "face-yes"),
    (1, _l("Partly"), "face-partly"),
    (0, _l("No"), "face-no"),
    (-1, _l("I skip this"), "next"),
)

LIVED: dict[str, LazyString] = {
    "space1": _l("I felt safe to say what I think."),
    "space2": _l("I had the help I needed to take part."),
    "voice1": _l("I could say what matters to me, in my own way."),
    "voice2": _l("The words used were easy to understand."),
    "aud1": _l("The people who can change things were here and listened."),
    "aud2": _l("I was treated as someone who knows things."),
    "inf1": _l("I know what happens with what we said, and when I hear."),
    "inf2": _l("I think something will change because of today."),
}
SERVICE: dict[str, LazyString] = {
    "space1": _l("I think people felt safe to say what they think."),
    "space2": _l("I think people had the help they needed."),
    "voice1": _l("I think people could say what matters to them."),
    "voice2": _l("I used words that everyone understood."),
    "aud1": _l("I listened more than I explained."),
    "aud2": _l("I learned something I did not know."),
    "inf1": _l("I know what I must do next, and by when."),
    "inf2": _l("I will change something because of today."),
}
DIMENSIONS: dict[str, LazyString] = {
    "space": _l("Space: was it safe, and was there help?"),
    "voice": _l("Voice: could people say what matters?"),
    "audience": _l("Audience: were the right people listening?"),
    "influence": _l("Influence: will it change something?"),
}


def questions(side: str) -> dict[str, LazyString]:
    """The wording for somebody of this side; who is of neither is asked as one who lived it."""
    return SERVICE if side == "service" else LIVED


def stop_question(side: str) -> LazyString:
    if side == "service":
        return _l("What did you believe before that you no longer believe?")
    return _l("What should we stop doing?")
