"""A language that nobody speaks: English in brackets, with accents and 40 % longer. It shows what was forgotten."""

import math
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask

from tests.support import installation

CODE = "eo"  # a language that Babel knows and Workshop does not offer
LONGER = 0.4
PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%%)")
ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéíñóšúýÁÇÉÍÑÓŠÚÝ")
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")


def make(folder: Path, empty: Path, template: Catalog) -> Flask:
    """A fresh installation that speaks this language; `template` holds every sentence there is."""
    write(template, folder / "catalogue")
    app = installation.make(folder / "instance", empty, LANGUAGES=[CODE, "en"])
    app.extensions["babel"].translation_directories.append(str(folder / "catalogue"))
    return app


def write(template: Catalog, folder: Path) -> None:
    """The catalogue of this language, for every sentence of the template."""
    catalogue = Catalog(locale=CODE)
    for sentence in (each for each in template if each.id):
        catalogue.add(sentence.id, _said(sentence.id), context=sentence.context)
    place = folder / CODE / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)


def _said(sentence: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(sentence, str):
        return stretched(sentence)
    return tuple(stretched(form) for form in sentence)


def stretched(sentence: str) -> str:
    parts = PLACEHOLDER.split(sentence)
    accented = "".join(part if PLACEHOLDER.fullmatch(part) else part.translate(ACCENTS) for part in parts)
    more = max(2, math.ceil(len(sentence) * LONGER))
    return f"⟦{accented}{''.join('ẽ' if at % 8 else ' ' for at in range(more))}⟧"


def unmarked(text: str) -> str:
    """What is left of a text without the sentences that went through the catalogue, however they are nested."""
    while (shorter := MARKED.sub(" ", text)) != text:
        text = shorter
    return text
