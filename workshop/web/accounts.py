"""Accounts: sign in by password or one-time link, sign out here and everywhere, change the password."""

import logging

from flask import Blueprint, Response, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from workshop.commands import CannotSave, links, passwords
from workshop.commands import accounts as account_commands
from workshop.models.columns import now
from workshop.permissions import Actor, May
from workshop.queries import accounts
from workshop.web.account_forms import ChangePassword, Confirm, SignIn, attempt
from workshop.web.guards import needs
from workshop.web.proof import FRESH, fresh_enough, signed_in

bp = Blueprint("accounts", __name__)
log = logging.getLogger(__name__)
SEEN_EVERY = FRESH / 3


@bp.get("/sign-in")
@needs(May.VISIT)
def sign_in() -> ResponseReturnValue:
    return render_template("accounts/sign_in.html", form=SignIn(next=request.args.get("next")))


@bp.post("/sign-in")
@needs(May.VISIT)
def let_in() -> ResponseReturnValue:
    form = SignIn()
    said = (form.email.data or "", form.password.data or "", request.remote_addr or "")
    token, answer = attempt(form, lambda: account_commands.sign_in(*said))
    if token:
        return signed_in(token, form.next.data)
    return render_template("accounts/sign_in.html", form=form), *answer


@bp.get("/sign-in/<token>")
@needs(May.VISIT)
def open_link(token: str) -> ResponseReturnValue:
    """Opening the link changes nothing: programs that look into messages open links too."""
    link = accounts.behind_link("sign_in", None, token)
    return render_template("accounts/link.html", link=link, token=token) if link else link_over()


@bp.post("/sign-in/<token>")
@needs(May.VISIT)
def use_link(token: str) -> ResponseReturnValue:
    return signed_in(links.sign_in(token))


@bp.post("/sign-out")
@needs(May.USE_AN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    account_commands.end(current_user.token)
    return _out(_("You are signed out."))


@bp.post("/sign-out/everywhere")
@needs(May.USE_AN_ACCOUNT)
def sign_out_everywhere(actor: Actor) -> ResponseReturnValue:
    account_commands.end_everywhere(str(actor.user_id))
    return _out(_("You are signed out on every device."))


@bp.get("/account")
@needs(May.USE_AN_ACCOUNT)
def account(actor: Actor) -> ResponseReturnValue:
    return _account_page(actor, ChangePassword())


@bp.post("/account/password")
@needs(May.USE_AN_ACCOUNT)
def change_password(actor: Actor) -> ResponseReturnValue:
    form = ChangePassword()
    old = form.password.data if _has_password(actor) else None
    if old is None and not fresh_enough(actor):
        return redirect(url_for("accounts.confirm", next=url_for("accounts.account")), 303)
    said = (old, form.new_password.data or "", request.remote_addr or "")
    token, answer = attempt(form, lambda: account_commands.change_password(current_user, *said))
    if not token:
        return _account_page(actor, form), *answer
    response = signed_in(token, url_for("accounts.account"))
    flash(_("Your password is changed. Every other device is signed out."))
    return response


@bp.get("/account/confirm")
@needs(May.USE_AN_ACCOUNT)
def confirm(actor: Actor) -> ResponseReturnValue:
    """Is it still you? Asked before something leaves the house or is deleted."""
    form = Confirm(next=request.args.get("next"))
    return render_template("accounts/confirm.html", form=form, has_password=_has_password(actor))


@bp.post("/account/confirm")
@needs(May.USE_AN_ACCOUNT)
def prove() -> ResponseReturnValue:
    form = Confirm()
    said = (form.password.data or "", request.remote_addr or "")
    token, answer = attempt(form, lambda: account_commands.prove(current_user, *said))
    if token:
        return signed_in(token, form.next.data)
    return render_template("accounts/confirm.html", form=form, has_password=True), *answer


@bp.app_errorhandler(links.LinkOver)
def on_link_over(_error: links.LinkOver) -> ResponseReturnValue:
    return link_over()


def link_over() -> ResponseReturnValue:
    """Used, over, replaced or never made: one answer."""
    return render_template("accounts/link_over.html"), 410


@bp.after_app_request
def stay_awake(response: Response) -> Response:
    """Somebody who works here is not signed out for sleeping; noted at most every five minutes."""
    user = g.get("_login_user")
    if user is not None and user.is_authenticated and now() - user.seen_at > SEEN_EVERY:
        try:
            account_commands.touch(user.token)
        except CannotSave:
            log.warning("The database cannot save just now; a sign-in stays as it was.")
    return response


def _out(message: str) -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash(message)
    return redirect(url_for("accounts.sign_in"), 303)


def _has_password(actor: Actor) -> bool:
    return bool(accounts.user(str(actor.user_id)).has_password)


def _account_page(actor: Actor, form: ChangePassword) -> str:
    places = accounts.organisations(list(actor.roles))
    return render_template(
        "accounts/account.html",
        form=form,
        user=current_user,
        places=[(place, actor.roles[place.id]) for place in places],
        has_password=_has_password(actor),
        shortest=passwords.SHORTEST,
    )
