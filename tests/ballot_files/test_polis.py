"""Conversations as Polis exports them: read, counted by group, and beside the published groups."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counting.rooms import SHARED, needs_polis, needs_reference, participants, reference
from workshop.ballot_files import polis, recount
from workshop.counting.opinions import Said, in_every_group, more_than_others, said, shared, shared_no

MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
1,0,0,3,2,1,1,1,-1
2,0,0,3,2,1,1,0,-1
3,1,0,2,1,1,1,,-1
4,1,0,3,1,2,1,-1,-1
"""
PUBLISHED = ("london.youth.policing", "scoop-hivemind.ubi")


def published(name: str, file: str) -> Path:
    return SHARED / "polis" / name / file


def test_what_all_groups_want_and_what_no_group_wants() -> None:
    told = recount.conversation(MATRIX)
    assert (told["people"], told["groups"]) == (4, {"0": 2, "1": 2})
    assert (told["selected"], told["refused"]) == (["0"], ["2"])
    assert told["statements"]["1"]["by_group"]["1"] == {"agree": 0, "disagree": 1, "seen": 1}
    assert told["statements"]["0"]["agree_in_all"] == told["statements"]["2"]["disagree_in_all"] == 9 / 16


def test_a_majority_without_one_of_the_groups_is_no_common_ground() -> None:
    groups = [Said(90, 5, 100), Said(1, 8, 10)]
    assert not in_every_group(groups)
    assert shared(groups) > shared_no(groups)


def test_a_later_answer_stands_in_place_of_the_earlier() -> None:
    head = "timestamp,datetime,comment-id,voter-id,vote\n"
    held = polis.read([head, "1,x,7,a,1\n", "2,x,7,a,-1\n", "3,x,8,a,0\n"])
    assert (held.items, held.votes, held.groups) == (("7", "8"), {"a": {"7": -1, "8": 0}}, {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the first line has neither participant"),
        ("name,age\n", "the first line has neither participant"),
        ("participant,group-id,0\n1,0,2\n", "line 2: «2» is not 1, -1 or 0"),
        ("participant,group-id,0\n1,0\n", "line 2 has 2 cells"),
    ],
)
def test_what_is_no_such_file_is_said_with_its_line(text: str, says: str) -> None:
    with pytest.raises(polis.NotPolis, match=says):
        polis.read(text.splitlines())


@needs_polis
@pytest.mark.parametrize("name", PUBLISHED)
def test_the_totals_of_every_published_person_are_the_same(name: str) -> None:
    held = polis.read(published(name, "participants-votes.csv").read_text("utf-8").splitlines())
    for row in participants(name):
        given = list(held.votes[row["participant"]].values())
        assert (given.count(1), given.count(-1)) == (int(row["n-agree"]), int(row["n-disagree"]))


@needs_polis
@needs_reference
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_groups_share_and_differ_as_two_other_programs_say(name: str) -> None:
    known = reference("polis_groups.json")[name]
    held = polis.read(published(name, "participants-votes.csv").read_text("utf-8").splitlines())
    groups = dict(held.by_group())
    assert {group: len(cast) for group, cast in groups.items()} == known["groups"]
    for statement in known["statements"]:
        found = {group: said(cast, str(statement["id"])) for group, cast in groups.items()}
        assert float(shared(found.values())) == pytest.approx(statement["gic"], abs=1e-12)
        for group, numbers in statement["groups"].items():
            assert found[group] == Said(numbers["agree"], numbers["disagree"], numbers["seen"])
            others = list(_others(found, group))
            test = more_than_others(found[group].agree, found[group].seen, *map(sum, zip(*others, strict=True)))
            assert test == pytest.approx(numbers["rep_test_agree"], abs=1e-12)


def _others(found: dict[str, Said], group: str) -> Iterator[tuple[int, int]]:
    return ((each.agree, each.seen) for name, each in found.items() if name != group)
