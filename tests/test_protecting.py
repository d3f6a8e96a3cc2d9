"""What is noticed in words: names, dates and places for a facilitator's tap; despair for a person to read; changes."""

import pytest

from workshop.protecting.cues import speaks_of_self_harm
from workshop.protecting.difference import differences
from workshop.protecting.suggestions import Suggestion, every_word, suggestions, take_out

ENGLISH = (
    "My name is Anna Made-Up. I met Mrs Example and nurse Joy on 12 March 2024 at 14:30 near Station Road. "
    "Call +44 20 7946 0958 or write to anna@example.org. On Monday at 3 pm I saw Dr. Invented at 12 High Street."
)
ARABIC = "ذهبت إلى السيدة مثال يوم الخميس الساعة ٣ في شارع المثال ورقمي ٠٧٧٠١٢٣٤٥٦٧ في 12 مارس 2024."


@pytest.mark.shows("P20")
def test_names_dates_places_and_numbers_are_noticed() -> None:
    found = {each.words: each.kind for each in suggestions(ENGLISH)}
    assert found == {
        "Anna Made-Up": "name",
        "Mrs Example": "name",
        "Joy": "name",
        "12 March 2024": "date",
        "14:30": "date",
        "Station Road": "place",
        "+44 20 7946 0958": "contact",
        "anna@example.org": "contact",
        "Monday": "date",
        "3 pm": "date",
        "Dr. Invented": "name",
        "12 High Street": "place",
    }


@pytest.mark.shows("P20")
def test_arabic_has_no_capitals_and_is_noticed_by_titles_days_and_digits() -> None:
    found = {each.words: each.kind for each in suggestions(ARABIC)}
    assert found == {
        "السيدة مثال": "name",
        "يوم الخميس": "date",
        "الساعة ٣": "date",
        "شارع المثال": "place",
        "٠٧٧٠١٢٣٤٥٦٧": "contact",
        "12 مارس 2024": "date",
    }


@pytest.mark.parametrize(
    "text",
    ["They never called back. Nobody did! Why? I waited.", "«We waited.» The bus came.", "I'm ok. I may go."],
)
def test_a_capital_at_the_beginning_of_a_sentence_is_no_name(text: str) -> None:
    assert suggestions(text) == []


def test_what_is_taken_out_goes_everywhere_and_only_as_a_whole_word() -> None:
    assert take_out("Ann met Anna and Ann.", ["Ann"], "[name]") == "[name] met Anna and [name]."
    assert take_out("a+b (a+b) a", ["a+b"], r"\1") == r"\1 (\1) a"
    assert take_out("As it was", [], "[name]") == "As it was"
    assert take_out("Mrs Example", ["Mrs", "Mrs Example"], "[name]") == "[name]"


def test_the_same_words_are_offered_once_and_every_word_can_be_ticked() -> None:
    assert suggestions("We met Ann, then Ann left.") == [Suggestion("Ann", "name")]
    assert every_word("ann met ann, o'neill & ٣") == ["ann", "met", "o'neill", "٣"]


@pytest.mark.shows("P23")
@pytest.mark.parametrize(
    "text",
    [
        "Some days I want to die.",
        "I WANTED TO KILL MYSELF",
        "i don’t want to live  like this",
        "I thought of suicide.",
        "I self-harm when it gets bad",
        "أريد أن أموت",
        "سَأَقْتُل نفسي",
        "فكرت في الانتحار",
        "وبالانتحار فكرت",
        "اريد ان اموت",
    ],
)
def test_words_of_self_harm_are_noticed_in_each_language(text: str) -> None:
    assert speaks_of_self_harm(text)


@pytest.mark.shows("P23")
@pytest.mark.parametrize(
    "text",
    [
        "I am dying to see the new office.",
        "We were killing time in the waiting room.",
        "The suicide prevention office was closed.",
        "I hurt myself laughing.",
        "My plant died. The deadline was hard.",
        "انتظرت ساعة ولم يأت أحد",
        "مكتب الوقاية من الانتحار مغلق",
        "",
    ],
)
def test_everyday_words_are_not(text: str) -> None:
    assert not speaks_of_self_harm(text)


def test_a_difference_gives_both_texts_back_and_marks_what_changed() -> None:
    before, after = "Mrs Example shouted at me.", "Somebody shouted at me twice."
    old, new = differences(before, after)
    assert "".join(piece.words for piece in old) == before
    assert "".join(piece.words for piece in new) == after
    assert [piece.words for piece in old if piece.changed] == ["Mrs Example"]
    assert [piece.words.strip() for piece in new if piece.changed] == ["Somebody", "twice"]


def test_a_very_long_text_is_compared_in_one_piece_and_soon() -> None:
    old, new = differences("a b " * 3000, "a c " * 3000)
    assert (len(old), len(new)) == (1, 1)
