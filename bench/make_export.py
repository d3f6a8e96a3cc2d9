"""Makes one export pack and says what it took: seconds of the processor, and bytes of memory at most."""

import sys
import time

from bench.room import moment
from workshop import create_app
from workshop.consent import Viewer
from workshop.exports import bundle
from workshop.queries import rooms


def main(instance: str, room_id: str) -> None:
    app = create_app(instance, HOST="127.0.0.1", BASE_URL="http://127.0.0.1")
    with moment(app), app.test_request_context():
        workshop = rooms.workshop(room_id)
        began = time.process_time()
        bundle.make(workshop, Viewer.ORGANISER_EXPORT, None).file.close()
        print(time.process_time() - began, peak())


def peak() -> int:
    """0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - not there on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
