"""A receipt's key, 128 bits, and its first 66 bits said aloud: six English words or twenty digits."""

from functools import cache

from mnemonic import Mnemonic

KEY_DIGITS = 32
SPOKEN_BITS = 66
WORD_BITS = 11


def is_key(text: str) -> bool:
    """Is this the key of a receipt, as the phone makes it: 32 hexadecimal digits?"""
    return len(text) == KEY_DIGITS and all(c in "0123456789abcdef" for c in text)


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
