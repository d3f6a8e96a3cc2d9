"""The forms of accounts, and one way to say what went wrong when a password meets them."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField, ValidationError
from wtforms import Form as PlainForm

from workshop.commands.accounts import AlreadyThere, Wrong
from workshop.commands.passwords import LONGEST, SHORTEST, TooWeak
from workshop.commands.second_step import WrongCode
from workshop.commands.upkeep import TooMany
from workshop.forms import Form, no_longer_than, required


def long_enough(_form: PlainForm, password: Any) -> None:
    """Any letters, signs and spaces, as many as a sentence has."""
    if len(password.data or "") < SHORTEST:
        raise ValidationError(_l("Use at least %(shortest)s characters. A few words are good.", shortest=SHORTEST))


def is_address(_form: PlainForm, email: Any) -> None:
    name, _at, place = (email.data or "").partition("@")
    if not name or not place or any(letter.isspace() for letter in email.data):
        raise ValidationError(_l("Please write a whole e-mail address, with an @."))


AS_TYPED = ()  # no filter: spaces at the ends of a password are part of it


def old_password(label: Any) -> PasswordField:
    return PasswordField(label, [required(_l("Please write your password."))], filters=AS_TYPED)


def chosen_password(label: Any) -> PasswordField:
    hint = _l("At least %(shortest)s characters. Three or four unrelated words are best.", shortest=SHORTEST)
    return PasswordField(label, [long_enough, no_longer_than(LONGEST)], description=hint, filters=AS_TYPED)


class SignIn(Form):
    email = EmailField(_l("E-mail address"), [required(_l("Please write your e-mail address.")), no_longer_than(200)])
    password = old_password(_l("Password"))
    next = HiddenField()


class Confirm(Form):
    password = old_password(_l("Your password"))
    next = HiddenField()


class ChangePassword(Form):
    password = PasswordField(_l("Your password until now"), filters=AS_TYPED)
    new_password = chosen_password(_l("New password"))


class ChoosePassword(Form):
    new_password = chosen_password(_l("New password"))


class NewAccount(Form):
    name = StringField(_l("Your name"), [required(_l("Please write your name.")), no_longer_than(100)])
    new_password = chosen_password(_l("Password"))


class Code(Form):
    code = StringField(
        _l("Six digits from your phone"),
        [required(_l("Please write the six digits that your phone shows."))],
        description=_l("Phone lost? Write one of your spare codes."),
    )
    next = HiddenField()


class NewCode(Form):
    code = StringField(
        _l("Six digits from your phone"), [required(_l("Please write the six digits that your phone shows."))]
    )
    next = HiddenField()


class Nothing(Form):
    """A button without questions."""


Answer = tuple[int, dict[str, str]]
Given = TypeVar("Given")


def attempt(form: Form, act: Callable[[], Given]) -> tuple[Given | None, Answer]:
    """What `act` gives, or None; then the form says in words what was wrong, and the answer its status."""
    if not form.validate():
        return None, (422, {})
    try:
        return act(), (200, {})
    except TooMany as error:
        minutes = error.seconds // 60 + 1
        say(form, _("Too many wrong tries. Please wait %(minutes)s minutes, or use a one-time link.", minutes=minutes))
        return None, (429, {"Retry-After": str(error.seconds)})
    except WrongCode:
        say(form, _("Your phone shows other digits now, or these were used. Wait for the next ones."), "code")
    except (Wrong, TooWeak, AlreadyThere) as error:
        say(form, words(error, form), "new_password" if isinstance(error, TooWeak) else None)
    return None, (422, {})


def words(error: Exception, form: Form) -> str:
    """What was wrong, and what to do; never whether there is such an account."""
    if isinstance(error, TooWeak):
        return str(_("Many people would guess this. Take three or four words that do not belong together."))
    if isinstance(error, AlreadyThere):
        return str(_("This address has an account already. Sign in with it, then open the invitation again."))
    if isinstance(form, SignIn):
        return str(_("The address and the password do not fit together. Look at both again."))
    return str(_("This is not your password."))


def say(form: Form, message: str, name: str | None = None) -> None:
    """Put a message beside its field, or on top when it belongs to no single one."""
    if name:
        form[name].errors = [message]
    else:
        form.form_errors = [message]
