"""The bench measures what it says: its phones, its first visit, its figures."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

import pytest

from bench import figures, load, pages, room, visit
from bench.__main__ import GROUPS
from bench.reference import create_reference, fill
from tests.support import loops


def test_a_figure_says_whether_the_promise_is_kept() -> None:
    assert figures.at_least("pages", 60, "pages/s", 100, 0.6).met
    assert not figures.at_least("pages", 59, "pages/s", 100, 0.6).met
    assert figures.at_most_times("list", 20, "ms", 1, 20).met
    assert not figures.at_most("requests", 9, "requests", 8).met
    assert figures.at_most("memory", None, "MB", 160).met is None
    assert not figures.same("queries", 5, "queries", 4).met


def test_the_results_are_a_list_of_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "RESULTS", tmp_path / "results.json")
    figures.write([figures.at_most("requests", 8, "requests", 8)])
    (one,) = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert list(one) == ["name", "value", "unit", "reference", "ratio", "target", "met"]


def test_every_group_can_be_measured_alone() -> None:
    folder = Path(figures.__file__).parent
    assert all((folder / f"{name}.py").is_file() for name in GROUPS)


def test_a_slow_machine_is_measured_by_its_own_pace() -> None:
    assert figures.calibrated(2.0, figures.STANDARD / 2) == pytest.approx(1.0)


def test_phones_ask_again_and_count_what_fails() -> None:
    """Against a server of three lines that answers every third request with 503."""
    asked, closed = 0, asyncio.Semaphore(0)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        with suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                asked += 1
                status = "503 Busy" if asked % 3 == 0 else "200 OK"
                writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 4\r\n\r\nword".encode())
        writer.close()
        closed.release()

    async def measure() -> load.Answered:
        server = await asyncio.start_server(answer, load.HOST, 0)
        port = server.sockets[0].getsockname()[1]
        seen = await load._press(port, [load.request(port, "/", {})], 4, 0.2)
        for _ in range(4):
            await closed.acquire()
        server.close()
        return seen

    seen = loops.run(measure())
    assert seen.failed(200) == seen.statuses[503] == asked // 3 > 0
    assert seen.share(0.5) <= seen.share(0.99)


def test_a_first_visit_follows_styles_and_scripts_and_notices_strangers() -> None:
    reader = visit.Addresses()
    reader.feed('<link rel="stylesheet" href="/a.css"><script src="https://cdn.example/x.js"></script>')
    assert reader.found == ["/a.css", "https://cdn.example/x.js"]
    script = b"import { a } from './b.js'; if (old) import('./c.js')"
    assert (visit.IN_SCRIPT.findall(script), visit.LATER.findall(script)) == ([b"./b.js"], [b"./c.js"])
    assert visit.IN_STYLE.findall(b"@import 'd.css'; a { color: url(e.svg) }") == [(b"", b"d.css"), (b"e.svg", b"")]


def test_the_bench_room_and_its_reference_show_as_many_cards(tmp_path: Path) -> None:
    made = room.make(tmp_path, {"cards": {"level": 2}})
    phones = room.add_people(made, 2)
    room.add_cards(made, "cards", phones, 50)
    assert pages.inside(made.app, made.page("cards"), made.cookies(phones[0])).startswith("200")
    bare = create_reference(tmp_path)
    fill(bare)
    for app, path, cookies in ((made.app, made.page("cards"), made.cookies(phones[0])), (bare, "/cards", "")):
        client = app.test_client(use_cookies=False)
        html = client.get(path, base_url=room.ADDRESS, headers={"Cookie": cookies}).get_data(as_text=True)
        assert html.count("<article") == 50
