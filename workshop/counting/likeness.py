"""Which texts are near one another, and why, in words that both use.

Words and runs of four characters are weighed by tf-idf and compared by the cosine of their angle: Salton, G. and
Buckley, C. (1988), "Term-weighting approaches in automatic text retrieval", Information Processing & Management
24(5):513-523. Runs of characters find «bus» in «buses» and work in languages that write no blanks: McNamee, P. and
Mayfield, J. (2004), "Character n-gram tokenization for European language text retrieval", Information Retrieval
7:73-97. What a third of the texts say tells nothing apart. No list of words of any language is needed.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RUN, SHORT, LONGEST_TEXT, REASONS, LEAST = 4, 2, 4000, 3, 0.05
_WORD = re.compile(r"[^\W\d_]{2,}")
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Near:
    """A text that is near: how near, from 0 to 1, and the words that say why."""

    id: str
    likeness: float
    both: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many texts of a collection each term stands. What many of them say weighs nothing, and what a good part of
    them says is no reason: those are the words of every story, in whatever language."""

    many: int
    in_texts: Counter[str]

    def weight(self, term: str) -> float:
        number = self.in_texts[term] or 1
        return 0.0 if number > max(REASONS, self.many / 3) else math.log(1 + self.many / number)

    def tells(self, term: str) -> bool:
        few = min(REASONS, self.many / 3)  # of six stories, what three say says little
        return self.in_texts[term] <= max(2, few, self.many / 8)


def near(text: str, others: Mapping[str, str], most: int = 5, among: Sequence[str] = ()) -> list[Near]:
    """The nearest of these texts, each with the words it shares; none without a telling word in common. `among`: texts
    of the whole collection, by which it is known what everybody says; without them these texts are all there is."""
    bags = [_bag(said) for said in (text, *others.values())]
    rare = _rarity([_bag(said) for said in among] if among else bags)
    here, *there = (_weighed(bag, rare) for bag in bags)
    pairs = zip(others, there, strict=True)
    found = [Near(each, _cosine(here, weights), _shared(here, weights, rare)) for each, weights in pairs]
    telling = [each for each in found if each.both and each.likeness >= LEAST]
    return sorted(telling, key=lambda each: (-each.likeness, each.id))[:most]


def telling_words(text: str, most: int = 12) -> list[str]:
    """The words by which to look for texts that may be near: the longest, since those are rare in most languages."""
    words = dict.fromkeys(_WORD.findall(text[:LONGEST_TEXT].casefold()))
    return sorted(words, key=lambda word: (-len(word), word))[:most]


def _bag(text: str) -> Counter[str]:
    """Words as they are, and runs of characters marked by a dot."""
    words = _WORD.findall(text[:LONGEST_TEXT].casefold())
    return Counter([*words, *(f".{run}" for word in words for run in _runs(word))])


def _runs(word: str) -> list[str]:
    return [word[at : at + RUN] for at in range(len(word) - RUN + 1)] or [word]


def _rarity(bags: Sequence[Counter[str]]) -> Rarity:
    return Rarity(len(bags), Counter(term for bag in bags for term in bag))


def _weighed(bag: Counter[str], rare: Rarity) -> Weights:
    weights = {term: (1 + math.log(number)) * rare.weight(term) for term, number in bag.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items() if weight}


def _cosine(here: Weights, there: Weights) -> float:
    few, many = sorted((here, there), key=len)
    return sum(weight * many[term] for term, weight in few.items() if term in many)


def _shared(here: Weights, there: Weights, rare: Rarity) -> tuple[str, ...]:
    """The whole words of both that weigh most, long ones first where there are any: short ones rarely say what of."""
    both = [term for term in here if term in there and not term.startswith(".") and rare.tells(term)]
    telling = [term for term in both if len(term) >= RUN] or [term for term in both if len(term) > SHORT]
    return tuple(sorted(telling or both, key=lambda term: (-here[term] * there[term], term))[:REASONS])
