"""Has a photo made anew by a child process, which may fail, hang or be taken over without harm to us."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from workshop.media.limits import MEGA, Limits, Reason, Refused

# Started by its path, not as a module: importing the package would load the whole web app into the child.
PROGRAM = Path(__file__).with_name("pixels.py")

# All that Python needs to start. Keys and addresses in our environment are not the decoder's business.
ENVIRONMENT = (
    "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "HOME", "USERPROFILE", "APPDATA",
    "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
)  # fmt: skip
LONGEST_HEAD = 256
LARGEST_ANSWER = 16 * MEGA
PYTHON_ERROR = 1
KILLED = -9
OUT_OF_CPU = -24

_turns = threading.BoundedSemaphore(2)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG that holds pixels and nothing else."""

    data: bytes
    width: int
    height: int


def rebuild(data: bytes, format_: str, limits: Limits) -> tuple[Picture, Picture]:
    """The photo and its small sister, or Refused. Two at once in one worker; others wait their turn."""
    if not _turns.acquire(timeout=2 * limits.seconds):
        raise Refused(Reason.TOO_SLOW)
    try:
        return pictures_of(answer_of_child(data, format_, limits))
    finally:
        _turns.release()


def answer_of_child(data: bytes, format_: str, limits: Limits) -> bytes:
    """Hand the bytes over, take the answer back, never wait longer than the limit."""
    child = start(format_, limits)
    too_late = threading.Event()

    def end() -> None:
        too_late.set()
        child.kill()

    clock = threading.Timer(limits.seconds, end)
    clock.start()
    try:
        answer = converse(cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout), data)
        child.wait()
    finally:
        clock.cancel()
        child.kill()
        child.wait()
    if too_late.is_set():
        raise Refused(Reason.TOO_SLOW)
    check_end(child.returncode)
    return answer


def start(format_: str, limits: Limits) -> "subprocess.Popen[bytes]":
    orders = json.dumps({"format": format_, **asdict(limits)})
    try:
        return subprocess.Popen(  # noqa: S603 - our own program, and nothing that a person sent
            [interpreter(), "-P", str(PROGRAM), orders],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except BlockingIOError as error:  # the machine has no process to spare just now
        raise Refused(Reason.TOO_SLOW) from error


def interpreter() -> str:
    """Some servers put their own program where Python's should be."""
    if Path(sys.executable or "").name.lower().startswith("py"):
        return sys.executable
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python3")
    return str(Path(sys.prefix, *place))


def converse(question: IO[bytes], answer: IO[bytes], data: bytes) -> bytes:
    """The child reads everything before it answers, so one after the other cannot block."""
    with answer:
        # A child that ended early closes its ear; what it said and how it ended tell why.
        with contextlib.suppress(OSError), question:
            question.write(data)
        return read_bounded(answer)


def read_bounded(answer: IO[bytes]) -> bytes:
    """A decoder that was taken over must not fill our memory."""
    data = answer.read(LARGEST_ANSWER + 1)
    if len(data) > LARGEST_ANSWER:
        raise Refused(Reason.BROKEN)
    return data


def check_end(code: int) -> None:
    if code == 0:
        return
    if code == PYTHON_ERROR:
        raise RuntimeError("The picture decoder does not start. Is Pillow installed beside Workshop?")
    _log.warning("A picture decoder ended with code %s", code)
    if code == OUT_OF_CPU:
        raise Refused(Reason.TOO_SLOW)
    # The system takes the decoder first when memory runs out: see pixels.py.
    raise Refused(Reason.TOO_MANY_PIXELS if code == KILLED else Reason.BROKEN)


def pictures_of(answer: bytes) -> tuple[Picture, Picture]:
    """Read the answer as a stranger's: whatever is not as agreed is a broken picture."""
    line, _, body = answer.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(line[:LONGEST_HEAD])
        refused = Reason(head["refused"]) if "refused" in head else None
        photo, small = cut(body, head["pictures"]) if refused is None else (None, None)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(Reason.BROKEN) from error
    if refused or not photo or not small:
        raise Refused(refused or Reason.BROKEN)
    return photo, small


def cut(body: bytes, sizes: list[tuple[int, int, int]]) -> list[Picture]:
    pictures = []
    for width, height, length in sizes:
        data, body = body[:length], body[length:]
        if len(data) != length or not data.startswith(b"\xff\xd8\xff"):
            raise ValueError("not the picture that was announced")
        pictures.append(Picture(data, int(width), int(height)))
    return pictures
