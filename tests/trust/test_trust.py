"""The page of promises is what the tests say today, and no promise stands on nothing."""

import ast

import pytest

from tests.faults.__main__ import FAULTS
from tools import trust
from tools.trust import Requirement

LISTED, SHOWN = trust.requirements(), trust.shown()
MOST_WORDS = 25


def test_the_page_says_what_the_marks_say() -> None:
    assert trust.PAGE.read_text("utf-8") == trust.page(), "`make trust` writes docs/trust.md anew."


def test_every_mark_names_a_requirement() -> None:
    assert trust.unknown(set(SHOWN)) == []


@pytest.mark.parametrize("requirement", LISTED, ids=lambda each: each.id)
def test_each_is_shown_by_a_test_or_waits_for_a_reason(requirement: Requirement) -> None:
    assert requirement.waits or SHOWN.get(requirement.id), "Mark a test that shows it, or say what it waits for."


@pytest.mark.parametrize("requirement", LISTED, ids=lambda each: each.id)
def test_each_is_one_short_sentence(requirement: Requirement) -> None:
    assert requirement.level in trust.LEVELS
    assert requirement.id[0] in trust.FAMILIES
    for words in filter(None, (requirement.says, requirement.waits)):
        assert words.endswith(".")
        assert len(words.split()) <= MOST_WORDS


def test_only_what_is_run_is_counted() -> None:
    """A mark on something that neither pytest nor `make faults` calls would show nothing."""
    for each in (one for ones in SHOWN.values() for one in ones):
        is_test = each.path.name.startswith("test_") and (not each.test or each.test.startswith("test_"))
        assert is_test or f"{each.path.stem}.{each.test}" in FAULTS.values(), each


def test_marks_are_read_from_functions_and_modules() -> None:
    read = trust.marks(
        ast.parse(
            "pytestmark = [pytest.mark.browser, pytest.mark.shows('A01')]\n"
            "@pytest.mark.parametrize('x', [1])\n"
            "@pytest.mark.shows('S01', 'S02')\n"
            "def test_it(x): ...\n"
            "def test_other(): ...\n"
        )
    )
    assert list(read) == [("A01", ""), ("S01", "test_it"), ("S02", "test_it")]


def test_what_is_shown_but_not_complete_is_partly_held() -> None:
    tests = [trust.Shown(trust.TESTS / "test_it.py", "test_it")]
    whole, half = Requirement("A01", "must", "All."), Requirement("A02", "must", "Half.", waits="The other half.")
    assert [trust.state(whole, tests), trust.state(half, tests), trust.state(half, [])] == ["held", "partly", "waits"]
