"""Work that outlives a request: late counts, erased pages of the log, files nobody needs. One runner a process."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from workshop import activities
from workshop.commands import CannotSave, upkeep
from workshop.queries import rooms

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks


def count(facts: Mapping[str, Any]) -> None:
    """The two minutes for late ballots are over."""
    activity = rooms.activity(facts["activity"], facts["workshop"])
    if activity is not None:
        activities.count(activity)


def shorten_log(facts: Mapping[str, Any]) -> None:
    """Try again to empty the database's log after words were taken back."""
    upkeep.shorten_log()


JOBS: dict[str, Callable[[Mapping[str, Any]], None]] = {"count": count, "shorten_log": shorten_log}


def run_due() -> int:
    """Do everything that is due now; returns how many jobs were done."""
    done = 0
    while upkeep.is_job_due() and (job := upkeep.take_job()):
        done += _run(job)
    return done


def _run(job: Any) -> bool:
    try:
        JOBS[job.name](job.facts)
    except Exception:
        log.exception("The job %s failed", job.name)
        upkeep.finish_job(job.id, done=False)
        return False
    upkeep.finish_job(job.id, done=True)
    return True


def keep_running(app: Flask, stop: threading.Event) -> None:
    """Look for work until told to stop; a database that cannot write now is asked again later."""
    while not stop.wait(PAUSE):
        with app.app_context():
            try:
                run_due()
            except CannotSave:
                log.warning("The database cannot save just now; jobs wait.")
