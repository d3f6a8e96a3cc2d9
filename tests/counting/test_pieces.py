"""Sentences in many scripts, pieces that are found again, names that repeat a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workshop.counting.likeness import near
from workshop.counting.pieces import Piece, again, found_in, joined, quotes, sentences


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I waited 3.5 hours. Nobody came!", ["I waited 3.5 hours.", "Nobody came!"]),
        ("انتظرت ساعة. لماذا؟ لا أحد", ["انتظرت ساعة.", "لماذا؟", "لا أحد"]),
        ("我等了一小时。没人来。", ["我等了一小时。", "没人来。"]),
        ("«Too late?» Then\nI went", ["«Too late?»", "Then", "I went"]),
        ("   ", []),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, said: list[str]) -> None:
    assert [piece.of(text) for piece in sentences(text)] == said


@given(some.text(max_size=200))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(piece.of(text).split()) for piece in sentences(text)) == "".join(text.split())


def test_neighbours_are_one_piece_and_others_are_not() -> None:
    text = "One. Two. Three. Four."
    one, two, _three, four = sentences(text)
    assert [piece.of(text) for piece in joined([four, two, one], text)] == ["One. Two.", "Four."]


def test_the_same_words_are_found_where_they_went() -> None:
    before, after = "It was late. I left.", "In winter it rained. It was late. I left."
    moved = again(Piece(0, 12), before, after)
    assert moved is not None
    assert moved.of(after) == "It was late."
    assert again(Piece(0, 12), before, "It was early. I left.") is None


def test_words_are_found_however_they_are_written() -> None:
    text = "The bus\nwas late"
    assert found_in("BUS  was", text) == Piece(4, 11)
    assert found_in("a train", text) is None
    assert found_in("(", text) is None


@pytest.mark.parametrize(
    ("name", "repeats"),
    [("It was late", True), ("«It was late!» again", True), ("Late", False), ("late again", True), ("Waiting", False)],
)
def test_a_name_that_repeats_a_text_is_known(name: str, repeats: bool) -> None:
    assert quotes(name, "I say: it was late again.") is repeats


def test_what_is_near_is_near_for_a_reason() -> None:
    others = {"a": "My bus is always late in the morning", "b": "A kind nurse held my hand", "c": "Late buses, again"}
    found = near("The bus was late again", others)
    assert {each.id for each in found} == {"a", "c"}
    assert all(each.both for each in found)
    assert near("", others) == near("zebra", others) == []


EVERYBODY = [
    "They told me that they were busy and I went home, and they were right.",
    "They said that it was full and that I should come another day.",
    "I said that they were kind, and they asked me about my mother.",
    "That was when they lost my letter, and I was cross with them.",
    "They were late and I thought that nobody would come that night.",
    "When they called me, I was already on the way to the chemist.",
]


def test_what_everybody_says_brings_no_two_texts_together() -> None:
    """Found by how many of the collection say it: no language's list of little words is needed."""
    story = "They said that the lift was broken, and they were sorry."
    others = {"same": "The broken lift kept me upstairs.", "talk": "They were there, and they said that they knew."}
    found = near(story, others, among=[story, *others.values(), *EVERYBODY])
    assert [each.id for each in found] == ["same"]
    assert set(found[0].both) <= {"broken", "lift"}
