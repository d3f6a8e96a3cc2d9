"""What bea reads when her photo was not taken: short, kind, and with the next step in it."""

import re

import flask
import flask_babel
import pytest

from workshop.media import Reason
from workshop.media.words import WORDS, words

NEXT_STEPS = re.compile(r"\b(choose|take|send|wait|tell|record)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def page():  # type: ignore[no-untyped-def]
    app = flask.Flask(__name__)
    flask_babel.Babel(app)
    with app.test_request_context():
        yield


def test_every_reason_has_its_own_words() -> None:
    assert set(WORDS) == set(Reason)
    assert len({str(words(reason)) for reason in Reason}) == len(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_the_words_are_short_and_say_what_to_do_next(reason: Reason) -> None:
    said = str(words(reason))
    sentences = [sentence for sentence in re.split(r"[.:]\s*", said) if sentence]
    assert max(len(sentence.split()) for sentence in sentences) <= 15
    assert NEXT_STEPS.search(said)
    assert not re.search(r"pixel|megabyte|MB|format|error|invalid|upload|file type", said, re.IGNORECASE)
