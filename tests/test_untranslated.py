"""Nothing that people read goes past the catalogues: not in a template, not in code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

WORKSHOP = Path(__file__).parent.parent / "workshop"
TEMPLATES = WORKSHOP / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
MARKS = {"_", "_l", "gettext", "ngettext", "pgettext", "npgettext", "lazy_gettext", "lazy_ngettext"}
# See tools/sentences.py; what WTForms says by itself; and where templates' sentences are looked up.
READ_AS_DATA = {"recipes/__init__.py", "forms.py", "web/language.py"}
LETTER = re.compile(r"[^\W\d_]")
SAID = re.compile(r"\b(?:aria-label|aria-description|title|placeholder|alt)=([\"'])(.*?)\1", re.DOTALL)
HOLE = "\x00"  # where an expression stood
# Pieces of tags that blocks fill in: attributes, places on a page, names of frames.
IN_A_TAG = re.compile(r"data-[\w-]+=\"[^\"]*\"|\x00#\w+\x00|\x00(?:phone|console|office|report|screen)\x00")
SENTENCE = re.compile(r"^[A-Z][a-z]|[^\W\d_]{2}[.!?:,] ")
A_FIELD = re.compile(r"^[A-Z]\w+Field$")


def literal(source: str) -> str:
    """The HTML of a template as it was written, with a hole for every expression."""
    kept, inside = [], False
    for _line, kind, value in JINJA.lex(source):
        if kind in ("variable_begin", "block_begin"):
            inside = True
            kept.append(HOLE)
        elif kind in ("variable_end", "block_end"):
            inside = False
        elif kind == "data" and not inside:
            kept.append(value)
    return "".join(kept)


def without_tags(html: str) -> str:
    html = IN_A_TAG.sub(" ", html)
    html = re.sub(r"<title>.*?</title>", lambda found: found.group().replace(HOLE, ""), html)
    return re.sub(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", " ", html)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_template_goes_through_the_catalogue(name: str) -> None:
    html = literal((TEMPLATES / name).read_text("utf-8"))
    attributes = [found.group(2) for found in SAID.finditer(html)]
    plain = [line.strip() for line in [*without_tags(html).splitlines(), *attributes]]
    forgotten = [line.replace(HOLE, "…") for line in plain if LETTER.search(re.sub(r"&\w+;", "", line))]
    assert not forgotten, f"{name}: {forgotten}"


@pytest.mark.parametrize("name", NAMES)
def test_no_expression_of_a_template_holds_a_sentence(name: str) -> None:
    tree = JINJA.parse((TEMPLATES / name).read_text("utf-8"))
    calls_of_ours = [call for call in tree.find_all(nodes.Call) if _name(call) in MARKS]
    marked = {id(text) for call in calls_of_ours for text in call.find_all(nodes.Const)}
    held = [text.value for text in tree.find_all(nodes.Const) if isinstance(text.value, str) and id(text) not in marked]
    forgotten = [text for text in held if SENTENCE.search(text) and not A_FIELD.match(text)]
    assert not forgotten, f"{name}: {forgotten}"


def _name(call: nodes.Call) -> str:
    return call.node.name if isinstance(call.node, nodes.Name) else ""


def test_the_checks_see_what_they_look_for() -> None:
    html = literal("<p title='Oh'>{{ x }} Send{# not this #}</p><b class='No'>{{ _('Yes') }}</b>")
    assert without_tags(html).replace(HOLE, "").split() == ["Send"]
    assert [found.group(2) for found in SAID.finditer(html)] == ["Oh"]


def calls(path: Path) -> Iterator[tuple[ast.Call, bool]]:
    """Every call that marks a sentence, and whether it stands inside an f-string."""
    tree = ast.parse(path.read_text("utf-8"))
    f_strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    in_strings = {id(inner) for outer in f_strings for inner in ast.walk(outer)}
    for node in ast.walk(tree):
        called = getattr(node, "func", None)
        if isinstance(node, ast.Call) and getattr(called, "id", getattr(called, "attr", "")) in MARKS:
            yield node, id(node) in in_strings


def test_marked_sentences_can_be_found_in_the_code() -> None:
    """Extraction sees whole sentences only: no variables, nothing glued together, nothing inside an f-string."""
    hidden = []
    for path in sorted(WORKSHOP.rglob("*.py")):
        for call, in_string in calls(path):
            given = call.args[0] if call.args else None
            if in_string or not (isinstance(given, ast.Constant) and isinstance(given.value, str)):
                hidden.append(f"{path.relative_to(WORKSHOP).as_posix()}:{call.lineno}")
    assert not [place for place in hidden if place.split(":")[0] not in READ_AS_DATA], hidden


STRING = re.compile(r"//.*|'([^'\n]*)'|\"([^\"\n]*)\"|`([^`]*)`")
SPOKEN = re.compile(r"\b[A-Z][a-z]+ [a-z]+|[a-z]{2,} [a-z]{2,}[.!?]")


@pytest.mark.parametrize("path", sorted((WORKSHOP / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_take_their_words_from_the_page(path: Path) -> None:
    """A script has no catalogue: what it says stands in the page that called it."""
    written = ["".join(filter(None, found)) for found in STRING.findall(path.read_text("utf-8"))]
    assert not [text for text in written if SPOKEN.search(text)]


def test_a_sentence_in_a_script_is_seen() -> None:
    said = ["".join(filter(None, found)) for found in STRING.findall("say('Not sent yet'); // 'Only a note'")]
    assert [text for text in said if SPOKEN.search(text)] == ["Not sent yet"]
