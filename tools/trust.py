"""Which test shows which promise: marks are read out of the tests, and written into docs/trust.md."""

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
REQUIREMENTS = TESTS / "trust" / "requirements.toml"
PAGE = ROOT / "docs" / "trust.md"
LEVELS = ("must", "should", "could")
FAMILIES = {"A": "Taking part", "P": "Trust and privacy", "R": "Nothing is lost", "S": "Security"}
OPENING = """# What Workshop promises, and the test that shows it

Written by `make trust` from the marks in the tests: change those, not this page. A test compares the two.

A promise is **held** when tests show it, **partly** held when tests show some of it and the row says what is missing, and **waits** when it is not built yet. What stands in `faults/` is brought about by `make faults`, the rest by `make test`. *Must* stands in the way of a release, *should* and *could* do not. What only people can check is in [checked by people](checked-by-people.md).
"""  # noqa: E501  (a paragraph of Markdown is one line)


@dataclass(frozen=True, slots=True)
class Requirement:
    """`waits` says what of it is not true yet, and is empty when nothing is missing."""

    id: str
    level: str
    says: str
    waits: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A test that would fail if the requirement broke; the whole module where `test` is empty."""

    path: Path
    test: str


def requirements() -> list[Requirement]:
    listed = tomllib.loads(REQUIREMENTS.read_text("utf-8"))
    return [Requirement(id, **entry) for id, entry in listed.items()]


def unknown(ids: set[str]) -> list[str]:
    """Those that stand in no list: a slip of the pen must not look like a promise that is kept."""
    return sorted(ids - {each.id for each in requirements()})


def shown() -> dict[str, list[Shown]]:
    """What each requirement is shown by; nothing is imported, so no test can hide its marks."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for path in sorted(TESTS.rglob("*.py")):
        for id, test in marks(ast.parse(path.read_text("utf-8"))):
            found[id].append(Shown(path, test))
    return found


def marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every id with the name of its test, or with nothing where a whole module is marked."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from ((id, node.name) for each in node.decorator_list for id in ids_of(each))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            yield from ((id, "") for id in ids_of(node.value))


def ids_of(expression: ast.expr) -> Iterator[str]:
    """The ids in pytest.mark.shows("…", "…"), wherever it stands in a decorator or a list of marks."""
    for call in ast.walk(expression):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.shows":
            yield from (str(ast.literal_eval(argument)) for argument in call.args)


def state(requirement: Requirement, tests: list[Shown]) -> str:
    if not tests:
        return "waits"
    return "partly" if requirement.waits else "held"


def page() -> str:
    """The whole of docs/trust.md."""
    listed, tests = requirements(), shown()
    families = [family(letter, listed, tests) for letter in FAMILIES]
    return "\n".join([OPENING, *summary(listed, tests), *(line for lines in families for line in lines), ""])


def summary(listed: list[Requirement], tests: dict[str, list[Shown]]) -> Iterator[str]:
    yield "| | held | partly | waits |"
    yield "|---|---|---|---|"
    for level in LEVELS:
        states = [state(each, tests.get(each.id, [])) for each in listed if each.level == level]
        yield f"| {level} | {states.count('held')} | {states.count('partly')} | {states.count('waits')} |"


def family(letter: str, listed: list[Requirement], tests: dict[str, list[Shown]]) -> Iterator[str]:
    yield f"\n## {FAMILIES[letter]}\n"
    yield "| | Level | Promise | Held by |"
    yield "|---|---|---|---|"
    for each in listed:
        if each.id.startswith(letter):
            yield f"| {each.id} | {each.level} | {each.says} | {held_by(each, tests.get(each.id, []))} |"


def held_by(requirement: Requirement, tests: list[Shown]) -> str:
    lines = [f"*{state(requirement, tests)}:* {requirement.waits}"] if requirement.waits else []
    by_file: dict[Path, list[str]] = defaultdict(list)
    for each in sorted(tests):
        by_file[each.path].append(each.test)
    return "<br>".join(lines + [in_file(path, names) for path, names in by_file.items()])


def in_file(path: Path, names: list[str]) -> str:
    """A file with a link, and its tests by name: numbers of lines would be wrong tomorrow."""
    link = f"[{path.relative_to(TESTS).as_posix()}](../{path.relative_to(ROOT).as_posix()})"
    return f"{link} {', '.join(f'`{name}`' for name in names if name)}".strip()


def main() -> int:
    if wrong := unknown(set(shown())):
        sys.exit(f"No requirement is called {', '.join(wrong)}.")
    PAGE.write_text(page(), "utf-8", newline="\n")
    print(f"{PAGE.relative_to(ROOT)} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
