"""The base of every form, and the fields and validators that forms share."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, StringField, ValidationError
from wtforms import Form as PlainForm

INVISIBLE = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Form(FlaskForm):
    """A form of ours: knows its fields by name, and hands out plain values."""

    class Meta(FlaskForm.Meta):
        locales = False

        def bind_field(self, form: PlainForm, unbound_field: Any, options: dict[str, Any]) -> Field:
            options.setdefault("filters", [tidy] if issubclass(unbound_field.field_class, StringField) else [])
            return super().bind_field(form, unbound_field, options)

    def values(self) -> dict[str, Any]:
        """What was answered, without the form's own token."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}


def tidy(text: Any) -> Any:
    """Spaces around a text mean nothing; invisible marks that turn the reading direction can mislead."""
    if not isinstance(text, str):
        return text
    return text.translate(INVISIBLE).replace("\r\n", "\n").strip()


def no_longer_than(most: int) -> Callable[[PlainForm, Field], None]:
    """Refuse a long text with the number of characters to take away; never cut it."""

    def check(_form: PlainForm, field: Field) -> None:
        over = len(field.data or "") - most
        if over > 0:
            raise ValidationError(_l("Your text is %(over)d characters too long. Please make it shorter.", over=over))

    return check


def required(message: Any) -> Callable[[PlainForm, Field], None]:
    """An answer must be there; the message says what to do."""

    def check(_form: PlainForm, field: Field) -> None:
        if field.data in (None, "", []):
            raise ValidationError(message)

    return check

