"""The documentation cannot lag: settings, commands, kinds, recipes, links and pictures are held against the code."""

import re
from pathlib import Path

import click
import pytest

from workshop import recipes
from workshop.activities import discover
from workshop.cli import COMMANDS, workshop
from workshop.config import SETTINGS
from workshop.consent import Level, Viewer
from workshop.models.statements import STATEMENTS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
HAND_WRITTEN = ("README", "SECURITY", "facilitating", "organising", "operating", "developing", "privacy")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (DOCS / f"{name}.md").read_text("utf-8")


def rows(text: str) -> dict[str, list[str]]:
    """The rows of all tables of a page, by their first cell."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    return {cells[0]: cells[1:] for cells in found}


def written(default: object) -> str:
    """A default as the table writes it."""
    if default in ("", []):
        return "empty"
    if isinstance(default, list):
        return f"`{','.join(default)}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_every_setting_stands_in_the_table_with_its_default_and_why() -> None:
    table = rows(read("operating").split("## Settings")[1].split("\n## ")[0])
    listed = {name.strip("`"): cells for name, cells in table.items() if name.startswith("`")}
    assert listed == {each.name: [written(each.default), each.why] for each in SETTINGS}


def commands(group: click.Group, before: str = "workshop") -> list[str]:
    """Every command as one types it."""
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            found += commands(command, f"{before} {name}")
        else:
            found.append(f"{before} {name}")
    return found


@pytest.mark.parametrize("command", commands(workshop))
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"^\| `{command}[ `]", read("operating") + read("developing"), re.MULTILINE), command


def test_no_command_is_documented_that_does_not_exist() -> None:
    typed = {each for page in PAGES for each in re.findall(r"`workshop ([a-z][a-z-]+)", page.read_text("utf-8"))}
    assert typed <= set(COMMANDS)


def test_every_recipe_is_described_by_its_name() -> None:
    for recipe in recipes.shelf(discover()):
        assert f"**{recipe.title}**" in read("organising")


def test_every_kind_is_described_by_its_name() -> None:
    listed = set(re.findall(r"^\| `([a-z]+)` \|", read("organising"), re.MULTILINE))
    assert set(discover()) == listed


def test_every_statement_is_listed() -> None:
    for statement in STATEMENTS:
        assert str(statement.label.format() if hasattr(statement.label, "format") else statement.label) in read(
            "organising"
        )


def test_the_ladder_has_a_row_for_every_step_and_viewers_stand_in_order() -> None:
    table = rows(read("privacy"))
    for level in Level:
        assert any(name.startswith(f"{int(level)} ") for name in table), level
    assert len(rows(read("privacy").split("## Who sees what")[1].split("\n## ")[0])["Step"]) == len(Viewer)


def test_the_files_of_the_pack_are_described(app: object) -> None:
    for name in (
        "README.txt",
        "workshop.xlsx",
        "workshop.json",
        "datapackage.json",
        "codebook.csv",
        "consent_manifest.csv",
    ):
        assert f"`{name}`" in read("organising")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_picture_resolves(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        path, _, heading = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name} → {target}"
        if heading:
            assert heading in headings(there), f"{page.name} → {target}"


def headings(page: Path) -> set[str]:
    """The anchors of a page, as code forges make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_no_paths_of_one_machine_are_told() -> None:
    for page in PAGES:
        found = re.search(r"(?<![\w.])/(tmp|home|root|Users)/", page.read_text("utf-8"))
        assert not found, f"{page.name}: {found}"
