"""What whoever helps is asked: who they are to the person, how they help, whose words these are, and one yes each."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, ValidationError
from wtforms import Form as PlainForm

from workshop.commands.helping import CHANNELS
from workshop.forms import Choice, Form, required

HOW = {
    "helper": _l("They speak, I write"),
    "paper": _l("They wrote it on paper"),
    "hands": _l("They showed it by hand"),
    "tablet": _l("They use this device"),
}


def ticked(message: Any) -> Callable[[PlainForm, Field], None]:
    """Only a tick is a yes."""

    def check(_form: PlainForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(message)

    return check


class WhoForm(Form):
    key = HiddenField()
    activity = SelectField(_l("What do they answer?"), [required(_l("Please choose a question."))], choices=[])
    role = SelectField(_l("Who are they here?"), choices=[], validate_choice=False)
    channel = RadioField(
        _l("How does it come to us?"), choices=[Choice(name, HOW[name]) for name in CHANNELS], default="helper"
    )
    agreed = BooleanField(_l("They agreed that I do this for them"), [ticked(_l("Please ask them first."))])


WAYS = {
    "typed": _l("I wrote down what they said"),
    "read": _l("I read the questions aloud"),
    "interpreted": _l("I interpreted from another language"),
}
RELATIONS = {
    "team": _l("I belong to the team of this workshop"),
    "family": _l("I am family or a friend"),
    "worker": _l("I work with them"),
    "other": _l("Somebody else"),
}
WHOSE = {
    "theirs": _l("These are their own words"),
    "mine": _l("I said it in my words, for them"),
}


class ReadBack(Form):
    relation = RadioField(
        _l("Who are you to them?"), choices=[Choice(*each) for each in RELATIONS.items()], default="team"
    )
    way = RadioField(_l("How did you help?"), choices=[Choice(*each) for each in WAYS.items()], default="typed")
    whose = RadioField(
        _l("Whose words are these?"), choices=[Choice(*each) for each in WHOSE.items()], default="theirs"
    )
    read_back = BooleanField(
        _l("I read it back to them, and it is right"), [ticked(_l("Please read it back to them first."))]
    )


class BesideForm(Form):
    """On a phone: somebody sits beside another person and writes for them."""

    is_about_one = False  # one question a page: which one they answer is known before
    key = HiddenField()
    activity = RadioField(_l("What do they answer?"), [required(_l("Please choose a question."))], choices=[])
    role = RadioField(_l("Who are they here?"), choices=[], validate_choice=False)
    agreed = BooleanField(_l("They agreed that I do this for them"), [ticked(_l("Please ask them first."))])


class BesideReadBack(ReadBack):
    relation = RadioField(
        _l("Who are you to them?"), choices=[Choice(*each) for each in RELATIONS.items()], default="family"
    )
