"""The receipt's key: six easy words or twenty digits carry the same 66 bits, and none of the words hurts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import receipts

KEYS = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")


@pytest.mark.shows("P05")
@given(KEYS)
def test_words_and_digits_say_the_same(key: str) -> None:
    assert len(receipts.words(key)) == 6
    assert receipts.heard(" ".join(receipts.words(key))) == receipts.spoken(key)
    assert receipts.heard(receipts.digits(key)) == receipts.spoken(key)


@given(KEYS)
def test_endings_and_capitals_misheard_do_no_harm(key: str) -> None:
    said = ", ".join(word[:4].upper() + "s" * (len(word) > 4) for word in receipts.words(key))
    assert receipts.heard(said) == receipts.spoken(key)


def test_arabic_digits_are_digits() -> None:
    assert receipts.heard("٠١٢٣ ٤٥٦٧ ٨٩٠١ ٢٣٤٥ ٦٧٨٩") == "01234567890123456789"


@pytest.mark.parametrize("said", ["", "one two three", "abandon " * 5, "xxxx " * 6, "1234"])
def test_anything_else_is_nothing(said: str) -> None:
    assert receipts.heard(said) is None


def test_no_new_key_has_a_word_that_hurts() -> None:
    drawn = {word for _ in range(500) for word in receipts.words(receipts.new_key())}
    assert not drawn & receipts.HARSH
    assert len(drawn) > 1000
    assert set(receipts._words()) > receipts.HARSH
