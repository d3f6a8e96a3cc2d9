"""The second step at sign-in: asked for, set up with the phone's camera, spare codes on paper, turned off."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from workshop.commands import second_step
from workshop.permissions import May
from workshop.queries import accounts
from workshop.web.account_forms import Code, NewCode, SignIn, attempt
from workshop.web.guards import needs
from workshop.web.proof import WAITING, local_path, needs_fresh, signed_in
from workshop.web.templates import qr

bp = Blueprint("second_step", __name__)
SALT = "salt"  # in the browser's cookie, while the phone is set up
NAME = "Workshop"  # as the person's phone lists it


@bp.get("/second-step")
@needs(May.VISIT)
def ask() -> ResponseReturnValue:
    if WAITING not in session:
        return render_template("accounts/sign_in.html", form=SignIn(next=request.args.get("next")))
    return render_template("accounts/code.html", form=Code(next=request.args.get("next")))


@bp.post("/second-step")
@needs(May.VISIT)
def finish() -> ResponseReturnValue:
    form, waiting = Code(), session.get(WAITING, "")
    try:
        token, answer = attempt(form, lambda: second_step.sign_in(waiting, form.code.data or ""))
    except LookupError:
        flash(_("That took a while. Please sign in once more."))
        return redirect(url_for("accounts.sign_in", next=local_path(form.next.data)), 303)
    if token:
        return signed_in(token, form.next.data)
    return render_template("accounts/code.html", form=form), *answer


@bp.get("/account/second-step")
@needs(May.USE_AN_ACCOUNT)
@needs_fresh
def settings() -> ResponseReturnValue:
    """Where it is on: what is left to do. Where it is not: the code to scan."""
    if current_user.second_step:
        left = accounts.spare_codes(current_user.user_id)
        return render_template("accounts/second_step.html", left=left)
    session[SALT] = session.get(SALT) or second_step.new_salt()
    return _set_up_page(NewCode(next=request.args.get("next")))


@bp.post("/account/second-step")
@needs(May.USE_AN_ACCOUNT)
@needs_fresh
def change() -> ResponseReturnValue:
    if request.form.get("go") == "off":
        second_step.turn_off(current_user.user_id)
        flash(_("The second step is off. Your password is enough now."))
        return redirect(url_for("accounts.account"), 303)
    if request.form.get("go") == "spares" and current_user.second_step:
        return _spares(second_step.new_spares(current_user.user_id))
    return _turn_on()


def _turn_on() -> ResponseReturnValue:
    form, salt = NewCode(), session.get(SALT)
    if not salt or current_user.second_step:
        return redirect(url_for("second_step.settings"), 303)
    codes, answer = attempt(form, lambda: second_step.set_up(current_user, salt, form.code.data or ""))
    if not codes:
        page: Any = _set_up_page(form)
        return page, *answer
    session.pop(SALT)
    return _spares(codes, form.next.data)


def _set_up_page(form: NewCode) -> str:
    from pyotp.utils import build_uri  # noqa: PLC0415 - a process that sets nobody up stays small

    secret = second_step.secret(current_user.user_id, session[SALT])
    link = build_uri(secret, current_user.email, issuer=NAME)
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return render_template("accounts/set_up_second_step.html", form=form, code=qr(link), groups=groups)


def _spares(codes: list[str], following: str | None = None) -> str:
    """Shown once: nobody can look them up again, also not we."""
    pairs = [(code[:5], code[5:]) for code in codes]
    after = local_path(following) or url_for("accounts.account")
    return render_template("accounts/spare_codes.html", codes=pairs, after=after)
