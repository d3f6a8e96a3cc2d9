"""Does a text speak of self-harm? A private cue for a person to read it: careful, never a judgement, never a bar.

All languages are looked through, since people write in more than one. Arabic is read without its vowel signs, the
forms of alef as one, and with the small words that it writes together with the next.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'", "‘": "'"}
)
JOINED = "(?:[وف]?(?:بال|كال|لل|ال|[بكلس])?)"  # «and», «with», «the»…, as Arabic writes them
GAP = r"[\W_]+"


def speaks_of_self_harm(text: str) -> bool:
    """Is there a word or phrase of the lists, other than in one of the everyday phrases?"""
    wanted, harmless = _patterns()
    return bool(wanted.search(harmless.sub(" ", _plain(text))))


def _plain(text: str) -> str:
    return SIGNS.sub("", unicodedata.normalize("NFC", text).casefold().translate(ALIKE))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = tomllib.loads(resources.files(__package__).joinpath("despair.toml").read_text("utf-8"))
    return tuple(_any_of(name, lists) for name in ("words", "not"))  # type: ignore[return-value]


def _any_of(name: str, lists: dict[str, dict[str, list[str]]]) -> re.Pattern[str]:
    phrases = (_pattern(phrase, language) for language, both in lists.items() for phrase in both[name])
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


def _pattern(phrase: str, language: str) -> str:
    words: Iterable[str] = re.findall(r"[\w']+", _plain(phrase))
    return (JOINED if language == "ar" else "") + GAP.join(map(re.escape, words))
