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
from pathlib import Path
from statistics import fmean, median
from typing import Any

from bench.figures import Figure, at_most_times
from tools.environment import ORACLES
from workshop.ballot_files import pabulib
from workshop.counting.bradley_terry import strengths
from workshop.counting.budgets.equal_shares import equal_shares
from workshop.counting.budgets.greedy import greedy
from workshop.counting.budgets.pots import Pot
from workshop.counting.ranked.borda import borda
from workshop.counting.ranked.duels import duels
from workshop.counting.ranked.runoff import run_off
from workshop.counting.ranked.schulze import schulze

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data" / "pabulib"
LIBRARY = Path(__file__).with_name("library.py")
TIMES, OURS = 2, 5
THIRD, TENTH = 1 / 3, 1 / 10
HARDLY = 1e-6  # of a duel


@dataclass(frozen=True, slots=True)
class Question:
    """One question to both: what the library is asked, and how we answer it. Without `most` the time is only told."""

    name: str
    facts: Mapping[str, Any]
    ours: Callable[[], Any]
    most: float | None = None


def questions() -> Iterator[Question]:
    yield from _published()
    yield from _halls()
    yield from _orders()
    yield from _duels()


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
        yield Question(f"strengths, {many} duels of {number} items", facts, _likeliest(won, items))


def _likeliest(won: Sequence[tuple[str, str]], items: Sequence[str]) -> Callable[[], Any]:
    return lambda: rounded(strengths([(*duel, 1) for duel in won], items, HARDLY))


def rounded(strong: Mapping[str, float]) -> dict[str, float]:
    """As exact as two programs that draw near the same numbers can be, the average item at 0."""
    middle = fmean(strong.values())
    return {item: round(each - middle, 3) + 0.0 for item, each in strong.items()}


def answers(question: Question) -> Iterator[str | Figure]:
    """Whether both say the same; and what ours costs beside theirs, ballots read."""
    theirs = _ask(question.facts)
    ours = question.ours()
    answer = theirs["answer"] if isinstance(theirs["answer"], list) else rounded(theirs["answer"])
    if ours != answer:
        yield f"DIFFERS  {question.name}: ours {_short(ours)}, theirs {_short(answer)}"
    mine = median(_seconds(question.ours) for _ in range(OURS))
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
