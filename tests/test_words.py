"""Plain words: short sentences, no jargon, one word for one thing, in every language."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message

from tools import translations

# Where the sentences come from that people read on their phones and on the screen of the room.
FOR_EVERYBODY = re.compile(
    r"workshop/(templates/(phone|screen|errors|components)/|templates/frames/(base|phone|screen)"
    r"|templates/kinds/\w+/(phone|screen|results)|kinds/\w+/(__init__|results|questions|order)|recipes/"
    r"|web/(phone|door|words|errors|receipts|hosting|templates|presence|proof|media)\.py|ladder|forms|media/"
    r"|live/(phone|screen)|activities/values|side_by_side|commands/demo)"
)
MOST_WORDS, MOST_WORDS_OF_STAFF = 15, 20
END = re.compile(r"(?<=[.!?…؟])[\s»]+")
WORD = re.compile(r"%\(\w+\)[sd]|[\w½']+(?:[-–@.][\w']+)*")
BANNED = re.compile(
    r"\b(simply|please note|kindly|in order to|regarding|via|e\.g\.|i\.e\.|etc|ensure|utili[sz]e|facilitate|leverage"
    r"|submit\w*|upload\w*|session|click\w*|log ?(in|out|on)|username|user ?name|invalid|input|server|database"
    r"|cookie\w*|token\w*|url|cache\w*|sync\w*|timeout|parameter\w*|stakeholder\w*|data subject\w*|end user\w*"
    r"|moderat\w+|attendee\w*|poll\w*|survey\w*|vot(e|es|ed|ing)|respondent\w*|beneficiar\w+|vulnerable|case file"
    r"|in vain|last word|left the house|moved on|on the same page|touch base|piece of cake|in a nutshell|game changer"
    r"|think outside|at the end of the day|keep an eye|\w+n't)\b",
    re.IGNORECASE,
)
TASHKEEL = re.compile("[\u064b-\u0652\u0640]")


@cache
def sentences() -> Catalog:
    return translations.sentences()


def texts(message: Message) -> list[str]:
    return translations.texts(message.id)


def for_everybody(message: Message) -> bool:
    return any(FOR_EVERYBODY.match(path.replace("\\", "/")) for path, _line in message.locations)


def too_long(text: str, most: int) -> list[str]:
    return [part for part in END.split(text) if len(WORD.findall(part)) > most]


def most_words(message: Message) -> int:
    return MOST_WORDS if for_everybody(message) else MOST_WORDS_OF_STAFF


@pytest.mark.shows("A13")
def test_sentences_are_short() -> None:
    long = [part for each in sentences() for text in texts(each) for part in too_long(text, most_words(each))]
    assert not long, "\n".join(long)
    assert sum(for_everybody(each) for each in sentences()) > 300


@pytest.mark.shows("A13")
@pytest.mark.parametrize("path", translations.catalogues(), ids=lambda path: path.parent.parent.name)
def test_translated_sentences_are_short(path: translations.Path) -> None:
    wanted, catalogue = sentences(), translations.read(path)
    long = [
        part
        for each in wanted
        if each.id and (found := catalogue.get(each.id, each.context))
        for text in translations.texts(found.string)
        for part in too_long(text, most_words(each))
    ]
    assert not long, "\n".join(long)


@pytest.mark.shows("A13")
def test_no_sentence_uses_jargon_or_a_figure_of_speech() -> None:
    said = [text for each in sentences() for text in texts(each)]
    found = [f"{word[0]!r} in {text!r}" for text in said for word in BANNED.finditer(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text", ["Please submit your answer.", "Click here", "You don't have to.", "Your session is over.", "42 votes"]
)
def test_the_list_of_banned_words_knows_them(text: str) -> None:
    assert BANNED.search(text)


def test_a_long_sentence_is_seen_and_two_short_ones_are_not() -> None:
    assert too_long("one two three four. Five six seven.", 4) == []
    assert too_long("one two three four, five six seven.", 4) == ["one two three four, five six seven."]
    assert too_long("%(name)s reads twenty-five e-mails a.b@c.org", 5) == []


def glossary() -> Iterator[tuple[re.Pattern[str], list[str]]]:
    """The words of the glossary whose Arabic is fixed, each with all its forms."""
    for line in (translations.CATALOGUES / "GLOSSARY.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[2]:
            yield re.compile(rf"\b{re.escape(cells[0])}\b"), [cells[1], cells[0], *cells[2].split("، ")]


def in_english(message: Message) -> str:
    """The sentence without names of files and placeholders, and with a small letter, unlike the name of the app."""
    text = re.sub(r"%\(\w+\)[sd]|\w+\.\w{3,4}\b", "", texts(message)[0])
    return text[:1].lower() + text[1:]


@pytest.mark.shows("A13")
def test_one_word_for_one_thing_in_arabic() -> None:
    catalogue = translations.read(translations.CATALOGUES / "ar" / "LC_MESSAGES" / "messages.po")
    other = []
    for english, arabic in glossary():
        for each in sentences():
            found = catalogue.get(each.id, each.context) if each.id else None
            said = TASHKEEL.sub("", " ".join(translations.texts(found.string))) if found else ""
            if said and english.search(in_english(each)) and not any(TASHKEEL.sub("", form) in said for form in arabic):
                other.append(f"{english.pattern}: {texts(each)[0]!r} → {said!r}")
    assert not other, "\n".join(other)
