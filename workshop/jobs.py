"""Work that outlives a request: late counts, erased pages of the log, backups. One runner a process."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from workshop import activities
from workshop.commands import CannotSave, arriving, expiring, files, nodes, rebuilding, scrubbing, upkeep
from workshop.extensions import UNREACHABLE, setting
from workshop.queries import backups, last_look, rooms

log = logging.getLogger(__name__)
ON_THE_LIST = 30.0  # seconds between two looks at what was taken back at other nodes
HOLD = 15.0  # seconds between two signs that a long job is still being done
PAUSE = 1.0  # seconds between two looks
AN_HOUR = 3600.0
GLANCE = 15.0  # seconds between two looks whether a backup is due
OF_THE_DAY = 600.0  # seconds between two looks at the calendar
AFTER_A_FAULT = 45.0  # more seconds, when one was started and it may have failed
FIRST_LOOK = 300.0  # seconds between two looks whether the night's work is due
A_NIGHT = timedelta(hours=12)
WORKSHOP = "from workshop.cli import main; main()"


def count(facts: Mapping[str, Any]) -> None:
    """The two minutes for late ballots are over."""
    activity = rooms.activity(facts["activity"], facts["workshop"])
    if activity is not None:
        activities.count(activity)


def look_closer(facts: Mapping[str, Any]) -> None:
    """A choice was counted; there is more to find in its ballots, and it takes longer."""
    activity = rooms.activity(facts["activity"], facts["workshop"])
    if activity is not None:
        activities.look_closer(activity)


def scrub(facts: Mapping[str, Any]) -> None:
    """Words were taken back: no page of the database keeps an old copy of them."""
    scrubbing.scrub()


def forget_files(facts: Mapping[str, Any]) -> None:
    """Photos that were taken back, or that never became part of anything."""
    files.delete(facts["names"])


def rebuild(facts: Mapping[str, Any]) -> None:
    """A photo, sound or film that arrived whole; while it is made, the job stays ours."""
    rebuilding.rebuild(facts["medium"], _Held(facts["job"]).hold)


class _Held:
    """Says now and then that a long job is still being done."""

    def __init__(self, job_id: str) -> None:
        self.job_id, self.since = job_id, time.monotonic()

    def hold(self) -> None:
        if time.monotonic() - self.since > HOLD:
            self.since = time.monotonic()
            upkeep.hold_job(self.job_id)


JOBS: dict[str, Callable[[Mapping[str, Any]], None]] = {
    "count": count,
    "forget_files": forget_files,
    "look_closer": look_closer,
    "rebuild": rebuild,
    "scrub": scrub,
}


def run_due(*, slow: bool = False) -> int:
    """Do everything that is due now; returns how many jobs were done."""
    done = 0
    while upkeep.is_job_due(slow=slow) and (job := upkeep.take_job(slow=slow)):
        done += _run(job)
    return done


def _run(job: Any) -> bool:
    try:
        JOBS[job.name]({**job.facts, "job": job.id})
    except Exception:
        log.exception("The job %s failed", job.name)
        upkeep.finish_job(job.id, done=False)
        return False
    upkeep.finish_job(job.id, done=True)
    return True


class Backups:
    """Starts a backup when one is due, in a process of its own: it may take long, and pages go on meanwhile.

    Several server processes may start one in the same second; all but the first find the door locked, and end.
    Of several nodes one claims it.
    """

    def __init__(self) -> None:
        self.since = datetime.now(UTC)
        self.look_at = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        if self.process is not None and self.process.poll() is None:
            return
        if time.monotonic() >= self.look_at:
            self.look_at = time.monotonic() + GLANCE
            if backups.is_due(self.since) and self._is_ours():
                self.process = start_backup()
                self.look_at += AFTER_A_FAULT

    def _is_ours(self) -> bool:
        stretch = timedelta(minutes=setting("BACKUP_MINUTES"))
        return not nodes.may_be_several() or nodes.claim("backup", stretch)


def start_backup() -> "subprocess.Popen[bytes]":
    return start("backup", "--automatic")


def start(*words: str) -> "subprocess.Popen[bytes]":
    """The same as an operator types. What goes wrong is said where the server says it."""
    command = [sys.executable, "-c", WORKSHOP, "--instance", setting("INSTANCE"), *words]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


class Looks:
    """Once a night everything that is stored is read, in a process of its own: have any bytes turned?"""

    def __init__(self) -> None:
        self.look_at = time.monotonic() + FIRST_LOOK
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        if time.monotonic() < self.look_at or (self.process and self.process.poll() is None):
            return
        self.look_at = time.monotonic() + FIRST_LOOK
        if last_look.is_due(last_look.now(), datetime.now().hour) and nodes.claim("look over", A_NIGHT):  # noqa: DTZ005
            self.process = start("look-over")


class Lists:
    """Where there may be other nodes: brings this node's list of what was taken back up to date."""

    def __init__(self) -> None:
        self.look_at = 0.0

    def look(self) -> None:
        if time.monotonic() >= self.look_at and nodes.may_be_several():
            self.look_at = time.monotonic() + ON_THE_LIST
            nodes.gather_tombstones()


def keep_rebuilding(app: Flask, stop: threading.Event) -> None:
    """Sounds and films, one at a time, beside everything else; now and then what never came whole is let go."""
    look_at = 0.0
    while not stop.wait(PAUSE):
        with app.app_context():
            try:
                run_due(slow=True)
                if time.monotonic() >= look_at:
                    look_at = time.monotonic() + AN_HOUR
                    arriving.forget_abandoned()
                    rebuilding.sweep()
            except (CannotSave, *UNREACHABLE):
                log.warning("The database cannot save just now; recordings wait.")


def nightly() -> None:
    """Once a day, at whichever process of whichever node looks first: what was kept long enough goes."""
    if nodes.claim("nightly", timedelta(days=1)):
        expiring.expire(datetime.now(UTC))


class Nights:
    """Looks now and then whether a new day has begun."""

    def __init__(self) -> None:
        self.look_at = 0.0

    def look(self) -> None:
        if time.monotonic() >= self.look_at:
            self.look_at = time.monotonic() + OF_THE_DAY
            nightly()


def keep_running(app: Flask, stop: threading.Event) -> None:
    """Look for work until told to stop; a database that cannot write now is asked again later."""
    regular = (Backups(), Lists(), Nights(), Looks())
    while not stop.wait(PAUSE):
        with app.app_context():
            try:
                run_due()
                for each in regular:
                    each.look()
            except (CannotSave, *UNREACHABLE):
                log.warning("The database cannot save just now; jobs wait.")
