"""The child process: bounded in time and memory, alone with the photo, and away when it is done."""

import io
import json
import os
import subprocess
import sys
import threading
import time

import psutil
import pytest
from PIL import Image

from workshop.media import Limits, Reason, Refused, Upload, accept
from workshop.media.rebuild import PROGRAM, interpreter, pictures_of, start

from .pictures import encoded, jpeg_of_many_scans, plain, png_bomb

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds this limit")

BOMB_WATCH = """
import io, json, resource, sys, time
from workshop.media import Refused, accept
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.monotonic()
try:
    accept(io.BytesIO(sys.stdin.buffer.read()))
except Refused as refused:
    reason = refused.reason.name
seconds = time.monotonic() - began
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"reason": reason, "seconds": seconds, "kilobytes": own + child}))
"""


def python(code: str, data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.run(
        [sys.executable, "-c", code],
        input=data,
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": path},
    )


def sent(data: bytes, limits: Limits | None = None) -> Upload:
    return accept(io.BytesIO(data), limits=limits)


def refusal(data: bytes, limits: Limits | None = None) -> Reason:
    with pytest.raises(Refused) as refused:
        sent(data, limits)
    return refused.value.reason


@pytest.mark.shows("S18")
@LINUX
def test_a_bomb_is_refused_within_a_second_and_two_hundred_megabytes() -> None:
    bomb = png_bomb()
    assert len(bomb) < 25_000
    seen = json.loads(python(BOMB_WATCH, bomb).stdout)
    assert seen["reason"] == "TOO_MANY_PIXELS"
    assert seen["seconds"] < 1
    assert seen["kilobytes"] < 200_000


@LINUX
def test_the_largest_photo_from_a_phone_costs_little_memory() -> None:
    watch = BOMB_WATCH.replace("except", "    reason = 'TAKEN'\nexcept")
    photo = encoded(Image.new("RGB", (8000, 5000), "teal"), "JPEG")
    seen = json.loads(python(watch, photo).stdout)
    assert seen["reason"] == "TAKEN"
    assert seen["kilobytes"] < 200_000


@LINUX
def test_a_photo_that_needs_more_memory_than_it_may_is_refused() -> None:
    photo = plain("PNG", (6000, 6000))
    assert sent(photo).photo.width == 1600
    assert refusal(photo, Limits(memory=150_000_000)) is Reason.TOO_MANY_PIXELS


@POSIX
def test_a_photo_that_eats_the_processor_is_refused() -> None:
    photo = jpeg_of_many_scans(400)
    assert len(photo) < 3_000_000
    assert refusal(photo, Limits(cpu_seconds=1)) is Reason.TOO_SLOW


@pytest.mark.shows("S18")
def test_a_photo_that_takes_too_long_is_refused_and_its_child_is_gone() -> None:
    before = {child.pid for child in psutil.Process().children()}
    began = time.monotonic()
    assert refusal(jpeg_of_many_scans(400), Limits(seconds=0.5)) is Reason.TOO_SLOW
    assert time.monotonic() - began < 3
    assert {child.pid for child in psutil.Process().children()} <= before


def test_many_people_send_at_once_and_everybody_is_served() -> None:
    widths: list[int] = []
    threads = [
        threading.Thread(target=lambda size=size: widths.append(sent(plain(size=(size, 60))).photo.width))
        for size in range(100, 108)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(widths) == list(range(100, 108))


def test_after_a_refusal_the_next_photo_is_taken() -> None:
    for _ in range(3):
        assert refusal(b"\xff\xd8\xff" + bytes(50)) is Reason.NOT_A_PICTURE
    assert sent(plain()).photo.width == 320


def test_the_child_is_told_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "keep-this-to-yourself")
    child = start("JPEG", Limits())
    try:
        known = environment_of(psutil.Process(child.pid))
    finally:
        child.communicate(b"")
    assert "PATH" in known
    assert "SECRET_KEY" not in known


def environment_of(process: psutil.Process) -> dict[str, str]:
    """A process that is only just beginning has none yet."""
    deadline = time.monotonic() + 10
    while not (known := process.environ()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return known


def test_the_child_loads_pillow_and_nothing_of_ours() -> None:
    orders = json.dumps({"format": "JPEG", **{name: getattr(Limits(), name) for name in Limits.__slots__}})
    command = [interpreter(), "-P", "-X", "importtime", str(PROGRAM), orders]
    done = subprocess.run(command, input=plain(), capture_output=True, check=True)
    loaded = {line.rpartition(b"|")[2].strip().partition(b".")[0] for line in done.stderr.splitlines()}
    assert b"PIL" in loaded
    assert not loaded & {b"workshop", b"flask", b"sqlalchemy", b"numpy", b"socket"}


def test_the_web_worker_never_loads_pillow() -> None:
    code = """
import io, sys
from workshop.media import Refused, accept
accept(io.BytesIO(sys.stdin.buffer.read()))
print(sorted(name for name in sys.modules if name.split(".")[0] == "PIL"))
"""
    assert python(code, plain()).stdout.strip() == b"[]"


@pytest.mark.parametrize(
    ("executable", "found"),
    [(sys.executable, True), ("/usr/bin/uwsgi", False), ("", False)],
)
def test_python_is_found_under_servers_that_hide_it(
    executable: str, found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    assert (interpreter() == executable) is found
    assert sent(plain()).photo.width == 320


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no json\n",
        b"[]\n",
        b"{}\n",
        b'{"refused": "something new"}\n',
        b'{"pictures": []}\n',
        b'{"pictures": [[1, 1, 4]]}\n\xff\xd8\xff\xd9',
        b'{"pictures": [[1, 1, 4], [1, 1, 4]]}\n\xff\xd8\xff\xd9<svg',
        b'{"pictures": [[1, 1, 4], [1, 1, 400]]}\n\xff\xd8\xff\xd9\xff\xd8\xff\xd9',
        b'{"pictures": [["x", 1, 4], [1, 1, 4]]}\n\xff\xd8\xff\xd9\xff\xd8\xff\xd9',
        b'{"pictures": ' + b"[" * 100_000 + b"\n",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(answer: bytes) -> None:
    with pytest.raises(Refused) as refused:
        pictures_of(answer)
    assert refused.value.reason is Reason.BROKEN
