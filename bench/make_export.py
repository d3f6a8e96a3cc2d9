"""Exports one workshop and says what it took: calibrated seconds for all formats, bytes of memory at most."""

import sys
import time
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

from bench.figures import calibrated, speed
from bench.room import moment
from workshop import create_app
from workshop.consent import Viewer, no_more_than
from workshop.exports import bundle, csv_files, json_file, tables, xlsx
from workshop.queries import exports, rooms

ROUNDS = 5


def main(instance: str, room_id: str) -> None:
    app = create_app(instance, HOST="127.0.0.1", BASE_URL="http://127.0.0.1")
    with moment(app), app.test_request_context():
        seconds = median(calibrated(_formats(room_id), speed()) for _ in range(ROUNDS))
        bundle.make(rooms.workshop(room_id), Viewer.ORGANISER_EXPORT, None).file.close()
        print(seconds, peak())


def _formats(room_id: str) -> float:
    """CSV, JSON and XLSX of everything, each written to its end."""
    began = time.process_time()
    with exports.one_moment(), no_more_than(Viewer.ORGANISER_EXPORT), TemporaryFile() as file:
        found = tables(rooms.workshop(room_id), Viewer.ORGANISER_EXPORT)
        for piece in chain(*(csv_files.chunks(table) for table in found), json_file.chunks(found)):
            len(piece)
        xlsx.write(found, file)
    return time.process_time() - began


def peak() -> int:
    """0 where the system does not say; what the process was started from does not count."""
    status = Path("/proc/self/status")
    lines = status.read_text("ascii", "replace").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
