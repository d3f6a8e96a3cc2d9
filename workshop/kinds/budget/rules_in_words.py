"""Each rule in a few plain sentences, as it stands with the result."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l

from workshop.activities import Text
from workshop.counting.budgets import rules

NAMES: Mapping[str, Text] = {
    rules.EQUAL: _l("equal shares"),
    rules.EQUAL_UNTIL_FULL: _l("equal shares, until nothing more fits"),
    rules.MOST_VOTES: _l("most wanted first"),
    rules.MOST_FOR_MONEY: _l("most wanted for the money first"),
}
EQUALS = _l("Of equals the more wanted comes first, then the cheaper, then the upper on the list.")
CHEAPER = _l("Of equals the cheaper comes first, then the upper on the list.")
PASSED_OVER = _l("What no longer fits into the pot is passed over.")
SHARES = (
    _l("Everybody has the same part of the pot in mind."),
    _l("A project is paid by the people who want it, all alike. Who has too little gives all they have."),
    _l("Next comes the project of which each supporter has to pay the smallest part."),
)
GROWN = _l("If money is left, all shares grow a little, again and again. The last result that the pot can pay counts.")
FULL = _l("If money is left, all shares grow a little, again and again, until nothing more fits into the pot.")
SENTENCES: Mapping[str, Sequence[Text]] = {
    rules.EQUAL: (*SHARES, GROWN, EQUALS),
    rules.EQUAL_UNTIL_FULL: (*SHARES, FULL, EQUALS),
    rules.MOST_VOTES: (_l("The project that most people want comes first."), PASSED_OVER, CHEAPER),
    rules.MOST_FOR_MONEY: (
        _l("How many want a project is divided by its cost. The most comes first."),
        PASSED_OVER,
        CHEAPER,
    ),
}
IN_SHORT: Mapping[str, Sequence[Text]] = {
    rules.EQUAL: (SHARES[0], SHARES[2], GROWN),
    rules.EQUAL_UNTIL_FULL: (SHARES[0], SHARES[2], FULL),
    rules.MOST_VOTES: SENTENCES[rules.MOST_VOTES],
    rules.MOST_FOR_MONEY: SENTENCES[rules.MOST_FOR_MONEY],
}


def of_districts(few: int, rule: str) -> Sequence[Text]:
    """The same where there are several pots."""
    return [
        _l("You choose from the pot for everybody, and from the pot of one district."),
        _l("Where fewer than %(few)s people chose, nothing is told and nothing paid.", few=few),
        *IN_SHORT[rule][:2],
    ]
