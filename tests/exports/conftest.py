"""One installation for all exports: every test and every example makes a workshop of its own in it."""

from pathlib import Path

import pytest
from flask import Flask

from tests.support import installation
from tests.support.people import organisation


@pytest.fixture(scope="module")
def house_app(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Flask:
    return installation.make(tmp_path_factory.mktemp("house") / "instance", empty_database)


@pytest.fixture(scope="module")
def riverside(house_app: Flask) -> str:
    with house_app.app_context():
        return organisation(house_app, "Riverside")
