"""Seals under the installation's key, which lies outside the database: a stolen database opens nothing."""

import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23479"  # 28 that nobody mistakes for one another
CODE_LENGTH = 7
CARD_LENGTH = 10
LENT = "lent-keys.json"  # of workshops that came from another installation: what their receipts are recognised by


@dataclass(slots=True)
class Ring:
    """The installation's own keys, the present one first, and what other installations lent with their workshops."""

    own: tuple[str, ...]
    file: Path
    read_at: int = -1
    lent: Mapping[str, Any] = field(default_factory=dict)

    def guests(self, purpose: str) -> Any:
        """What was lent for this purpose; read again when another process has added to it."""
        changed_at = self.file.stat().st_mtime_ns if self.file.exists() else 0
        if changed_at != self.read_at:
            self.lent = json.loads(self.file.read_text("ascii")) if changed_at else {}
            self.read_at = changed_at
        return self.lent.get(purpose, ())


class Keys:
    """`seal` for what is looked up, `derive` for what is shown again, both bound to one purpose.

    Each purpose has a key of its own, made from the installation's: it can be lent without lending the others.
    """

    def init_app(self, app: Flask) -> None:
        own = (app.config["SECRET_KEY"], *app.config["SECRET_KEY_FALLBACKS"])
        app.extensions["workshop-keys"] = Ring(own, Path(app.config["INSTANCE"]) / LENT)

    def seal(self, purpose: str, value: str) -> str:
        """64 hexadecimal digits that stand for `value`; without the key nobody can try values against them."""
        return _hmac(_for(_ring().own[0], f"seal:{purpose}"), value)

    def seals(self, purpose: str, value: str) -> Iterator[str]:
        """The same under each key that is still believed, the present one first."""
        ring = _ring()
        for key in ring.own:
            yield _hmac(_for(key, f"seal:{purpose}"), value)
        for lent in ring.guests(purpose):
            yield _hmac(bytes.fromhex(lent), value)

    def derive(self, purpose: str, value: str) -> str:
        """A secret of 128 bits that can be made again from the same value, and from nothing else."""
        return next(self.derives(purpose, value))

    def derives(self, purpose: str, value: str) -> Iterator[str]:
        """The same under each key of ours that is still believed, the present one first."""
        for key in _ring().own:
            yield _hmac(_for(key, f"derive:{purpose}"), value)[:32]

    def name(self, workshop_id: str, value: str) -> str:
        """The name by which a thing of a workshop is known outside, wherever that workshop lies."""
        return next(self.names(workshop_id, [value]))

    def names(self, workshop_id: str, values: Iterable[str]) -> Iterator[str]:
        """The same for many things of one workshop."""
        key = self._names(workshop_id)
        return (_hmac(key, value)[:32] for value in values)

    def lend(self, workshop_id: str, purposes: tuple[str, ...]) -> dict[str, Any]:
        """What another installation needs to recognise the seals of these purposes, and to name the workshop's things.

        It opens no account, no door and no cookie.
        """
        ring = _ring()
        lent: dict[str, Any] = {"name": {workshop_id: self._names(workshop_id).hex()}}
        for purpose in purposes:
            own = [_for(key, f"seal:{purpose}").hex() for key in ring.own]
            lent[purpose] = [*own, *ring.guests(purpose)]
        return lent

    def _names(self, workshop_id: str) -> bytes:
        lent = dict(_ring().guests("name")).get(workshop_id)
        return bytes.fromhex(lent) if lent else _for(_for(_ring().own[0], "derive:name").hex(), workshop_id)


def _ring() -> Ring:
    ring: Ring = current_app.extensions["workshop-keys"]
    return ring


@lru_cache(maxsize=1024)
def _for(key: str, what: str) -> bytes:
    return hmac.digest(key.encode(), what.encode(), "sha256")


def _hmac(key: bytes, text: str | None) -> str:
    """Nobody is somebody, too: a card of the facilitator's own has no person."""
    return hmac.digest(key, str(text).encode(), "sha256").hex()


def new_token() -> str:
    """128 random bits for a cookie or a link."""
    return secrets.token_hex(16)


def new_code() -> str:
    """A join code to read aloud: seven of 28 letters, from the system's random source."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def card_code(digits: str) -> str:
    """A code for a printed card, ten of the same letters (48 bits), out of 32 hexadecimal digits."""
    left, letters = int(digits, 16), []
    for _ in range(CARD_LENGTH):
        left, place = divmod(left, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def tidy_code(text: str) -> str:
    """What somebody typed, as a code: capitals, no spaces or dashes."""
    return "".join(letter for letter in text.upper() if letter in CODE_LETTERS)
