"""`make oracles`: our counting beside the field's libraries: the same answer, and at most a third of their time.

They live in an environment of their own (`.venv-oracles`, about a gigabyte). Published elections are read where
../shared/data is; made-up ballots, the same in every run, stand for large halls. A budget may cost a tenth.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean, median
from typing import Any

from bench import opinions
from bench.figures import Figure, at_most_times
from tools.environment import ORACLES
from workshop.ballot_files import pabulib, polis
from workshop.counting.bradley_terry import strengths
from workshop.counting.budgets.equal_shares import equal_shares
from workshop.counting.budgets.greedy import greedy
from workshop.counting.budgets.pots import Pot
from workshop.counting.opinion_map import answers as signs
from workshop.counting.opinion_map import positions
from workshop.counting.ranked.borda import borda
from workshop.counting.ranked.duels import duels
from workshop.counting.ranked.runoff import run_off
from workshop.counting.ranked.schulze import schulze

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PUBLISHED, SPOKEN = DATA / "pabulib", DATA / "polis"
LIBRARY = Path(__file__).with_name("library.py")
TIMES, OURS = 2, 5
THIRD, TENTH = 1 / 3, 1 / 10
HARDLY = 1e-6  # of a duel
HALL = 5000


@dataclass(frozen=True, slots=True)
class Question:
    """One question to both: what the library is asked, and how we answer it. Without `most` the time is only told.

    `read` makes both answers comparable; `timed` is what theirs does, where that is more than the answer."""

    name: str
    facts: Mapping[str, Any]
    ours: Callable[[], Any]
    most: float | None = None
    read: Callable[[Any], Any] = list
    timed: Callable[[], Any] | None = None


def questions() -> Iterator[Question]:
    yield from _published()
    yield from _halls()
    yield from _orders()
    yield from _duels()
    yield from _opinions()


def _published() -> Iterator[Question]:
    for path in sorted(PUBLISHED.glob("*.pb")):
        held = pabulib.read(path.read_text("utf-8", errors="replace"))
        shares = held.meta.get("rule", "").startswith("equalshares")
        wishes = [vote.projects for vote in held.votes]
        yield _spent(path.stem, "equal_shares" if shares else "greedy", wishes, held.pot)


def _halls() -> Iterator[Question]:
    chance = random.Random(1)
    for people, projects in ((500, 20), (500, 200)):
        costs = {f"project{number}": chance.randint(1000, 20000) for number in range(projects)}
        liked = [chance.random() ** 2 + 0.05 for _ in costs]
        wishes = [sorted(set(chance.choices(list(costs), liked, k=5))) for _ in range(people)]
        pot = Pot(sum(costs.values()) // 4, costs)
        coin = max(1, pot.budget // (100 * people))
        yield _spent(f"{people} people, {projects} projects", "equal_shares", wishes, pot, coin)
        yield _spent(f"{people} people, {projects} projects", "greedy", wishes, pot)


def _spent(name: str, rule: str, wishes: Sequence[Sequence[str]], pot: Pot, coin: int = 1) -> Question:
    facts = {"what": rule, "wishes": wishes, "costs": pot.costs, "budget": pot.budget, "coin": coin}
    if rule == "greedy":
        return Question(f"greedy, {name}", facts, lambda: sorted(greedy(wishes, pot).selected), TENTH)

    def shares() -> list[str]:
        return sorted(equal_shares(wishes, pot, exhaustive=True, coin=coin).selected)

    return Question(f"equal shares, {name}", facts, shares, TENTH)


def _orders() -> Iterator[Question]:
    """Ten of twenty items in order on five hundred ballots, so that many end early."""
    chance, items = random.Random(3), [f"item{number}" for number in range(20)]
    cast = [{item: at for at, item in enumerate(chance.sample(items, 10), 1)} for _ in range(500)]
    methods: Mapping[str, Callable[[], Sequence[str]]] = {
        "schulze": lambda: schulze(duels(cast, items))[0],
        "borda": lambda: borda(duels(cast, items))[0],
        "run_off": lambda: run_off(cast, items).winners,
    }
    for what, method in methods.items():
        facts = {"what": what, "items": items, "ballots": cast}
        yield Question(f"{what}, 500 ballots of 20 items", facts, lambda method=method: sorted(method()), THIRD)


def _duels() -> Iterator[Question]:
    """With next to no imagined duels, which the libraries imagine otherwise. Theirs is compiled code; ours is measured
    by `make bench` against a time of its own."""
    for number, many in ((20, 500), (200, 5000)):
        chance, items = random.Random(5), [f"item{at}" for at in range(number)]
        met = [tuple(chance.sample(items, 2)) for _ in range(many)]
        won = [(one, other) if chance.random() < 0.5 else (other, one) for one, other in met]
        facts = {"what": "strengths", "items": items, "answers": won, "alpha": 0.0}
        name = f"strengths, {many} duels of {number} items"
        yield Question(name, facts, _likeliest(won, items), read=rounded)


def _likeliest(won: Sequence[tuple[str, str]], items: Sequence[str]) -> Callable[[], Any]:
    return lambda: strengths([(*duel, 1) for duel in won], items, HARDLY)


def _opinions() -> Iterator[Question]:
    """People of two minds who answered two statements in five; and a conversation that took place."""
    for people, statements in ((500, 200), (5000, 200)):
        yield from _groups(f"{people} people, {statements} statements", opinions.of_two_minds(people, statements))
    for path in sorted(SPOKEN.glob("*/votes.csv")):
        held = polis.read(path.read_text("utf-8").splitlines())
        asked = [item for item in held.items if any(item in said for said in held.votes.values())]
        rows = ["".join(opinions.SIGNS[said.get(item)] for item in asked) for said in held.votes.values()]
        yield from _groups(path.parent.name, rows)


def _groups(name: str, rows: Sequence[str]) -> Iterator[Question]:
    """The places are compared. For the time: first what theirs does, places, groups and what stands for them; then all
    that ours does, which also asks whether groups are stable, and in a hall still takes a third at most."""
    facts, lie = {"what": "opinion_groups", "rows": rows}, partial(_places, rows)
    yield Question(f"opinion groups, {name}", facts, lie, THIRD, _turned, partial(opinions.cut_and_tell, rows))
    most = THIRD if len(rows) >= HALL else None
    yield Question(f"stable ones, {name}", facts, lie, most, _turned, partial(opinions.find_and_tell, rows))


def _places(rows: Sequence[str]) -> dict[str, float]:
    lie = positions(signs(rows))
    return {f"{person} {axis}": float(place) for person, two in enumerate(lie) for axis, place in enumerate(two)}


def _turned(places: Mapping[str, float]) -> dict[str, float]:
    """Which end of an axis is which is nobody's to say: here its farthest end is its positive one."""
    ends = {axis: max((each for name, each in places.items() if name.endswith(axis)), key=abs) for axis in (" 0", " 1")}
    return {name: round(each if ends[name[-2:]] >= 0 else -each, 3) + 0.0 for name, each in places.items()}


def rounded(strong: Mapping[str, float]) -> dict[str, float]:
    """As exact as two programs that draw near the same numbers can be, the average item at 0."""
    middle = fmean(strong.values())
    return {item: round(each - middle, 3) + 0.0 for item, each in strong.items()}


def answers(question: Question) -> Iterator[str | Figure]:
    """Whether both say the same; and what ours costs beside theirs, ballots read."""
    theirs = _ask(question.facts)
    ours, answer = question.read(question.ours()), question.read(theirs["answer"])
    if ours != answer:
        yield f"DIFFERS  {question.name}: ours {_short(ours)}, theirs {_short(answer)}"
    mine = median(_seconds(question.timed or question.ours) for _ in range(OURS))
    if question.most is None:
        yield f"told     {question.name}: {1000 * mine:.0f} ms beside {1000 * theirs['seconds']:.0f}"
    else:
        yield at_most_times(question.name, 1000 * mine, "ms", 1000 * theirs["seconds"], question.most)


def _ask(facts: Mapping[str, Any]) -> dict[str, Any]:
    asked = json.dumps({**facts, "times": TIMES})
    done = subprocess.run([str(ORACLES), str(LIBRARY)], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _short(answer: object) -> str:
    return str(answer) if len(str(answer)) < 200 else f"{str(answer)[:200]}…"


def main() -> int:
    """Exit code 1 when an answer differs or a promise of speed is not kept."""
    said = [line for question in questions() for line in _print(answers(question))]
    bad = [line for line in said if str(line).startswith(("DIFFERS", "MISSED"))]
    print(f"{len(said)} lines, {len(bad)} to look at.")
    return 1 if bad else 0


def _print(lines: Iterator[str | Figure]) -> Iterator[str | Figure]:
    for line in lines:
        print(line, flush=True)
        yield line


if __name__ == "__main__":
    sys.exit(main())
