"""Who needs help taps a number: the phone dials it, however it was written."""

import pytest

from workshop.web.templates import dialled


@pytest.mark.parametrize(
    ("written", "dials"),
    [
        ("020 7946 0311", "02079460311"),
        ("+44 (20) 7946-0311, day and night", "+442079460311"),
        ("Sam: 112 or 999", "112"),
        ("٠٢٠ ٧٩٤٦", "0207946"),
        ("ask at the desk", ""),
        ("javascript:alert(1)", "1"),
    ],
)
def test_what_a_phone_dials(written: str, dials: str) -> None:
    assert dialled(written) == dials
