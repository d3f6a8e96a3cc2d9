"""What a facilitator fills in beside somebody's words."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField

from workshop.forms import Choice, Form, no_longer_than, required
from workshop.models import Gravity

WORDS = [required(_l("Please write something first.")), no_longer_than(10_000)]
NOTE = [required(_l("Please say it in a sentence; the teller reads it.")), no_longer_than(1000)]
GRAVITIES = {
    Gravity.UNSORTED: _l("I am not sure yet. Hold it."),
    Gravity.PRACTICE: _l("A complaint. It may go out, and the service should answer."),
    Gravity.SAFEGUARDING: _l("Signs of abuse or neglect. Hold it; two of us release it."),
    Gravity.DANGER: _l("Danger now. Hold it; I call for help at once."),
}

SHORT = {
    Gravity.UNSORTED: _l("Not sorted yet"),
    Gravity.PRACTICE: _l("A complaint"),
    Gravity.SAFEGUARDING: _l("Signs of abuse or neglect"),
    Gravity.DANGER: _l("Danger now"),
}


class EditForm(Form):
    text = TextAreaField(_l("The words"), WORDS, description=_l("Change as little as you can. The original is kept."))
    why = StringField(_l("Why? The teller reads it."), [no_longer_than(200)])
    send = _l("Keep this change")

    def words(self) -> tuple[str, str]:
        return self.text.data or "", self.why.data or ""


class AskForm(Form):
    question = TextAreaField(_l("What do you want to ask the teller?"), NOTE)
    send = _l("Send the question")


class HideForm(Form):
    reason = TextAreaField(_l("Why is it hidden? The teller reads it."), NOTE)
    send = _l("Hide these words")


class WorryForm(Form):
    gravity = RadioField(
        _l("What is it?"),
        coerce=int,
        choices=[Choice(int(value), says) for value, says in GRAVITIES.items()],
        default=int(Gravity.UNSORTED),
    )
    note = TextAreaField(_l("What worries you?"), [no_longer_than(1000)], description=_l("Only facilitators read it."))
    send = _l("Keep this worry")


class ToldForm(Form):
    who = StringField(_l("Whom did you tell?"), [required(_l("Please write whom you told.")), no_longer_than(200)])
    what = TextAreaField(
        _l("What did they say?"), [no_longer_than(1000)], description=_l("Only the organisers read it.")
    )
    send = _l("Keep it in the log")


class KeepForm(Form):
    because = TextAreaField(_l("It stays, because… The teller reads it."), NOTE)
    send = _l("It stays")
