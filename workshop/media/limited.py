"""The child process that becomes ffmpeg: first it gives away time, memory and everything it could write or leave.

Run by path: the limits as JSON, then the program with its words. It knows nothing of Workshop.
"""

import contextlib
import json
import os
import sys


def main() -> None:
    limits, *command = json.loads(sys.argv[1]), *sys.argv[2:]
    restrain(limits)
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - our own program with our own words
    import subprocess  # noqa: PLC0415 - only where it is needed: this runs for every recording, several times

    sys.exit(subprocess.call(command))  # noqa: S603


def restrain(limits: dict[str, int]) -> None:
    """Windows knows no such caps: limits on what comes in bound memory there, the other side's clock bounds time."""
    # When memory runs out, Linux shall end this process and no web worker. To load pathlib takes longer than this.
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
        score.write("1000")
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        os.nice(limits["nice"])
        caps = (("AS", limits["memory"]), ("CPU", limits["seconds"]), ("FSIZE", limits["bytes"]), ("CORE", 0))
        for name, most in caps:
            with contextlib.suppress(ValueError, OSError):  # macOS refuses some of them
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


if __name__ == "__main__":
    main()
