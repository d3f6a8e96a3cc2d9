"""The catalogues: brought up to date with the code, and looked through for what is missing."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "workshop" / "translations"
# The sentences in the code are English, so English needs no catalogue of its own.
MARKS = ("_l", "_n:1,2", "_ln:1,2")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
NUMBER = "%(num)s"


def pybabel(*words: str) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *words]
    subprocess.run(command, cwd=ROOT, check=True)


def extract(template: Path) -> None:
    marks = [word for mark in MARKS for word in ("-k", mark)]
    form = ["--no-wrap", "--sort-by-file", "--add-location=file", "--project=Workshop"]
    pybabel("extract", "-F", "pyproject.toml", *marks, *form, "-o", str(template), "workshop")


def update() -> int:
    """Add new sentences to every catalogue, take out old ones, guess nothing."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        form = ["--no-wrap", "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
        for catalogue in catalogues():
            language = catalogue.parent.parent.name
            pybabel("update", "-i", str(template), "-o", str(catalogue), "-l", language, *form)
    return 0


def check() -> int:
    """Every sentence of the code stands in every catalogue, translated and with its placeholders."""
    wanted = sentences()
    faults = [fault for path in catalogues() for fault in faults_of(read(path), wanted)]
    print("\n".join(faults) or f"{len(wanted)} sentences, complete in {len(catalogues())} catalogues")
    return 1 if faults else 0


def sentences() -> Catalog:
    """Every sentence that people read, as the code, the templates and the recipes have it today."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        return read(template)


def faults_of(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    for sentence in filter(lambda message: message.id, wanted):
        found = catalogue.get(sentence.id, sentence.context)
        fault = fault_of(found, catalogue)
        if fault:
            yield f"{catalogue.locale}: {fault}: {sentence.id!r}"


def fault_of(found: Message | None, catalogue: Catalog) -> str:
    if found is None:
        return "missing (python make.py translations adds it)"
    forms = texts(found.string or "")
    if not all(forms) or (found.pluralizable and len(forms) < catalogue.num_plurals):
        return "not translated"
    if found.fuzzy:
        return "marked as a guess"
    if not all(holds_the_same(found, form, place) for place, form in enumerate(forms)):
        return "other placeholders"
    return "; ".join(str(error) for error in found.check(catalogue))


def holds_the_same(sentence: Message, form: str, place: int) -> bool:
    """The same placeholders; where there are six forms, those for none, one and two may say the number in words."""
    wanted = {found for text in texts(sentence.id) for found in PLACEHOLDER.findall(text)}
    in_words = sentence.pluralizable and len(texts(sentence.string)) == 6 and place < 3
    held = set(PLACEHOLDER.findall(form))
    return held == wanted or (in_words and held | {NUMBER} == wanted | {NUMBER})


def texts(said: str | tuple[str, ...] | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def catalogues() -> list[Path]:
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.parent.parent.name)


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
