"""The server as people meet it: many at once, slow ones, large uploads, a process that dies, Ctrl-C."""

import asyncio
import gzip
import os
import signal
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.support import build, loops
from tests.support.people import People
from tests.support.serving import Answer, Listener, Running, ask, cookies_of, running, start
from workshop.asgi.bodies import Body, Fault, Fence, Message
from workshop.asgi.callers import address, cut
from workshop.asgi.log import redacted
from workshop.asgi.pages import Threads

HALL = {
    "TRUSTED_HOSTS": "hall.localhost",
    "MAX_UPLOAD": "300000",
    "MAX_FILM_UPLOAD": "0",
    "STREAMS_PER_ADDRESS": "60",
    "THREADS": "4",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server for all who leave it as it is."""
    with running(tmp_path_factory.mktemp("hall") / "instance", **HALL) as server:
        yield server


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Running]:
    """A server of one's own, to be stopped and hurt."""
    with running(tmp_path / "instance", **HALL) as server:
        yield server


@pytest.fixture
def hall(served: Running) -> "Hall":
    return Hall(served)


@pytest.fixture
def own_hall(alone: Running) -> "Hall":
    return Hall(alone)


class Hall:
    """A server with a room in it, and bea in the room."""

    def __init__(self, served: Running) -> None:
        self.port = served.port
        people = People(served.app)
        self.room = build.workshop(served.app, people.organisation_id, "cards", "story")
        self.room.open("cards", "story")
        self.bea = people.bea(self.room)
        self.cookie = cookies_of(self.bea)
        self.question = f"{self.room.path}/a/{self.room.activities['story']}"

    def look(self) -> Answer:
        """bea looks at the room's page."""
        return ask(self.port, f"{self.room.path}/", Cookie=self.cookie)

    @contextmanager
    def crowd(self, number: int) -> Iterator[list[Listener]]:
        """So many phones follow the room."""
        path = f"/live/{self.room.id}/phone?part=now"
        phones = [Listener(self.port, path, self.cookie) for _ in range(number)]
        yield phones
        for phone in phones:
            phone.close()


@pytest.mark.shows("R13")
def test_ctrl_c_stops_everything_within_three_seconds(alone: Running, own_hall: Hall) -> None:
    workers = alone.workers()
    assert len(workers) == 2
    with own_hall.crowd(50) as phones:
        assert all(phone.status == 200 for phone in phones)
        assert alone.stop(signal.SIGINT) < 3
        assert all(phone.wait_for_end(1) for phone in phones)
    assert alone.process.returncode == 0
    assert not any(_lives(pid) for pid in workers)
    assert "Traceback" not in alone.log.read_text()


@pytest.mark.shows("R13")
def test_a_process_that_dies_is_replaced_while_the_other_serves(alone: Running, own_hall: Hall) -> None:
    first, second = alone.workers()
    os.kill(first, signal.SIGKILL)
    assert [own_hall.look().status for _ in range(20)] == [200] * 20
    assert second in alone.workers()
    until = time.monotonic() + 5
    while len(alone.workers()) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(alone.workers()) == 2
    assert first not in alone.workers()
    with own_hall.crowd(10) as phones:
        assert [phone.wait_for("What about cards?")["part"] for phone in phones] == ["now"] * 10


def test_the_processes_do_not_outlive_the_one_that_minds_them(alone: Running) -> None:
    workers = alone.workers()
    alone.process.kill()
    alone.process.wait(5)
    until = time.monotonic() + 5
    while any(_lives(pid) for pid in workers) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(_lives(pid) for pid in workers)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_forty_slow_uploads_stop_no_page(hall: Hall) -> None:
    slow = [_begin_upload(hall) for _ in range(40)]
    try:
        began = time.monotonic()
        assert [hall.look().status for _ in range(10)] == [200] * 10
        assert time.monotonic() - began < 5
    finally:
        for upload in slow:
            upload.close()


def _begin_upload(hall: Hall) -> socket.socket:
    """The first bytes of an upload whose rest does not come."""
    connection = socket.create_connection(("localhost", hall.port), timeout=10)
    head = [f"POST {hall.question} HTTP/1.1", f"Host: localhost:{hall.port}", f"Cookie: {hall.cookie}"]
    connection.sendall("\r\n".join([*head, "Content-Length: 200000", "", ""]).encode() + b"x" * 100)
    return connection


@pytest.mark.shows("S18")
@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_is_refused_with_a_page(hall: Hall, announced: bool) -> None:
    answer = _send_much(hall, announced)
    assert answer.status == 413
    assert answer.headers["content-type"].startswith("text/html")
    assert "too large" in answer.text or "too big" in answer.text


def _send_much(hall: Hall, announced: bool) -> Answer:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    return _post(hall, b"text=" + b"x" * 900_000, kind, announced)


def test_the_words_beside_too_big_a_photo_are_given_back(hall: Hall) -> None:
    body = _form({"text": "The ramp is behind the bins.", "csrf_token": "t"}, photo=b"x" * 900_000)
    kind = {"Content-Type": "multipart/form-data; boundary=here", "Sec-Fetch-Site": "same-origin"}
    for announced in (True, False):
        answer = _post(hall, body, kind, announced)
        assert answer.status == 413
        assert "The ramp is behind the bins.</textarea>" in answer.text


def _form(fields: dict[str, str], photo: bytes) -> bytes:
    """A form as a browser sends it: the words, then the file."""
    parts = [
        f'--here\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    head = (
        '--here\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    return "".join([*parts, head]).encode() + photo + b"\r\n--here--\r\n"


def _post(hall: Hall, body: bytes, kind: dict[str, str], announced: bool) -> Answer:
    with closing(HTTPConnection("localhost", hall.port, timeout=20)) as connection:
        sent = body if announced else iter([body])
        connection.request("POST", hall.question, sent, {**kind, "Cookie": hall.cookie}, encode_chunked=not announced)
        reply = connection.getresponse()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())


async def _collected(fence: Fence, messages: list[tuple[float, Message]]) -> Fault | None:
    coming = iter(messages)

    async def receive() -> Message:
        wait, message = next(coming)
        await asyncio.sleep(wait)
        return message

    body = await fence.collect({"headers": [(b"content-length", b"1000")]}, receive)
    body.file.close()
    return body.fault


def test_an_upload_that_crawls_gives_its_place_away() -> None:
    fence = Fence(most=5000, slowest=1000, grace=0.2)
    drop = {"type": "http.request", "body": b"x", "more_body": True}
    end = {"type": "http.request", "body": b"x", "more_body": False}
    gone = {"type": "http.disconnect"}
    assert loops.run(_collected(fence, [(0.05, drop)] * 20)) is Fault.SLOW
    assert loops.run(_collected(fence, [(0, drop), (5, end)])) is Fault.SLOW
    assert loops.run(_collected(fence, [(0, drop), (0, gone)])) is Fault.GONE
    assert loops.run(_collected(fence, [(0.05, drop), (0.05, end)])) is None


@pytest.mark.shows("S24")
def test_too_many_streams_are_asked_to_come_by_asking(hall: Hall) -> None:
    with hall.crowd(130) as phones:
        refused = [phone for phone in phones if phone.status == 503]
        assert sum(phone.status == 200 for phone in phones) <= 120  # sixty for each of two processes
        assert refused
        assert all("retry-after: 30" in phone.head for phone in refused)


def test_text_travels_packed_and_files_are_kept_for_a_year(hall: Hall) -> None:
    page = ask(hall.port, f"{hall.room.path}/", Cookie=hall.cookie, Accept_Encoding="gzip")
    assert page.headers["content-encoding"] == "gzip"
    html = gzip.decompress(page.body).decode()
    assert html.rstrip().endswith("</html>")
    address = html.split('rel="stylesheet" href="')[1].split('"')[0]
    plain, packed = ask(hall.port, address), ask(hall.port, address, Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert ask(hall.port, address, If_None_Match=plain.headers["etag"]).status == 304
    assert ask(hall.port, address.split("?")[0]).headers["cache-control"] == "public, no-cache"


NOT_OURS = ["/static/../config.py", "/static/%2e%2e/config.py", "/static/css", "/static/.x", "/static/css/%00"]


@pytest.mark.parametrize("path", NOT_OURS)
def test_only_files_of_ours_are_given_out(served: Running, path: str) -> None:
    assert ask(served.port, path).status == 404


@pytest.mark.shows("P09", "S04")
def test_the_log_keeps_no_secret_and_half_an_address(served: Running, hall: Hall) -> None:
    door, receipt = hall.room.doors["lived"], hall.bea.receipt
    ask(hall.port, f"/j/{door}?lang=en")
    ask(hall.port, f"/r/{receipt}")
    ask(hall.port, f"{hall.room.path}/?secret=hush", Cookie=hall.cookie)
    time.sleep(1.5)
    (log,) = (served.server.instance / "logs").glob("access-*.log")
    text = log.read_text()
    assert "GET /j/… 200" in text
    assert "127.0.0.0" in text
    assert not [secret for secret in (door, receipt, hall.room.id, "hush", "127.0.0.1") if secret in text]
    assert log.stat().st_mode & 0o077 == 0


def test_what_the_log_makes_of_paths_and_addresses() -> None:
    assert redacted("/sign-in/0123456789abcdef0123456789abcdef") == "/sign-in/…"
    assert redacted("/w/0123456789abcdef0123456789abcdef/now") == "/w/01234567…/now"
    assert redacted("/x\nGET /forged") == "/x?GET?/forged"
    assert cut("203.0.113.7") == "203.0.113.0"
    assert cut("2001:db8:1:2:3::4") == "2001:db8:1::"
    assert cut("nonsense") == "-"


def test_two_processes_need_less_than_160_megabytes(served: Running, hall: Hall) -> None:
    for _ in range(30):
        hall.look()
        ask(hall.port, hall.question, Cookie=hall.cookie)
    assert sum(_share(pid) for pid in (served.process.pid, *served.workers())) < 160e6


def _share(pid: int) -> float:
    """The memory of a process, with what it shares counted in parts."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def test_endless_headers_are_not_listened_to(served: Running) -> None:
    with socket.create_connection(("localhost", served.port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        assert _hung_up(connection, b"X-Much: " + b"y" * 8000 + b"\r\n")
    assert ask(served.port, "/healthz").status == 200


def _hung_up(connection: socket.socket, line: bytes) -> bool:
    """Does the server hang up on somebody who says this again and again?"""
    for _ in range(100):
        try:
            connection.sendall(line)
        except OSError:
            return True
        time.sleep(0.01)
    return False


def test_health_says_whether_words_can_be_saved(served: Running) -> None:
    assert ask(served.port, "/healthz").text == "alive\n"
    ready = ask(served.port, "/readyz")
    assert (ready.status, ready.text) == (200, "ready: a word was saved\n")


@pytest.mark.shows("R13")
def test_the_next_run_finds_everything_again(alone: Running, own_hall: Hall) -> None:
    alone.stop()
    with start(alone.server, alone.log, {}):
        page = own_hall.look()
    assert page.status == 200
    assert "What about cards?" in page.text


def test_a_slow_download_holds_no_thread() -> None:
    """One thread, one phone that takes a long answer piece by piece, and a page that is answered meanwhile."""
    assert loops.run(_page_during_download()) == [200]


async def _page_during_download() -> list[int]:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return (b"x" * 100_000 for _ in range(100)) if environ["PATH_INFO"] == "/long" else [b"page"]

    threads, waiting = Threads(app, 1, "test"), asyncio.Event()

    async def never(_message: Message) -> None:
        await waiting.wait()

    async def at_once(_message: Message) -> None:
        return

    slow = asyncio.create_task(threads.answer(_request("/long"), Body(BytesIO(), 0), never))
    await asyncio.sleep(0.2)
    statuses = [await asyncio.wait_for(threads.answer(_request("/page"), Body(BytesIO(), 0), at_once), 5)]
    waiting.set()
    await slow
    threads.pool.shutdown()
    return statuses


def _request(path: str) -> dict[str, Any]:
    return {"method": "GET", "path": path, "query_string": b"", "http_version": "1.1", "headers": []}


def test_the_phone_s_address_behind_proxies() -> None:
    said = [(b"x-forwarded-for", b"6.6.6.6, 203.0.113.7, 10.0.0.2")]
    scope = {"client": ("10.0.0.1", 1), "headers": said}
    assert address(scope, 0) == "10.0.0.1"
    assert address(scope, 1) == "10.0.0.2"
    assert address(scope, 2) == "203.0.113.7"
    assert address({**scope, "headers": []}, 2) == "10.0.0.1"
