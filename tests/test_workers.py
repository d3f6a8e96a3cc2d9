"""Server processes: one that dies is replaced, one that cannot live is given up, and who minds them is small."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.patience import until
from tests.support.serving import Running, ask, running

WITHOUT_FORKING = "from workshop.asgi import workers; workers.FORKS = False; from workshop.cli import main; main()"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads which processes there are from /proc")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "instance") as server:
        yield server


def is_alive(served: Running) -> bool:
    try:
        return ask(served.port, "/healthz").status == 200
    except OSError:
        return False


def kill(served: Running, pid: int) -> int:
    """Kill a server process; returns the one that takes its place."""
    known = set(served.workers())
    os.kill(pid, signal.SIGKILL)
    assert until(lambda: set(served.workers()) - known)
    assert pid not in served.workers()
    return (set(served.workers()) - known).pop()


def test_one_that_took_the_place_of_a_dead_one_is_replaced_too(served: Running) -> None:
    first, second = served.workers()
    third = kill(served, kill(served, first))
    assert all(is_alive(served) for _ in range(20))  # some of them came to the listener of those that died
    assert set(served.workers()) == {second, third}
    assert served.stop(signal.SIGINT) < 3
    assert served.process.returncode == 0
    assert "Traceback" not in served.log.read_text()


def test_ctrl_c_is_not_for_one_that_only_begins(served: Running) -> None:
    first, second = served.workers()
    new = kill(served, first)
    os.kill(new, signal.SIGINT)
    assert until(lambda: served.workers() == [second, new] and is_alive(served))
    assert served.stop(signal.SIGINT) < 3
    assert "Traceback" not in served.log.read_text()


def test_a_process_that_cannot_live_is_given_up(served: Running) -> None:
    (served.server.instance / "settings.toml").write_text("THREADS = 'many'\n")
    os.kill(served.workers()[0], signal.SIGKILL)
    assert served.process.wait(40) == 1
    assert "A server process ended (1)" in served.log.read_text()


def test_the_one_that_minds_them_holds_no_app_and_no_database(served: Running) -> None:
    maps = Path(f"/proc/{served.process.pid}/maps").read_text()
    assert "sqlite" not in maps
    assert "httptools" not in maps
    files = [str(each.readlink()) for each in Path(f"/proc/{served.process.pid}/fd").iterdir()]
    assert not [name for name in files if str(served.server.instance) in name and not name.endswith(".log")]


def test_elsewhere_each_process_loads_the_app_itself(tmp_path: Path) -> None:
    with running(tmp_path / "instance", WITHOUT_FORKING) as served:
        first = spawned(served)[0]
        os.kill(first, signal.SIGKILL)
        assert until(lambda: len(spawned(served)) == 2 and first not in spawned(served))
        assert all(is_alive(served) for _ in range(10))
        assert served.stop(signal.SIGINT) < 3
    assert served.process.returncode == 0


def spawned(served: Running) -> list[int]:
    """Its server processes: on Linux one more child keeps count of them."""
    return [pid for pid in served.workers() if b"spawn_main" in command_of(pid)]


def command_of(pid: int) -> bytes:
    """Nothing once the process has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
