"""What a person reads or hears on a page: its texts, and the attributes that are shown or read aloud."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.page import Page

SAID = ("aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt")
FOR_SCRIPTS = ("data-say", "data-over", "data-behind", "data-ahead", "data-on-time", "data-words")
SILENT = ("script", "style", "template", "time", "svg")


def pieces(page: Page) -> Iterator[str]:
    """Every piece of text, with single spaces; not those that stand in another language or are a time."""
    yield page.title
    yield from (" ".join(piece.split()) for piece in _of(page.all("body")[0], str(page.tree.get("lang"))))


def _of(element: Element, language: str) -> Iterator[str]:
    if element.tag in SILENT or element.get("lang", language) != language:
        return
    yield element.text or ""
    yield from (element.get(name) or "" for name in (*SAID, *FOR_SCRIPTS))
    if element.tag == "input" and element.get("type") in ("submit", "button"):
        yield element.get("value") or ""
    for child in element:
        yield from _of(child, language)
        yield child.tail or ""
