"""A receipt's key, 128 bits, and its first 66 bits said aloud: six English words or twenty digits."""

import secrets
from functools import cache

from mnemonic import Mnemonic

KEY_DIGITS = 32
SPOKEN_BITS = 66
WORD_BITS = 11

# Words of the list that could hurt; a key that has one of them is drawn again. Old receipts keep working.
_HARSH = """
abandon abuse accident afraid army arrest attack betray bitter blame bleak blood bomb broken bullet burden
burst cage cancel cannon casino crash crime cruel crush cry danger defense demise deny destroy disagree
disease dismiss divorce dumb dust enemy evil exclude execute exile expire fat fatal fault fire flee force
fragile fury gun hazard hospital hunt hurt idle illegal illness injury inmate insane junk kick knife lawsuit
lonely mad monster neglect nuclear obey orphan panic penalty pistol police poverty prison punch rebel reject
rifle riot risk rude sad scare shoot sick siege slush snake soldier spider stomach stumble suffer suspect
tobacco toilet tragic trap trash trigger trouble ugly unfair unhappy useless vicious virus weapon weird
worry wreck wrong
"""
HARSH = frozenset(_HARSH.split())


def is_key(text: str) -> bool:
    """Is this the key of a receipt, as the phone makes it: 32 hexadecimal digits?"""
    return len(text) == KEY_DIGITS and all(c in "0123456789abcdef" for c in text)


def new_key() -> str:
    """A key from the system's random source whose words hurt nobody."""
    while not is_gentle(key := secrets.token_hex(KEY_DIGITS // 2)):
        pass
    return key


def is_gentle(key: str) -> bool:
    """May these six words stand in the hands of somebody who has just told a hard story?"""
    return HARSH.isdisjoint(words(key))


def spoken(key: str) -> str:
    """The part of the key that words and digits carry, as twenty digits."""
    return f"{int(key, 16) >> (4 * KEY_DIGITS - SPOKEN_BITS):020d}"


def words(key: str) -> list[str]:
    """Six easy words to write down or read aloud."""
    number = int(spoken(key))
    places = range(SPOKEN_BITS - WORD_BITS, -1, -WORD_BITS)
    return [_words()[(number >> place) % 2048] for place in places]


def digits(key: str) -> str:
    """Twenty digits in groups of four, for every language that has no word list yet."""
    text = spoken(key)
    return " ".join(text[i : i + 4] for i in range(0, 20, 4))


def heard(text: str) -> str | None:
    """The twenty digits that somebody's six words or twenty digits stand for, or None if they are neither."""
    figures = "".join(str(int(c)) for c in text if c.isdecimal())
    if len(figures) == 20:
        return figures
    said = text.lower().replace("-", " ").replace(",", " ").split()
    places = _places()
    if len(said) != 6 or any(word[:4] not in places for word in said):
        return None
    number = 0
    for word in said:
        number = number << WORD_BITS | places[word[:4]]
    return f"{number:020d}"


@cache
def _words() -> list[str]:
    return list(Mnemonic("english").wordlist)


@cache
def _places() -> dict[str, int]:
    """Four letters tell every word of the list apart, so an ending misheard does no harm."""
    return {word[:4]: place for place, word in enumerate(_words())}
