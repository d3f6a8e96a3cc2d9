"""What in a text could point at a person: names, dates and times, places, numbers to call. Suggestions from plain
patterns, which a person takes up one by one or leaves. Nothing is ever taken out by itself."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

KINDS = ("name", "date", "place", "contact")
END = re.compile(r"[.!?…:؟\n«»“”\"]\s*$|^\s*$")
WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻŁĽŃŅŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that could be taken out, and what they seem to be: name, date, place or contact."""

    words: str
    kind: str


def suggestions(text: str) -> list[Suggestion]:
    """Each once, in the order of the text; where two overlap, the one that begins first and is longer."""
    found: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(_found(text), key=lambda each: (each[0], -each[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end, kind))
    return list(dict.fromkeys(Suggestion(text[start:end], kind) for start, end, kind in found))


def take_out(text: str, words: Iterable[str], instead: str) -> str:
    """The text with `instead` in every place where these words stand by themselves."""
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    if not longest_first:
        return text
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", lambda _: instead, text)


def every_word(text: str) -> list[str]:
    """Each word and number of a text once, in its order: whatever no pattern finds can be taken out by hand."""
    return list(dict.fromkeys(re.findall(r"\w(?:[\w'’-]*\w)?", text)))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            yield match.start("it"), match.end("it"), kind
    yield from _capitalised(text)


def _capitalised(text: str) -> Iterator[tuple[int, int, str]]:
    """Words with a capital inside a sentence, neighbours as one name. Of languages with capitals."""
    run: tuple[int, int] | None = None
    for match in WORD.finditer(text):
        if run and text[run[1] : match.start()] == " " and _is_name(match[0]):
            run = run[0], match.end()
            continue
        if run:
            yield *run, "name"
        begins = END.search(text[: match.start()]) is not None
        run = match.span() if _is_name(match[0]) and not begins else None
    if run:
        yield *run, "name"


def _is_name(word: str) -> bool:
    return bool(CAPITAL.match(word)) and word.casefold().replace("’", "'") not in _listed("plain")


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("names.toml").read_text("utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(word for lists in _lists().values() for word in lists[name])


def _either(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_listed(name), key=len, reverse=True))


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """A number of digits may be written in the digits of any script."""
    some = r"[^\W\d_][\w'’-]*"
    sources = {
        "contact": [
            r"(?P<it>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
            r"(?P<it>(?:https?://|www\.)[^\s<>]+[\w/])",
            r"(?<![\w+])(?P<it>\+?\(?\d(?:[\s()./-]?\d){6,14})(?!\w)",
        ],
        "date": [
            r"(?<![\w.])(?P<it>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})(?!\w)",
            rf"(?<!\w)(?P<it>(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)(?:{_either('months')})(?:,?\s+\d{{4}})?)(?!\w)",
            rf"(?<!\w)(?P<it>(?:{_either('months')})\s+\d{{1,4}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)(?!\w)",
            rf"(?<!\w)(?P<it>(?:يوم\s+)?(?:{_either('days')}))(?!\w)",
            r"(?<![\w:.])(?P<it>\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\b)?)(?![\w:])",
            r"(?<!\w)(?P<it>\d{1,2}\s*[ap]\.?m\b)",
            r"(?<!\w)(?P<it>(?:19|20)\d\d)(?!\w)",
            r"(?<!\w)(?P<it>الساعة\s+\d{1,2}(?::\d{2})?)(?!\w)",
        ],
        "place": [
            rf"(?<!\w)(?P<it>\d{{1,4}}\w?\s+(?:[A-Z]{some}\s+){{1,3}}(?i:{_either('places')}))(?!\w)",
            rf"(?<!\w)(?P<it>(?:[A-Z]{some}\s+){{1,3}}(?i:{_either('places')}))(?!\w)",
            rf"(?<!\w)(?P<it>(?:{'|'.join(_lists()['ar']['places'])})\s+{some}(?:\s+\d+)?)(?!\w)",
            r"(?<!\w)(?P<it>(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|\d{5}))(?!\w)",
        ],
        "name": [
            rf"(?<!\w)(?P<it>(?i:{_either('titles')})\.?\s+{some}(?:\s+[A-Z]{some})*)(?!\w)",
            rf"(?<!\w)(?P<it>(?:{_either('ranks')})(?:\s+[A-Z]{some})+)(?!\w)",
        ],
    }
    flags = {"contact": 0, "place": 0, "name": 0, "date": re.IGNORECASE}
    return [(kind, re.compile(each, flags[kind])) for kind, patterns in sources.items() for each in patterns]
