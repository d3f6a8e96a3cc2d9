"""`python -m bench`: measure, say it, write bench/results.json. `--only NAME` measures one group."""

import argparse
import importlib
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, write

GROUPS = (
    *("pages", "ballots", "halls", "live", "visit", "exports", "themes"),
    *("memory", "recordings", "uploads", "counts", "opinions"),
)


def measure(names: list[str]) -> Iterator[Figure]:
    """Every figure of these groups, each group in a folder of its own that is gone afterwards."""
    for name in names:
        folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
        try:
            yield from importlib.import_module(f"bench.{name}").figures(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Exit code 1 when a promise is not kept."""
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument("--only", choices=GROUPS, action="append", help="measure this group; may be given again")
    only = asked.parse_args().only
    logging.disable(logging.WARNING)
    began, found = time.monotonic(), []
    for figure in measure(only or list(GROUPS)):
        print(figure, flush=True)
        found.append(figure)
    if not only:
        write(found)
    missed = [figure.name for figure in found if figure.met is False]
    print(f"{len(found)} figures in {time.monotonic() - began:.0f} s, {len(missed)} missed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
