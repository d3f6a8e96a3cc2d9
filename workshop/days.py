"""Days and moments in the language of the page; in English the day stands before the month."""

from datetime import date, datetime

from babel import Locale, dates
from flask_babel import get_locale

AS_WRITTEN = {"en": Locale.parse("en_GB")}  # a bare «en» means American days to Babel
FIRST = "en"


def in_words(day: date, length: str = "medium") -> str:
    """23 Nov 2026. `length` is short, medium, long or full."""
    return dates.format_date(day, length, locale=_locale())


def moment_in_words(moment: datetime, length: str = "short") -> str:
    """23/11/2026, 09:05."""
    return dates.format_datetime(moment, length, locale=_locale())


def _locale() -> Locale | str:
    locale = get_locale()
    return AS_WRITTEN.get(str(locale), locale) if locale else AS_WRITTEN[FIRST]
