"""The second step at sign-in: six digits from somebody's own phone, made from a secret and the time (RFC 6238)."""

import base64
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from workshop.commands import accounts as account_commands
from workshop.commands import command, upkeep
from workshop.events import audit
from workshop.extensions import db, keys
from workshop.keys import new_token
from workshop.models import SpareCode, User
from workshop.models.columns import now
from workshop.queries import accounts

SPARES, SPARE_DIGITS = 8, 10
SECONDS = 30
CLOCKS = (0, -1, 1)  # a phone's clock may be half a minute off
STRETCH = timedelta(minutes=15)


class WrongCode(Exception):
    """Not the digits that the phone shows now, and no spare code that is left."""


def new_salt() -> str:
    """What makes a secret new; it opens nothing without the installation's key, so it may wait in a cookie."""
    return new_token()


def secret(user_id: str, salt: str) -> str:
    """The secret that the person's phone keeps, in the letters that such apps read. The database never holds it."""
    return next(_secrets(user_id, salt))


def set_up(account: Any, salt: str, code: str) -> list[str]:
    """Ask for the second step from now on; returns the spare codes, which nobody sees again. Raises WrongCode, TooMany.

    The code shows that the phone has the secret: nobody locks themselves out. Other browsers are signed out.
    """
    step = _counted(account.user_id, lambda: _step(account.user_id, salt, code, after=0))
    return _set_up(account, salt, step)


def sign_in(token: str, code: str) -> str:
    """The rest of a sign-in that waits for the second step: the token of the whole one. Raises WrongCode, TooMany,
    and LookupError when nothing waits any more."""
    waiting = accounts.waiting(token)
    if waiting is None:
        raise LookupError
    return str(_counted(waiting.id, lambda: _sign_in(token, waiting.id, _fitting(waiting, code), _digits(code))))


@command
def turn_off(user_id: str) -> None:
    """No second step any more: by the person, or by whoever runs the installation when phone and codes are lost."""
    _keep(user_id, second_step=None, second_step_used=0)
    _forget_spares(user_id)
    audit("second step off", user_id=user_id)


@command
def new_spares(user_id: str) -> list[str]:
    """Spare codes in place of all earlier ones: digits to print, each good once."""
    _forget_spares(user_id)
    codes = ["".join(secrets.choice("0123456789") for _ in range(SPARE_DIGITS)) for _ in range(SPARES)]
    db.session.add_all(SpareCode(seal=_sealed(user_id, code)[0], user_id=user_id) for code in codes)
    db.session.flush()
    audit("new spare codes", user_id=user_id)
    return codes


@command
def _set_up(account: Any, salt: str, step: int) -> list[str]:
    account_commands.end_others(account)
    _keep(account.user_id, second_step=salt, second_step_used=step)
    audit("second step on", user_id=account.user_id)
    return new_spares(account.user_id)


@command
def _sign_in(token: str, user_id: str, step: int | None, code: str) -> str:
    """Digits and spare codes are good once, also for two who send the same ones at the same moment."""
    spent = _spend_spare(user_id, code) if step is None else _spend_step(user_id, step)
    if not spent:
        raise WrongCode
    account_commands.end(token)
    return account_commands.begin(user_id, "second step" if step else "spare code", whole=True)


def _spend_spare(user_id: str, code: str) -> bool:
    ours = (SpareCode.seal.in_(_sealed(user_id, code)), SpareCode.user_id == user_id)
    return db.session.execute(sa.delete(SpareCode).where(*ours).returning(SpareCode.seal)).first() is not None


def _spend_step(user_id: str, step: int) -> bool:
    fresh = (User.id == user_id, User.second_step_used < step)
    spent = sa.update(User).where(*fresh).values(second_step_used=step).returning(User.id)
    return db.session.execute(spent).first() is not None


def _counted(user_id: str, attempt: Any) -> Any:
    """Guesses are counted for the account: six digits are few."""
    upkeep.check("second step", user_id, STRETCH, "WRONG_PASSWORDS_PER_ACCOUNT")
    try:
        return attempt()
    except WrongCode:
        _note_failure(user_id)
        raise


@command
def _note_failure(user_id: str) -> None:
    upkeep.fail("second step", user_id, STRETCH)
    audit("second step", user_id=user_id, outcome="denied")


def _fitting(waiting: Any, code: str) -> int | None:
    """The step whose digits these are; None for a spare code."""
    if len(_digits(code)) == SPARE_DIGITS:
        return None
    return _step(waiting.id, waiting.second_step, code, after=waiting.second_step_used)


def _step(user_id: str, salt: str, code: str, after: int) -> int:
    """The half minute whose digits these are, if it is a later one than the last that was used. Raises WrongCode."""
    from pyotp import TOTP  # noqa: PLC0415 - a process that signs nobody in stays small

    present = int(now().timestamp()) // SECONDS
    for kept in _secrets(user_id, salt):
        for step in (present + clock for clock in CLOCKS):
            if step > after and secrets.compare_digest(TOTP(kept).at(step * SECONDS), _digits(code)):
                return step
    raise WrongCode


def _secrets(user_id: str, salt: str) -> Iterator[str]:
    """Under each key that is still believed, the present one first."""
    for seal in keys.seals("second step", f"{user_id} {salt}"):
        yield base64.b32encode(bytes.fromhex(seal)[:20]).decode()


def _sealed(user_id: str, code: str) -> list[str]:
    return list(keys.seals("spare code", f"{user_id} {code}"))


def _digits(code: str) -> str:
    """Typed with spaces, or in digits of another script."""
    return "".join(str(int(letter)) for letter in code if letter.isdecimal())


def _forget_spares(user_id: str) -> None:
    db.session.execute(sa.delete(SpareCode).where(SpareCode.user_id == user_id))


def _keep(user_id: str, **values: Any) -> None:
    db.session.execute(sa.update(User).where(User.id == user_id).values(**values))
