"""Rules that imports cannot say: one commit, one consent check, no forgotten words, every module with its line."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "workshop"
MODULES = sorted(PACKAGE.rglob("*.py"))
MIGRATIONS = PACKAGE / "migrations"


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE)).replace("\\", "/")


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def test_only_one_place_commits() -> None:
    commits = [
        name_of(path)
        for path in MODULES
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]
    assert commits == ["commands/__init__.py"], "Let a @command do it: it commits when the outermost one ends."


# Who reads contributions without asking consent, and why that is right.
MAY_READ = {
    "consent.py": "is the check",
    "models/contributions.py": "is the table",
    "queries/media.py": "asks for the yeses of one contribution, no words",
    "queries/expiry.py": "finds what is due to be deleted: ids, no words",
    "queries/contributions.py": "asks visible_to in every query but the teller's own and the guard's",
}


def reads_contributions(path: Path) -> bool:
    """Does a query here select from Contribution? Commands that write one row by its id do not count."""
    for call in calls(path):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "select":
            words = ast.unparse(call)
            if "Contribution" in words:
                return True
    return False


@pytest.mark.shows("P03")
def test_every_query_of_contributions_asks_consent() -> None:
    outside = {name_of(path) for path in MODULES if reads_contributions(path)} - set(MAY_READ)
    of_one_id = ("arriving", "erasing", "rebuilding", "taking_part", "transcribing")  # recognise a resend, erase, note
    allowed = {f"commands/{name}.py" for name in of_one_id}
    strangers = {name for name in outside - allowed if "visible_to" not in (PACKAGE / name).read_text("utf-8")}
    assert not strangers, f"{strangers} read contributions: go through consent.visible_to."


def test_the_check_sees_a_query_that_forgets_consent(tmp_path: Path) -> None:
    forgetful = tmp_path / "forgetful.py"
    forgetful.write_text("rows = sa.select(Contribution.text).where(Contribution.level >= 0)\n", "utf-8")
    assert reads_contributions(forgetful)


@pytest.mark.parametrize("path", [m for m in MODULES if MIGRATIONS not in m.parents], ids=name_of)
def test_every_module_says_in_one_line_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{name_of(path)} needs its one line on top."


@pytest.mark.parametrize("path", [m for m in MODULES if MIGRATIONS not in m.parents], ids=name_of)
def test_no_file_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300, "Is there a second idea in it that wants its own room?"


def test_no_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "common", "misc", "manager"}
    assert not [name_of(path) for path in MODULES if path.stem in drawers or path.parent.name in drawers]


TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
SCRIPTS = sorted((PACKAGE / "static").rglob("*.js"))


@pytest.mark.shows("S13")
@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_escape_everything_and_hold_nothing_inline(path: Path) -> None:
    text = path.read_text("utf-8")
    for forbidden in ("|safe", "| safe", 'style="', "onclick=", "<script>", "<style"):
        assert forbidden not in text, f"{forbidden} has no place in a template."


@pytest.mark.shows("S13")
@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_scripts_never_write_html_from_strings(path: Path) -> None:
    text = path.read_text("utf-8")
    written = re.search(r"\.(inner|outer)HTML\s*[+]?=(?!=)", text)
    assert not written, "use textContent, or parse and adopt"
    for forbidden in ("insertAdjacentHTML", "document.write", "eval("):
        assert forbidden not in text, f"{forbidden}: use textContent, or parse and adopt."


@pytest.mark.shows("A19")
def test_styles_know_no_left_and_right() -> None:
    """Layout in logical properties: right-to-left is not an afterthought."""
    physical = ("margin-left", "margin-right", "padding-left", "padding-right", "text-align: left", "text-align: right")
    for path in (PACKAGE / "static" / "css").glob("*.css"):
        text = path.read_text("utf-8")
        assert not [word for word in physical if word in text], f"{path.name}: use the logical property."


@pytest.mark.shows("S13")
def test_markup_is_made_in_one_place() -> None:
    makers = {
        name_of(path)
        for path in MODULES
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "Markup"
    }
    assert makers == {"web/templates.py"}, "Only the HTML of our own rendered parts is trusted."
