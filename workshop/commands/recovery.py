"""The recovery words: twelve words on paper open every backup; the installation itself can only close them."""

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mnemonic import Mnemonic

WORDS, CLOSES = "recovery-words.txt", "recovery.pub"
SHEET = """\
# The recovery words of this Workshop, made on {day}.
# They open every backup made here. Without them nobody can open one.
# Print this page, or write the words down. Keep two copies in two places, away from this machine.
# Then take the file off the machine: workshop recovery-words --put-away
"""
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # of bech32, in which age writes its keys


class NotWords(Exception):
    """These are not twelve recovery words, and not a key of age either."""


def new_words() -> str:
    """Twelve words of the English list: 128 random bits, and four that find a slip of the pen."""
    return str(Mnemonic("english").generate(128))


def heard(text: str) -> str:
    """The twelve words in what somebody typed or in a printed sheet; four letters of a word are enough."""
    english = Mnemonic("english")
    places = {word[:4]: word for word in english.wordlist}
    lines = [line for line in text.lower().splitlines() if not line.lstrip().startswith("#")]
    said = [places.get(word[:4], "") for word in re.findall(r"[a-z]+", " ".join(lines))]
    if len(said) != 12 or not english.check(" ".join(said)):
        raise NotWords
    return " ".join(said)


def identity(text: str) -> Any:
    """What opens: from the words, or from a key as the program age writes it."""
    import pyrage  # noqa: PLC0415 - the server's processes never need it

    written = re.search(r"AGE-SECRET-KEY-1[A-Z0-9]{58}", text)
    try:
        return pyrage.x25519.Identity.from_str(written[0] if written else age_key(text))
    except pyrage.IdentityError as error:
        raise NotWords from error


def age_key(text: str) -> str:
    """The same key as the program age wants it: SHA-256 of a fixed phrase and the words' 128 bits, in bech32."""
    bits = bytes(Mnemonic("english").to_entropy(heard(text)))
    return _bech32("age-secret-key-", hashlib.sha256(b"workshop recovery words 1\n" + bits).digest()).upper()


def closing(instance: Path) -> Any:
    """What closes a backup so that only the words open it. The words are made when it is first needed."""
    import pyrage  # noqa: PLC0415 - as above

    if not (instance / CLOSES).exists():
        make(instance)
    return pyrage.x25519.Recipient.from_str((instance / CLOSES).read_text("ascii").strip())


def make(instance: Path) -> str:
    """New words; whatever was closed before still needs the old ones. The sheet is safe before the key is used."""
    words = new_words()
    write_private(instance / WORDS, sheet(words))
    write_private(instance / CLOSES, f"{identity(words).to_public()}\n")
    return words


def sheet(words: str) -> str:
    """The page that somebody prints."""
    return SHEET.format(day=f"{datetime.now(UTC):%Y-%m-%d}") + f"\n{in_rows(words)}\n"


def in_rows(words: str) -> str:
    numbered = [f"{place:2} {word:10}" for place, word in enumerate(words.split(), 1)]
    return "\n".join(" ".join(numbered[at : at + 4]).rstrip() for at in range(0, 12, 4))


def kept_here(instance: Path) -> str | None:
    """The words, as long as they still lie on this machine."""
    path = instance / WORDS
    return heard(path.read_text("utf-8")) if path.exists() else None


def write_private(path: Path, text: str) -> None:
    """A small file that only we may read: the old one until the new one is whole on the disk."""
    part = path.with_name(f"{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _bech32(prefix: str, data: bytes) -> str:
    fives = _in_fives(data)
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*spread, *fives, 0, 0, 0, 0, 0, 0]) ^ 1
    tail = [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1" + "".join(LETTERS[five] for five in [*fives, *tail])


def _in_fives(data: bytes) -> list[int]:
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    return [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> place & 1 else 0
    return check
