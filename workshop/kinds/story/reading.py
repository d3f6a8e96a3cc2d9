"""The teller's own reading of their story: feeling, what mattered, where it stands, who should hear it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from workshop.activities import Column, Line, Step
from workshop.forms import Choice, Form, no_longer_than

QUESTIONS = ("feeling", "mattered", "between", "hear")
OUT = Choice("", _l("I leave this out"))
NONE_OF_THESE = "none"
PLACES = [str(place) for place in range(1, 8)]  # from the one opposite to the other
FEELINGS = {
    "5": _l("Very good"),
    "4": _l("Good"),
    "3": _l("Neither good nor bad"),
    "2": _l("Bad"),
    "1": _l("Very bad"),
}
KNOWN = {
    "no": _l("No, nobody there would know"),
    "fine": _l("Yes, and that is fine"),
    "mind": _l("Yes, and I do mind"),
}
ASKED = {
    "feeling": _l("How do you feel about this story?"),
    "mattered": _l("What mattered most in it?"),
    "between": _l("Where does your story stand?"),
    "hear": _l("Who should hear it?"),
    "warning": _l("Should people know something before they hear it?"),
    "known": _l("Could someone who works there know it is you? Do you mind?"),
}


class Reading(Form):
    """The further questions about a story; none of them must be answered."""

    feeling = RadioField(ASKED["feeling"], choices=[*(Choice(*each) for each in FEELINGS.items()), OUT], default="")
    mattered = RadioField(ASKED["mattered"], choices=[OUT], default="")
    between = RadioField(ASKED["between"], choices=[*(Choice(each, each) for each in PLACES), OUT], default="")
    hear = StringField(ASKED["hear"], [no_longer_than(200)])
    warning = StringField(ASKED["warning"], [no_longer_than(200)])
    known = RadioField(ASKED["known"], choices=[*(Choice(*each) for each in KNOWN.items()), OUT], default="")


def prepare(form: Reading, settings: Mapping[str, Any]) -> None:
    """The words that this workshop gives to choose from."""
    form.mattered.choices = [*(Choice(*each) for each in matters(settings).items()), OUT]


def matters(settings: Mapping[str, Any]) -> dict[str, str]:
    """What can matter, by the name under which it is kept; own words are their own name."""
    usual = {"respect": gettext("Respect"), "time": gettext("Time"), "information": gettext("Information")}
    own = [line.strip() for line in str(settings.get("mattered_words", "")).splitlines() if line.strip()]
    return {**({word: word for word in own[:3]} or usual), NONE_OF_THESE: gettext("None of these")}


def opposites(settings: Mapping[str, Any]) -> tuple[str, str]:
    one, other = str(settings.get("between_one") or ""), str(settings.get("between_other") or "")
    if one and other:
        return one, other
    return gettext("They decided everything"), gettext("I was left alone with everything")


def asked(settings: Mapping[str, Any]) -> list[str]:
    """Which of the questions this activity asks; a snapshot has one question alone."""
    if settings.get("sort") == "snapshot":
        return []
    return [name for name in (*QUESTIONS, "warning", "known") if settings.get(name)]


def steps(settings: Mapping[str, Any]) -> list[Step]:
    return [Step(ASKED[name], (name,), why=_why(name), may_skip=True) for name in asked(settings)]


def _why(name: str) -> Any:
    if name == "warning":
        return _l("A few words, as «about a death». They are shown before your story.")
    if name == "known":
        return _l("Only the facilitators read this answer. You can also let fewer people see your story.")
    return _l("Only you and the facilitators see this.")


def given(form: Form, settings: Mapping[str, Any]) -> dict[str, str]:
    """The answers to keep; what was left out is not there."""
    return {name: str(form[name].data) for name in asked(settings) if form[name].data}


def said(name: str, value: str, settings: Mapping[str, Any]) -> str:
    """An answer in words."""
    if name == "between":
        one, other = opposites(settings)
        return str(gettext("%(place)s of 7, from «%(one)s» to «%(other)s»", place=value, one=one, other=other))
    known: Mapping[str, Any] = {"feeling": FEELINGS, "mattered": matters(settings), "known": KNOWN}.get(name, {})
    return str(known.get(value, value))


def lines(more: Mapping[str, Any], settings: Mapping[str, Any]) -> list[Line]:
    """What the teller answered, question by question."""
    kept = [name for name in ASKED if more.get(name)]
    return [Line(ASKED[name], said(name, str(more[name]), settings), 0) for name in kept]


def columns(settings: Mapping[str, Any]) -> list[Column]:
    """What the export calls them."""
    one, other = opposites(settings)
    means = {
        "feeling": gettext("How the teller feels about the story: 1 very bad to 5 very good."),
        "mattered": gettext("What mattered most, in the teller's eyes; none means none of those offered."),
        "between": gettext("Where it stands: 1 «%(one)s» to 7 «%(other)s».", one=one, other=other),
        "hear": gettext("Who should hear it, in the teller's words."),
        "warning": gettext("What the teller wants people to know before the story."),
    }
    return [Column(name, "string", means[name]) for name in asked(settings) if name in means]
