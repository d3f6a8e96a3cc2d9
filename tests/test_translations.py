"""Every page speaks the language that somebody chose: catalogues, plurals, the menu, Arabic and a made-up language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from flask import Flask
from flask_babel import force_locale, gettext, ngettext, pgettext

from tests.support import build, installation, pseudo, visible
from tests.support.people import Participant, People
from tests.support.walk import everywhere
from tools import translations

# What people write in these rooms is Greek, see tests/support/walk.py.
LATIN = re.compile(r"[^\W\d_\u0370-\u03ff\u1f00-\u1fff\u0600-\u06ff⟦⟧]{2,}")
# Addresses, codes of rooms, names of files, dates in the made-up language, and its own name.
NAMES = re.compile(
    r"\S+@example\.org|(http://)?localhost:5000\S*|\b[A-Z0-9]{7}\b|\b[0-9a-f]{12}\b|\d{4}-\w+-\d{2}|\bEsperanto\b"
)
# Names of formats, laws and keys that are the same in Arabic.
SAME_IN_ARABIC = {"QR", "CSV", "JSON", "GDPR", "UTC", "DPIA", "https", "Bradley", "Terry"}
ARABIC = re.compile(r"[\u0600-\u06ff]")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    """Every sentence of the code, the templates and the recipes."""
    return translations.sentences()


def left_over(text: str) -> list[str]:
    return LATIN.findall(NAMES.sub(" ", text))


def test_every_catalogue_is_complete(wanted: Catalog) -> None:
    for path in translations.catalogues():
        faults = list(translations.faults_of(translations.read(path), wanted))
        assert not faults, "\n".join(faults)
    assert len(wanted) > 900


@pytest.mark.parametrize(
    ("said", "fault"),
    [("", "not translated"), ("%(name)s", "other placeholders"), ("%(title)s %%", "other placeholders")],
)
def test_a_catalogue_with_a_fault_is_not_complete(said: str, fault: str) -> None:
    wanted, catalogue = Catalog(), Catalog(locale="ar")
    wanted.add("Next: %(title)s")
    catalogue.add("Next: %(title)s", said)
    assert list(translations.faults_of(catalogue, wanted)) == [f"ar: {fault}: 'Next: %(title)s'"]


def test_a_guess_or_a_missing_plural_form_is_a_fault() -> None:
    wanted, catalogue = Catalog(), Catalog(locale="ar")
    for sentence in ("Back", ("%(num)s dot", "%(num)s dots")):
        wanted.add(sentence)
    catalogue.add("Back", "رجوع", flags=["fuzzy"])
    catalogue.add(("%(num)s dot", "%(num)s dots"), ("لا", "نقطة", "نقطتان", "%(num)s نقاط", "%(num)s نقطة"))
    assert [fault.split(": ")[1] for fault in translations.faults_of(catalogue, wanted)] == [
        "marked as a guess",
        "not translated",
    ]


def test_arabic_counts_in_six_forms(app: Flask) -> None:
    with app.test_request_context(), force_locale("ar"):
        said = {n: ngettext("%(num)s dot", "%(num)s dots", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)}
    assert (said[0], said[1], said[2]) == ("لا نقاط", "نقطة واحدة", "نقطتان")
    assert said[3] == "3 نقاط"
    assert said[10] == "10 نقاط"
    assert (said[11], said[99], said[111]) == ("11 نقطة", "99 نقطة", "111 نقطة")
    assert (said[100], said[102], said[103]) == ("100 نقطة", "102 نقطة", "103 نقاط")
    with app.test_request_context(), force_locale("ar"):
        people = {n: ngettext("%(num)s person took part.", "%(num)s people took part.", n) for n in (11, 100)}
    assert people == {11: "شارك 11 شخصًا.", 100: "شارك 100 شخص."}


def test_one_english_word_can_be_two_in_arabic(app: Flask) -> None:
    """«Open» is what a button does, what a workshop is and how a promise stands."""
    with app.test_request_context(), force_locale("ar"):
        said = gettext("Open"), pgettext("state", "Open"), pgettext("promise", "Open")
    assert said == ("فتح", "مفتوحة", "قائم")


def test_the_language_menu_speaks_each_language_in_its_own_script(people: People) -> None:
    start = people.stranger().get("/")
    menu = {a.get("hreflang"): "".join(a.itertext()).strip() for a in start.all("a") if a.get("hreflang")}
    assert menu == {"en": "English", "ar": "العربية"}


def test_a_language_that_was_asked_for_stays(app: Flask, people: People) -> None:
    bea = people.stranger()
    first = bea.get("/?lang=ar")
    assert (first.tree.get("lang"), first.tree.get("dir")) == ("ar", "rtl")
    later = bea.get("/join")
    assert (later.tree.get("lang"), later.tree.get("dir")) == ("ar", "rtl")
    assert later.h1 == "ما هو الرمز؟"
    assert bea.get("/join?lang=tlh").tree.get("lang") == "ar"
    assert bea.get("/?lang=en").tree.get("dir") == "ltr"
    assert bea.get("/join").h1 == "What is the code?"


def test_a_phone_that_prefers_arabic_gets_it_without_asking(people: People) -> None:
    bea = people.stranger()
    assert bea.get("/", **{"Accept-Language": "ar-SY,ar;q=0.9,en;q=0.5"}).tree.get("dir") == "rtl"
    assert bea.get("/", **{"Accept-Language": "de,fr;q=0.5"}).tree.get("lang") == "en"


@pytest.fixture
def arabic(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    made = installation.make(tmp_path / "instance", empty_database, LANGUAGES=["ar", "en"])
    with installation.closing(made) as app:
        yield app


@pytest.fixture
def made_up(tmp_path: Path, empty_database: Path, wanted: Catalog) -> Iterator[Flask]:
    """The app in a language of brackets, accents and sentences that are 40 % longer."""
    with installation.closing(pseudo.make(tmp_path, empty_database, wanted)) as app:
        yield app


def test_the_made_up_language_is_marked_longer_and_keeps_placeholders() -> None:
    assert pseudo.stretched("Next: %(title)s") == "⟦Ñéxt: %(title)s ẽẽẽẽẽ⟧"
    assert len(pseudo.stretched("Back")) >= 4 * 1.4 + 2
    assert pseudo.unmarked("⟦Ñéxt: ⟦Ýéš ẽ⟧ ẽẽẽ⟧: Ο τόπος Back") == " : Ο τόπος Back"


def test_nothing_on_any_page_goes_past_the_catalogue(made_up: Flask) -> None:
    """Every page is a checked page, too, with all sentences longer."""
    past, pages = [], 0
    for seen in everywhere(made_up, People(made_up)):
        pages += 1
        for piece in visible.pieces(seen.page):
            past += [f"{seen.who} {seen.path}: {word}" for word in left_over(pseudo.unmarked(piece))]
    assert not past, "\n".join(sorted(set(past)))
    assert pages > 100


@pytest.mark.shows("A19")
def test_every_page_is_arabic_from_right_to_left(arabic: Flask) -> None:
    foreign, pages = [], 0
    for seen in everywhere(arabic, People(arabic)):
        pages += 1
        assert (seen.page.tree.get("lang"), seen.page.tree.get("dir")) == ("ar", "rtl"), seen.path
        for piece in visible.pieces(seen.page):
            words = set(left_over(piece)) - SAME_IN_ARABIC
            foreign += [f"{seen.who} {seen.path}: {word}" for word in words]
        assert ARABIC.search(seen.page.text), seen.path
    assert not foreign, "\n".join(sorted(set(foreign)))
    assert pages > 100


def test_somebody_with_an_english_phone_sits_beside_somebody_with_an_arabic_one(app: Flask, people: People) -> None:
    """Shared parts are kept for each language."""
    room = build.workshop(app, people.organisation_id, "cards", settings={"trusted_room": True})
    room.open("cards")
    bea = Participant(app, room)
    amal = Participant(app, room)
    amal.get("/?lang=ar")
    assert "Please look at the screen" in bea.see("look-up").text
    assert "يُرجى النظر إلى الشاشة" in amal.see("look-up").text
    assert "Please look at the screen" in bea.see("look-up").text
