"""How stories are asked for: which sort of story, and which of the further questions. Each may be left out."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, TextAreaField

from workshop.forms import Choice, Form, WholeNumber, no_longer_than

DEFAULTS: Mapping[str, Any] = {
    "sort": "monologue", "helped": True, "slot_minutes": None, "warning": False, "known": False,
    "feeling": False, "mattered": False, "mattered_words": "", "between": False, "between_one": "", "between_other": "",
    "hear": False,
}  # fmt: skip


class Settings(Form):
    sort = RadioField(
        _l("Which sort of story?"),
        choices=[
            Choice("monologue", _l("Somebody tells their own story")),
            Choice("snapshot", _l("One open question, a quick answer, nothing more")),
            Choice("dialogue", _l("Two people talk; both are asked for their yes")),
        ],
        default="monologue",
    )
    helped = BooleanField(_l("Ask also what would have helped"))
    feeling = BooleanField(_l("Ask the teller how they feel about their story"))
    mattered = BooleanField(_l("Ask what mattered most in it"))
    mattered_words = TextAreaField(
        _l("Three things that can matter"),
        [no_longer_than(200)],
        description=_l("One on each line. Leave it empty for respect, time, information."),
    )
    between = BooleanField(_l("Ask where the story stands between two opposites"))
    between_one = StringField(_l("The one opposite"), [no_longer_than(80)])
    between_other = StringField(
        _l("The other opposite"),
        [no_longer_than(80)],
        description=_l("Leave both empty for «They decided everything» and «I was left alone with everything»."),
    )
    hear = BooleanField(_l("Ask who should hear it"))
    warning = BooleanField(_l("Let the teller write a note that is shown before the story"))
    known = BooleanField(_l("Ask whether somebody who works there could know who tells it"))
    slot_minutes = WholeNumber(
        _l("Minutes for each person who speaks"), description=_l("Leave it empty when nobody speaks in turn.")
    )
