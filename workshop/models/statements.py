"""What a workshop must state before it opens: set once per organisation, inherited, editable per workshop.

The power statement and the contacts follow PRODUCT's rule on statements; purpose, legal basis, special-category
condition, dates and DPIA follow GDPR articles 5, 6, 9, 13, 30 and 35.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _l

EXAMPLE = "Example"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing to state. `group` gathers them on the page, `long` gives it a bigger box.

    `months`: the answer is a number of months, and this many are usual.
    """

    name: str
    group: str
    label: LazyString
    hint: LazyString
    long: bool = False
    months: int = 0


STATEMENTS = (
    Statement(
        "open_to_change",
        "power",
        _l("What is open to change?"),
        _l("What people say today can still change this."),
        True,
    ),
    Statement(
        "not_open", "power", _l("What is not open to change?"), _l("Say it now, so that nobody hopes for it."), True
    ),
    Statement("who_decides", "power", _l("Who decides?"), _l("The person or group that decides in the end.")),
    Statement("answer_when", "power", _l("When do people get an answer?"), _l("A date, or «within six weeks».")),
    Statement(
        "safeguarding_name",
        "safety",
        _l("Who is the safeguarding contact?"),
        _l("The person to go to when somebody is in danger."),
    ),
    Statement(
        "safeguarding_phone",
        "safety",
        _l("The safeguarding contact's phone number"),
        _l("Shown full screen when somebody worries."),
    ),
    Statement("emergency_number", "safety", _l("Emergency number"), _l("The number for police and ambulance here.")),
    Statement("support_1", "safety", _l("First support service"), _l("Name and phone number.")),
    Statement("support_2", "safety", _l("Second support service"), _l("Name and phone number.")),
    Statement(
        "confidentiality",
        "safety",
        _l("The limits of confidentiality"),
        _l("When may a facilitator have to tell somebody?"),
        True,
    ),
    Statement(
        "controller", "data", _l("Who is responsible for the data?"), _l("The controller's name and how to reach them.")
    ),
    Statement("purpose", "data", _l("What are the words used for?"), _l("The purpose, in one or two sentences."), True),
    Statement("legal_basis", "data", _l("The legal basis"), _l("The basis in Article 6 of the GDPR.")),
    Statement(
        "special_condition",
        "data",
        _l("The condition for sensitive data"),
        _l("The condition in Article 9 of the GDPR."),
    ),
    Statement(
        "keep_media",
        "data",
        _l("How many months are photos, voice and film kept?"),
        _l("Counted from the end of the workshop. 3 is usual."),
        months=3,
    ),
    Statement(
        "keep_words",
        "data",
        _l("How many months are the words kept?"),
        _l("Counted from the end of the workshop. 12 is usual."),
        months=12,
    ),
    Statement(
        "keep_proof",
        "data",
        _l("How many months is the proof of consent kept?"),
        _l("Who agreed to what, without the words. 36 is usual."),
        months=36,
    ),
    Statement("dpia", "data", _l("The data protection impact assessment"), _l("Its reference, or why none is needed.")),
)


def missing(stated: Mapping[str, Any]) -> list[str]:
    """The names of what is not stated yet, or still made up as an example."""
    return [s.name for s in STATEMENTS if not _is_stated(s, stated.get(s.name) or "")]


def _is_stated(statement: Statement, text: str) -> bool:
    return bool(text) and not is_example(text) and (not statement.months or text.isdecimal())


def months(stated: Mapping[str, Any], name: str) -> int:
    """How many months something is kept: as stated, or as is usual."""
    (statement,) = (each for each in STATEMENTS if each.name == name)
    return int(stated[name]) if str(stated.get(name) or "").isdecimal() else statement.months


def kept_for(stated: Mapping[str, Any]) -> str:
    """The same in words, for people who are asked for their words."""
    media, words, proof = (months(stated, name) for name in ("keep_media", "keep_words", "keep_proof"))
    return " ".join(
        (
            gettext("Counted from the end of the workshop."),
            ngettext("Photos, voice and film: %(num)s month.", "Photos, voice and film: %(num)s months.", media),
            ngettext("Words: %(num)s month.", "Words: %(num)s months.", words),
            ngettext("What you agreed to: %(num)s month.", "What you agreed to: %(num)s months.", proof),
        )
    )


def is_example(text: str) -> bool:
    """Made-up content says so in its first word, and a real workshop may not open on it."""
    return text.strip().startswith(EXAMPLE)
