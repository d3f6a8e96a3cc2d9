"""Who organises reads in plain words when this server takes no voice and film."""

import pytest
from flask import Flask

from tests.support.people import People
from workshop.media import ffmpeg

SAYS = "Words and photos are taken here, voice and film are not."


def test_the_start_page_says_when_the_extra_is_missing(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = f"/o/{people.organisation_id}/"
    assert SAYS not in people.ada.get(start).text
    monkeypatch.setattr(ffmpeg, "program", lambda: None)
    assert SAYS in people.ada.get(start).text
