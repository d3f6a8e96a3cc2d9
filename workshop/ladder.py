"""The consent ladder in words: five doors and an open window, the same on every page and export."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from workshop.consent import Level


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder, in a person's words."""

    level: int
    title: LazyString
    text: LazyString


LADDER = (
    Rung(Level.FACILITATORS, _l("The facilitators"), _l("They read it. Nobody else does.")),
    Rung(Level.WORKSHOP, _l("People in this workshop"), _l("It can be on the screen and on phones here.")),
    Rung(Level.SERVICE, _l("The service"), _l("They read it and can answer you.")),
    Rung(Level.REPORT, _l("Reports and events"), _l("Without your name.")),
    Rung(Level.PUBLIC, _l("Everybody"), _l("Public, with a name you choose. We ask you again tomorrow.")),
)
ONLY_ME = Rung(Level.ONLY_ME, _l("Only me"), _l("It stays hidden from everybody else."))


def title_of(level: int) -> LazyString:
    """The rung's name."""
    return next(rung.title for rung in (ONLY_ME, *LADDER) if rung.level == level)
