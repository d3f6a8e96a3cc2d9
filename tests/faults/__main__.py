"""`python -m tests.faults`: bring about each fault, say what came of it, write bench/faults.json.

The short form takes about five minutes. `--long` takes the numbers of the table, which is hours. `--only F1,F9`
brings about these alone.
"""

import argparse
import importlib
import logging
import os
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.faults import verdict
from tests.faults.lab import Lab, allow_many_files
from tests.faults.verdict import CannotInject, Verdict

FAULTS = {
    "F1": "killed.kill_nine",
    "F2": "network.lost_replies",
    "F3": "model.any_order",
    "F4": "disk.disk_full",
    "F5": "disk.sync_fails",
    "F7": "clocks.clocks",
    "F8": "killed.restart",
    "F9": "crowded.storm",
    "F10": "crowded.stream_flood",
    "F11": "network.back_from_offline",
    "F12": "network.bad_bodies",
    "F13": "in_browser.captive_portal",
    "F14": "transcoding.killed_at_work",
    "F15": "disk.long_reader",
    "F16": "in_browser.phone_full",
    "F17": "crowded.soak",
    "F18": "restored.restore",
}


def main(words: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="faults", description=__doc__.split("\n")[0])
    asked.add_argument("--long", action="store_true", help="the numbers of the table: hours")
    asked.add_argument("--only", default="", help="these alone, as in F1,F9")
    given = asked.parse_args(words)
    names = [name for name in given.only.upper().split(",") if name] or list(FAULTS)
    if unknown := set(names) - set(FAULTS):
        asked.error(f"no such fault: {', '.join(sorted(unknown))}")
    allow_many_files()
    verdicts = bring_about(names, long=given.long)
    if not given.only:
        verdict.write(verdicts)
    return _end(verdicts)


def bring_about(names: list[str], *, long: bool) -> list[Verdict]:
    """One after the other, each in a folder of its own that is gone afterwards."""
    found, place = [], Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        for name in names:
            found.append(one(name, Lab(_folder(place / name), long, place / "pattern")))
            shutil.rmtree(place / name, ignore_errors=True)
            say(str(found[-1]))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return found


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def one(name: str, lab: Lab) -> Verdict:
    """Bring it about; a mistake of ours is a failure and not the end."""
    module, _, function = FAULTS[name].partition(".")
    began = time.monotonic()
    try:
        tally = getattr(importlib.import_module(f"tests.faults.{module}"), function)(lab)
    except CannotInject as why:
        return verdict.not_done(name, str(why), time.monotonic() - began)
    except Exception as mistake:
        traceback.print_exc()
        return verdict.not_done(name, repr(mistake)[:200], time.monotonic() - began, ours=True)
    return verdict.of(name, tally, time.monotonic() - began)


def _end(verdicts: list[Verdict]) -> int:
    required = os.environ.get("CI") == "true"
    done = [each for each in verdicts if each.done]
    acknowledged, lost, doubled, leaked = (
        sum(getattr(each, name) for each in verdicts) for name in ("acknowledged", "lost", "duplicated", "leaked")
    )
    say(
        f"{acknowledged} acknowledged, {lost} lost, {doubled} duplicated, {leaked} leaked;"
        f" {len(done)} of {len(verdicts)} faults were brought about."
    )
    return verdict.exit_code(verdicts, must_all_be_done=required)


def say(words: str) -> None:
    """A line, at once: somebody may be waiting for it."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # here, so that a test that calls `main` hears what comes after it
    sys.exit(main())
