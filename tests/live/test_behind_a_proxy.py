"""With https in front: the proxy's word about the connection is believed, and cookies have their safe names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import build
from tests.support.people import People
from tests.support.serving import Listener, Running, ask, running

HOST = "hall.example.org"
HTTPS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    instance: Path = tmp_path_factory.mktemp("proxy") / "instance"
    with running(instance, BASE_URL=f"https://{HOST}", PROXIES="1", WORKERS="1", STREAMS_PER_ADDRESS="2") as server:
        yield server


def test_streams_and_parts_through_the_proxy(served: Running) -> None:
    people = People(served.app)
    room = build.workshop(served.app, people.organisation_id, "cards", "story")
    room.open("cards", "story")
    seat = people.bea(room).cookie(f"seat-{room.id[:10]}")
    cookie = f"__Host-seat-{room.id[:10]}={seat}"
    path = f"/live/{room.id}/phone?part=now"

    through = Listener(served.port, path, cookie, {"Host": HOST, **HTTPS})
    past_it = Listener(served.port, path, cookie, {"Host": HOST})
    unsafe_name = Listener(served.port, path, cookie.removeprefix("__Host-"), {"Host": HOST, **HTTPS})
    assert [each.status for each in (through, past_it, unsafe_name)] == [200, 421, 403]
    assert "strict-transport-security: max-age=31536000" in through.head
    through.wait_for("What about cards?")

    part = ask(served.port, f"{room.path}/parts/phone/now", Cookie=cookie, Host=HOST, **_named(HTTPS))
    assert part.status == 200
    assert part.headers["strict-transport-security"] == "max-age=31536000"

    here = Listener(served.port, path, cookie, {"Host": HOST, **HTTPS})
    one_too_many = Listener(served.port, path, cookie, {"Host": HOST, **HTTPS})
    from_elsewhere = Listener(served.port, path, cookie, {"Host": HOST, **HTTPS, "X-Forwarded-For": "203.0.113.8"})
    assert [each.status for each in (here, one_too_many, from_elsewhere)] == [200, 503, 200]
    for each in (through, past_it, unsafe_name, here, one_too_many, from_elsewhere):
        each.close()


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("-", "_"): value for name, value in headers.items()}
