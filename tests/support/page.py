"""A page as a test reads it; whatever it is about, it is checked for what every page must be."""

import re
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

VOID_OK = {"hidden", "submit", "button", "image"}
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Page:
    """An answer of the app: its status, its words, its fields and links."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True) if response.mimetype.startswith("text/") else ""
        response.close()
        if self.is_html:
            self.check()

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html" and self.status not in (301, 302, 303, 304)

    @property
    def location(self) -> str:
        return str(self.response.headers.get("Location", ""))

    @cached_property
    def tree(self) -> Element:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree: Element = parser.parse(self.html)
        self.parse_errors = parser.errors
        return tree

    @cached_property
    def text(self) -> str:
        """The words a person reads, with single spaces."""
        body = self.tree.find("body")
        assert body is not None
        return " ".join(" ".join(_words(body)).split())

    @property
    def title(self) -> str:
        return "".join(self.tree.find("head/title").itertext()).strip()  # type: ignore[union-attr]

    @property
    def h1(self) -> str:
        return " ".join("".join(self.all("h1")[0].itertext()).split())

    def all(self, name: str) -> list[Element]:
        return list(self.tree.iter(name))

    def forms(self) -> list[Element]:
        return self.all("form")

    def fields(self, action: str | None = None) -> dict[str, str]:
        """What a browser would send of the form with this action (or the first form), with nothing touched."""
        form = next(f for f in self.forms() if action is None or (f.get("action") or "").endswith(action))
        found: dict[str, str] = {}
        for field in form.iter():
            name = field.get("name")
            if name and field.tag == "textarea":
                found[name] = (field.text or "").removeprefix("\n")
            elif name and field.tag == "input" and _is_sent(field):
                found[name] = field.get("value", "on")
            elif name and field.tag == "select":
                found[name] = _chosen(field)
        return found

    def links(self) -> list[str]:
        return [a.get("href", "") for a in self.all("a")]

    def check(self) -> None:
        """Valid, titled, labelled, one h1, unique ids, a language, nothing inline, nothing from elsewhere."""
        errors = [e for e in (self.tree, self.parse_errors)[1] if e[1] not in IGNORED]
        assert not errors, f"invalid HTML: {errors[:3]}\n{self.html[:2000]}"
        root = self.tree
        assert root.get("lang"), "the page does not say its language"
        assert root.get("dir") in ("ltr", "rtl"), "the page does not say its direction"
        assert self.title, "the page has no title"
        assert len(self.all("h1")) == 1, f"{len(self.all('h1'))} h1 on the page: {self.title}"
        assert len(self.all("main")) == 1, "no main landmark, or several"
        self._check_ids()
        self._check_fields()
        self._check_sources()

    def _check_ids(self) -> None:
        ids = [e.get("id") for e in self.tree.iter() if e.get("id")]
        assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"

    def _check_fields(self) -> None:
        labels = {label.get("for") for label in self.all("label")}
        inside = [field for label in self.all("label") for field in label.iter()]
        within = {id(field) for field in inside if field.tag in ("input", "select")}
        for field in [*self.all("input"), *self.all("select"), *self.all("textarea")]:
            if field.get("type") in VOID_OK or field.get("aria-label") or field.get("aria-labelledby"):
                continue
            assert field.get("id") in labels or id(field) in within, f"no label: {field.attrib}"
        for form in self.forms():
            assert form.get("method", "get").lower() in ("get", "post", "dialog")
            if form.get("method", "get").lower() == "post":
                assert any(f.get("name") == "csrf_token" for f in form.iter("input")), f"no form token: {form.attrib}"

    def _check_sources(self) -> None:
        for element in self.tree.iter():
            assert element.get("style") is None, f"inline style: {element.tag} {element.attrib}"
            handlers = [name for name in element.attrib if name.startswith("on")]
            assert not handlers, f"inline script: {handlers}"
            for name in ("src", "href", "action"):
                value = element.get(name) or ""
                away = value.startswith(("http:", "https:", "//")) and not value.startswith("http://localhost:5000")
                assert not away or element.tag == "a", f"third party: {value}"
        for script in self.all("script"):
            assert script.get("src"), "inline script"


IGNORED = {"unexpected-end-tag-implies-table-voodoo"}


def _is_sent(field: Element) -> bool:
    if field.get("type") in ("submit", "button", "file", "image"):
        return False
    return field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None


def _chosen(select: Element) -> str:
    options = list(select.iter("option"))
    chosen = next((o for o in options if o.get("selected") is not None), options[0] if options else None)
    return "" if chosen is None else chosen.get("value", chosen.text or "")


def _words(element: Element) -> list[str]:
    if element.tag in ("script", "style", "template"):
        return [element.tail or ""]
    own = [element.text or ""]
    for child in element:
        own += _words(child)
    return [*own, element.tail or ""]


def data_of(page: Page) -> Any:
    """The answer as data."""
    return page.response.get_json()
