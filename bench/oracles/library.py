"""Answers one question with the field's library, in the libraries' own environment; knows nothing of the app.

A question is JSON on standard input, `what` and its facts. The answer is JSON: `answer`, and `seconds` of the last of
`times` runs, ballots read: the first ones warm up what a library compiles.
"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")


def equal_shares(asked):
    from pabutools.election import Cost_Sat
    from pabutools.rules import method_of_equal_shares

    instance, profile = _pot(asked)
    chosen = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, voter_budget_increment=asked["coin"])
    return sorted(project.name for project in chosen)


def greedy(asked):
    from pabutools.election import Cost_Sat
    from pabutools.rules import greedy_utilitarian_welfare

    instance, profile = _pot(asked)
    return sorted(project.name for project in greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat))


def _pot(asked):
    from pabutools.election import ApprovalBallot, ApprovalProfile, Instance, Project

    projects = {name: Project(name, cost) for name, cost in asked["costs"].items()}
    instance = Instance(projects.values(), budget_limit=asked["budget"])
    return instance, ApprovalProfile(ApprovalBallot(projects[name] for name in wants) for wants in asked["wishes"])


def schulze(asked):
    from pref_voting.margin_based_methods import beat_path

    return _winners(asked, lambda profile: beat_path(profile, strength_function=profile.support))


def borda(asked):
    from pref_voting.scoring_methods import borda_for_profile_with_ties

    return _winners(asked, borda_for_profile_with_ties)


def run_off(asked):
    from pref_voting.iterative_methods import instant_runoff_for_truncated_linear_orders

    return _winners(asked, instant_runoff_for_truncated_linear_orders, extended=False)


def _winners(asked, method, extended=True):
    from pref_voting.profiles_with_ties import ProfileWithTies

    number = {name: at for at, name in enumerate(asked["items"])}
    orders = [{number[name]: place for name, place in ballot.items()} for ballot in asked["ballots"]]
    profile = ProfileWithTies(orders, candidates=list(number.values()))
    if extended:
        profile.use_extended_strict_preference()
    return sorted(asked["items"][at] for at in method(profile))


def strengths(asked):
    import choix

    number = {name: at for at, name in enumerate(asked["items"])}
    won = [(number[better], number[other]) for better, other in asked["answers"]]
    found = choix.ilsr_pairwise(len(number), won, alpha=asked["alpha"])
    return dict(zip(asked["items"], map(float, found), strict=True))


def opinion_groups(asked):
    """Where everybody lies; the groups themselves are not the same in any two programs."""
    from reddwarf.implementations.polis import run_pipeline

    means = {"+": 1, "0": 0, "-": -1}
    votes = [
        {"participant_id": person, "statement_id": statement, "vote": means[sign], "modified": 0}
        for person, row in enumerate(asked["rows"])
        for statement, sign in enumerate(row)
        if sign in means
    ]
    found = run_pipeline(votes=votes, random_state=1)
    places = [found.participant_projections[person] for person in range(len(asked["rows"]))]
    return {f"{person} {axis}": float(place[axis]) for person, place in enumerate(places) for axis in (0, 1)}


QUESTIONS = {each.__name__: each for each in (equal_shares, greedy, schulze, borda, run_off, strengths, opinion_groups)}


def main():
    asked = json.load(sys.stdin)
    for _ in range(asked["times"]):
        began = time.perf_counter()
        answer = QUESTIONS[asked["what"]](asked)
        seconds = time.perf_counter() - began
    json.dump({"answer": answer, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
