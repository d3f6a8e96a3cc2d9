"""An installation of its own for every test, and the people in it. Nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support import installation
from tests.support.keyboard import Type, keyboard
from tests.support.people import People
from tools import browser, environment, trust


def pytest_configure(config: pytest.Config) -> None:
    """Pages speak as the catalogues do now, also when somebody has just changed a sentence."""
    if not hasattr(config, "workerinput"):
        environment.compile_catalogues()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Chromium the browser tests do not run, and the closing line of `make test` says so."""
    refuse_unknown_requirements(items)
    if browser.find():
        return
    skip = pytest.mark.skip(reason=f"browser tests not run: {browser.advice()}")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)


def refuse_unknown_requirements(items: list[pytest.Item]) -> None:
    """A mark with a slip in it would show nothing, and look as if it did."""
    marked = {str(id) for item in items for mark in item.iter_markers("shows") for id in mark.args}
    if wrong := trust.unknown(marked):
        raise pytest.UsageError(f"no requirement is called {', '.join(wrong)}: see tests/trust/requirements.toml")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every migration and no rows, to be copied."""
    return installation.empty_database(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The app in practice mode, as a laptop in a hall runs it."""
    with installation.closing(installation.make(tmp_path / "instance", empty_database)) as app:
        yield app


@pytest.fixture
def people(app: Flask) -> People:
    """ada facilitates, bea has lived it, cem works for the service, dora runs another organisation."""
    return People(app)


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type `workshop …` about the installation of the test."""
    return keyboard(tmp_path, monkeypatch, capsys)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server that this run started."""
    with installation.postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_app(request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The app on each database that it promises to work on."""
    if request.param == "sqlite":
        made = installation.make(tmp_path / "instance", empty_database)
    else:
        made = installation.on_postgres(tmp_path / "instance", request.getfixturevalue("postgres"))
    with installation.closing(made) as app:
        yield app
