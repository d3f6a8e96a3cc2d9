"""Whoever finds a hole reads whom to tell."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.support import installation
from tests.support.people import People


def read(app: Flask) -> dict[str, str]:
    """The lines of security.txt as somebody without an account reads them."""
    answer = app.test_client().get("/.well-known/security.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.shows("S35")
def test_it_names_the_contact_of_the_installation(tmp_path: Path, empty_database: Path) -> None:
    for contact, shown in (
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/report", "https://example.org/report"),
    ):
        made = installation.make(tmp_path / contact[:5], empty_database, SECURITY_CONTACT=contact)
        with installation.closing(made) as app:
            assert read(app)["Contact"] == shown


def test_without_a_contact_it_points_to_whoever_runs_the_installation(app: Flask, people: People) -> None:
    assert (
        "operator at the organisation that runs this address" in people.stranger().get("/.well-known/security.txt").text
    )
    assert read(app)["Contact"] == app.config["BASE_URL"] + "/"


def test_it_is_fresh_for_months_and_says_where_it_lies(app: Flask) -> None:
    said = read(app)
    ahead = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert 170 < ahead.days < 365
    assert said["Preferred-Languages"] == "en, ar"
    assert said["Canonical"] == app.config["BASE_URL"] + "/.well-known/security.txt"
