"""Opinion groups of a counted choice: a child process finds them, and they are kept with the ballots."""

import json
import logging
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.counting.opinion_groups import NOT_PLACED
from workshop.events import announce
from workshop.extensions import db
from workshop.media.rebuild import ENVIRONMENT, interpreter
from workshop.models import Activity, Ballot

# Started by its path: it needs numpy, which no server process loads, and nothing of the app.
PROGRAM = Path(__file__).parents[1] / "counting" / "opinion_map.py"
LONGEST = 50  # seconds; a job that takes longer is begun by another process, too
FAILED = "failed"

_log = logging.getLogger(__name__)
_KEEP = sa.update(Ballot).where(Ballot.id == sa.bindparam("ballot")).values(opinion_group=sa.bindparam("group"))


def look(activity: Any, rows: Sequence[str]) -> None:
    """Find the groups of these answers, which are those of the ballots in their order, and keep them."""
    _keep(activity, _found(rows))


def _found(rows: Sequence[str]) -> Mapping[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_child(rows))
    except (OSError, ValueError, subprocess.SubprocessError):
        _log.exception("Opinion groups could not be looked for")
        return {"groups": None, "places": [], "because": FAILED}
    return found


def _child(rows: Sequence[str]) -> bytes:
    """It hears answers, and neither whose they are nor what they are about."""
    needed = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    return subprocess.run(  # noqa: S603 - our own program, and nothing but signs that we wrote
        [interpreter(), "-P", str(PROGRAM)],
        input=json.dumps(list(rows)).encode(),
        capture_output=True,
        timeout=LONGEST,
        check=True,
        env={**needed, "OPENBLAS_NUM_THREADS": "1"},  # two busy threads on two busy cores wait for each other
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ).stdout


@command
def _keep(activity: Any, found: Mapping[str, Any]) -> None:
    """Once: a second finding of the same ballots is the same. What was deleted meanwhile stays so."""
    fresh = db.session.get(Activity, activity.id)
    if fresh is None:
        return
    groups = found["groups"] or []
    ids = db.session.execute(sa.select(Ballot.id).where(Ballot.activity_id == fresh.id).order_by(Ballot.id)).scalars()
    if groups:
        kept = [{"ballot": one, "group": group} for one, group in zip(ids, groups, strict=True)]
        db.session.connection().execute(_KEEP, kept)
    said = {"because": found["because"], "middles": _middles(groups, found["places"])}
    fresh.counted = {**(fresh.counted or {}), "opinions": said}
    db.session.flush()
    announce(fresh.workshop_id, "found_groups", activity=fresh.id)


def _middles(groups: Sequence[int], places: Sequence[Sequence[float]]) -> list[list[float]]:
    """Of single people no place is kept."""
    inside: dict[int, list[Sequence[float]]] = {}
    for group, place in zip(groups, places, strict=False):
        inside.setdefault(group, []).append(place)
    inside.pop(NOT_PLACED, None)
    return [[round(sum(axis) / len(axis), 3) for axis in zip(*inside[group], strict=True)] for group in sorted(inside)]
