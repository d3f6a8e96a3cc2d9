"""The base of every form, and the fields and validators that forms share."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from wtforms import Field, IntegerField, StringField, ValidationError
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.widgets import FileInput, HiddenInput

_TELLING = re.compile(r"@|\d{5}|(19|20)\d\d|\b[A-ZÀ-Þ][\w'-]+ [A-ZÀ-Þ][\w'-]+")
Choice: Any = SelectChoice
MOST_DIGITS = 6
DRAW: Any = HiddenInput()  # draws whatever has a name and a value, not fields alone
INVISIBLE = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class PlainWords:
    """What WTForms says by itself about an answer, in the words and the language of this page."""

    SAID: ClassVar[Mapping[str, Any]] = {
        "Not a valid integer value.": _l("Please write a whole number."),
        "Not a valid date value.": _l("Please choose a day."),
        "Not a valid choice.": _l("Please choose one of these."),
        "Invalid Choice: could not coerce.": _l("Please choose one of these."),
    }

    def gettext(self, sentence: str) -> str:
        return str(self.SAID.get(sentence, _l("Please look at this again")))

    def ngettext(self, one: str, _many: str, _number: int) -> str:
        return self.gettext(one)


class Token:
    """The form's token as a page shows it. Whether a write has one is asked once, before any form is made."""

    id = name = "csrf_token"

    def _value(self) -> str:
        return str(generate_csrf())

    def __html__(self) -> Markup:
        return self()

    def __call__(self, **attributes: str) -> Markup:
        drawn: Markup = DRAW(self, **attributes)
        return drawn


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours: knows its fields by name, and hands out plain values."""

    csrf_token = Token()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        locales = False
        csrf = False

        def get_translations(self, _form: PlainForm) -> PlainWords:
            return PlainWords()

        def bind_field(self, form: PlainForm, unbound_field: Any, options: dict[str, Any]) -> Field:
            options.setdefault("filters", [tidy] if issubclass(unbound_field.field_class, StringField) else [])
            field: Field = super().bind_field(form, unbound_field, options)
            return field

    def values(self) -> dict[str, Any]:
        """What was answered."""
        return dict(self.data)

    def hidden_tag(self, *fields: Any) -> Markup:
        """The form's token, and what else travels unseen."""
        unseen: Markup = super().hidden_tag(*fields)
        return self.csrf_token() + unseen


class WholeNumber(IntegerField):
    """A whole number, in digits of any script. Left empty it is None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text and not text.isdecimal():
            raise ValueError(NumbersByItem.NOT_A_NUMBER)
        if text:
            self.data = int(text)


class NumbersByItem(Field):
    """A whole number for each item of a list, in inputs named `<field>-<item>`. `data` holds those above zero."""

    data: dict[str, int]
    NOT_A_NUMBER: ClassVar[Any] = _l("Please write whole numbers only.")

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.data = dict(data or {}) if isinstance(data, Mapping) else {}
        prefix = f"{self.name}-"
        sent = {key.removeprefix(prefix): formdata[key].strip() for key in formdata or () if key.startswith(prefix)}
        readable = {item: text for item, text in sent.items() if _is_number(text)}
        self.process_errors = [] if len(readable) == len(sent) else [self.NOT_A_NUMBER]
        self.data |= {item: int(text) for item, text in readable.items() if int(text or 0)}

    def carried(self) -> list[tuple[str, str]]:
        """The inputs that hold these numbers on another page."""
        return [(f"{self.name}-{item}", str(number)) for item, number in self.data.items()]


class PictureField(Field):
    """A picture in the settings of an activity. `data` is the id under which it is kept; `upload` is what has just been
    chosen; the tick `<field>-away` takes it out."""

    widget = FileInput()
    data: str
    upload: Any = None
    accepted: Any = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors, self.data = [], data if isinstance(data, str) else ""
        if formdata and formdata.get(f"{self.name}-away"):
            self.data = ""
        chosen = formdata.getlist(self.name) if formdata else []
        self.upload = next((each for each in chosen if getattr(each, "filename", "")), None)


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


def invented(_form: PlainForm, field: Field) -> None:
    """A public name must not point at a person: no address, number, year, or first name and surname."""
    if field.data and _TELLING.search(field.data):
        raise ValidationError(_l("This could point at you. Please invent a name, in small letters."))


def required(message: Any) -> Callable[[PlainForm, Field], None]:
    """An answer must be there; the message says what to do."""

    def check(_form: PlainForm, field: Field) -> None:
        if field.data in (None, "", []):
            raise ValidationError(message)

    return check


def _is_number(text: str) -> bool:
    return not text.strip("0123456789") and len(text) <= MOST_DIGITS
