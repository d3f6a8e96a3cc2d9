"""A server as `make run` starts it, one browser for all tests of a worker, and devices in people's hands."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.chromium import chromium
from tests.browser.device import LAPTOP, PHONE, PROJECTOR, Device, Devices, device
from tests.browser.server import Server, house, serving
from tests.support.people import People

expect.set_options(timeout=20_000)  # patience on a busy machine; how fast screens follow is measured by the bench


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("served") / "instance") as server:
        yield server


@pytest.fixture(scope="session")
def app(server: Server) -> Iterator[Flask]:
    """The served installation, in this process too: rooms are made by commands, as everywhere in the tests."""
    with house(server) as app:
        yield app


@pytest.fixture(scope="session")
def people(app: Flask) -> People:
    return People(app)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def devices(browser: Browser, server: Server) -> Iterator[Devices]:
    """Hands out devices; at the end none of them may have done what no page of ours may do."""
    handed: list[Device] = []

    def hand_out(kind: Any, **options: Any) -> Device:
        handed.append(device(browser, server.address, kind, **options))
        return handed[-1]

    yield hand_out
    faults = [fault for each in handed for fault in each.faults]
    for each in handed:
        each.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def phone(devices: Devices) -> Device:
    return devices(PHONE)


@pytest.fixture
def laptop(devices: Devices) -> Device:
    return devices(LAPTOP)


@pytest.fixture
def projector(devices: Devices) -> Device:
    return devices(PROJECTOR)
