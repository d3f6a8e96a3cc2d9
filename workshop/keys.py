"""Seals under the installation's key, which lies outside the database: a stolen database opens nothing."""

import hmac
import secrets
from collections.abc import Iterator

from flask import Flask, current_app

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23479"  # 28 that nobody mistakes for one another
CODE_LENGTH = 7


class Keys:
    """`seal` for what is looked up, `derive` for what is shown again, both bound to one purpose."""

    def init_app(self, app: Flask) -> None:
        app.extensions["workshop-keys"] = (app.config["SECRET_KEY"], *app.config["SECRET_KEY_FALLBACKS"])

    def seal(self, purpose: str, value: str) -> str:
        """64 hexadecimal digits that stand for `value`; without the key nobody can try values against them."""
        return next(self.seals(purpose, value))

    def seals(self, purpose: str, value: str) -> Iterator[str]:
        """The same under each key that is still believed, the present one first."""
        for key in current_app.extensions["workshop-keys"]:
            yield _hmac(key, f"seal:{purpose}:{value}")

    def derive(self, purpose: str, value: str) -> str:
        """A secret of 128 bits that can be made again from the same value, and from nothing else."""
        return _hmac(current_app.extensions["workshop-keys"][0], f"derive:{purpose}:{value}")[:32]


def _hmac(key: str, text: str) -> str:
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()


def new_token() -> str:
    """128 random bits for a cookie or a link."""
    return secrets.token_hex(16)


def new_code() -> str:
    """A join code to read aloud: seven of 28 letters, from the system's random source."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def tidy_code(text: str) -> str:
    """What somebody typed, as a code: capitals, no spaces or dashes."""
    return "".join(letter for letter in text.upper() if letter in CODE_LETTERS)
