"""Passwords: hashed slowly, and refused when somebody who guesses would try them among the first."""

import string
from collections.abc import Collection
from functools import cache
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

from mnemonic import Mnemonic

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 128
FEWEST_IDEAS = 3
MEMORY_KIB, ROUNDS, LANES = 19 * 1024, 2, 1
COMMON = Path(__file__).parent.parent / "common_passwords"

_at_once = Semaphore(2)  # each hash takes 19 MiB; more of them at once would be larger and no faster
_LOOKALIKES = [str.maketrans("@483!05$7+1", "aabeiosstt" + one) for one in "il"]
_LONGEST_WORD = 16
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "12345678901234567890",
    "qwertyuiop[]",
    "qwertzuiopü",
    "azertyuiop",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "!@#$%^&*()_+",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
    "qazwsxedcrfvtgbyhnujmikolp",
)


class TooWeak(ValueError):
    """The password is too short, too long, or one of those that everybody tries first."""


def hashed(password: str, about: Collection[str] = ()) -> str:
    """The Argon2id hash to keep. Raises TooWeak; `about` are the account's own words, which others may know."""
    if not SHORTEST <= len(password) <= LONGEST or is_common(password, about):
        raise TooWeak
    with _at_once:
        return _hasher().hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Does the password fit? It takes the same time when there is no such account, or none with a password."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  (see _hasher)

    with _at_once:
        try:
            return _hasher().verify(kept or _of_nobody(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_common(password: str, about: Collection[str] = ()) -> bool:
    """Is it fewer than three ideas: common words, runs of keys, repeats, numbers, the account's own words?"""
    text = _once(password.lower())
    words = _words() | {word.lower() for word in about if len(word) >= 3}
    return _ideas(text, words) < FEWEST_IDEAS


def _once(text: str) -> str:
    """A text that only repeats itself is as easy to guess as the part that it repeats."""
    period = (text + text).find(text, 1)
    return text[:period]


def _ideas(text: str, words: Collection[str]) -> int:
    """The fewest ideas of which the text can be made, found from its beginning to its end."""
    readings = [text, *(text.translate(table) for table in _LOOKALIKES)]
    fewest = [0] + [len(text) + 1] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 2 * _LONGEST_WORD), end):
            price = _price([reading[start:end] for reading in readings], words)
            fewest[end] = min(fewest[end], fewest[start] + price)
    return fewest[-1]


def _price(readings: list[str], words: Collection[str]) -> int:
    """One for a single idea, nothing for a mark or two, a letter each for what nobody would expect."""
    piece = readings[0]
    if len(piece) <= 2 and all(letter in string.punctuation + " " for letter in piece):
        return 0
    known = any(reading in words for reading in readings) or _is_run(piece) or len(set(piece)) == 1
    return 1 if known or (piece.isdecimal() and len(piece) <= 8) else len(piece)


def _is_run(piece: str) -> bool:
    return len(piece) >= 3 and any(piece in run or piece[::-1] in run for run in _RUNS)


@cache
def _words() -> frozenset[str]:
    """The words that people choose first: our own list, and the 2,048 easy words that receipts are made of."""
    lines = COMMON.read_text("utf-8").splitlines()
    ours = {word for line in lines if not line.startswith("#") for word in line.split()}
    return frozenset(ours | set(Mnemonic("english").wordlist))


@cache
def _hasher() -> "PasswordHasher":
    """Loaded when the first password comes: most server processes never see one, and stay small."""
    from argon2 import PasswordHasher  # noqa: PLC0415

    return PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _of_nobody() -> str:
    """A hash that no password fits, for the accounts that do not exist."""
    return _hasher().hash("no password of anybody")
