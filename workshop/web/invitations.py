"""Links that an organiser passes on: an invitation to an organisation, and a link to a new password."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from workshop.commands import links
from workshop.permissions import Actor, May
from workshop.queries import accounts
from workshop.web.account_forms import ChoosePassword, NewAccount, attempt
from workshop.web.accounts import link_over
from workshop.web.guards import needs
from workshop.web.proof import signed_in

bp = Blueprint("invitations", __name__)


@bp.get("/o/<organisation_id>/invitation/<token>")
@needs(May.VISIT)
def open_invitation(organisation: Any, token: str, actor: Actor) -> ResponseReturnValue:
    link = accounts.behind_link("invite", organisation.id, token)
    return _invitation_page(organisation, token, actor, link, NewAccount()) if link else link_over()


@bp.post("/o/<organisation_id>/invitation/<token>")
@needs(May.VISIT)
def accept(organisation: Any, token: str, actor: Actor) -> ResponseReturnValue:
    """An address with an account needs that account; only a new address makes a new one."""
    link = accounts.behind_link("invite", organisation.id, token)
    if link is None:
        return link_over()
    if not accounts.user_by_email(link.email):
        return _accept_new(organisation, token, actor, link)
    if not _is_for(actor, link):
        return _invitation_page(organisation, token, actor, link, NewAccount())
    return signed_in(links.accept(organisation.id, token, current_user), _start(organisation))


@bp.get("/o/<organisation_id>/new-password/<token>")
@needs(May.VISIT)
def open_reset(organisation: Any, token: str) -> ResponseReturnValue:
    link = accounts.behind_link("reset", organisation.id, token)
    return _reset_page(organisation, token, link, ChoosePassword()) if link else link_over()


@bp.post("/o/<organisation_id>/new-password/<token>")
@needs(May.VISIT)
def choose_password(organisation: Any, token: str) -> ResponseReturnValue:
    form = ChoosePassword()
    link = accounts.behind_link("reset", organisation.id, token)
    if link is None:
        return link_over()
    chosen = form.new_password.data or ""
    browser, answer = attempt(form, lambda: links.choose_password(organisation.id, token, chosen))
    return signed_in(browser) if browser else (_reset_page(organisation, token, link, form), *answer)


def _accept_new(organisation: Any, token: str, actor: Actor, link: Any) -> ResponseReturnValue:
    form = NewAccount()
    said = (form.name.data or "", form.new_password.data or "")
    browser, answer = attempt(form, lambda: links.accept_new(organisation.id, token, *said))
    if browser:
        return signed_in(browser, _start(organisation))
    return _invitation_page(organisation, token, actor, link, form), *answer


def _invitation_page(organisation: Any, token: str, actor: Actor, link: Any, form: NewAccount) -> Response | str:
    known = bool(accounts.user_by_email(link.email))
    if known and actor.user_id is None:
        here = url_for("invitations.open_invitation", organisation_id=organisation.id, token=token)
        return redirect(url_for("accounts.sign_in", next=here), 303)
    return render_template(
        "accounts/invitation.html",
        organisation=organisation,
        token=token,
        link=link,
        form=form,
        known=known,
        fits=_is_for(actor, link),
    )


def _reset_page(organisation: Any, token: str, link: Any, form: ChoosePassword) -> str:
    return render_template("accounts/new_password.html", organisation=organisation, token=token, link=link, form=form)


def _is_for(actor: Actor, link: Any) -> bool:
    return actor.user_id is not None and current_user.email == link.email


def _start(organisation: Any) -> str:
    return url_for("office.start", organisation_id=organisation.id)
