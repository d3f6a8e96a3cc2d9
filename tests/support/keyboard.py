"""Somebody at the keyboard of the machine: what they type, and what they then read."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop.cli import main


@dataclass
class Typed:
    """What a command printed, and how it ended."""

    code: int
    text: str


Type = Callable[..., Typed]


def keyboard(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type `workshop …` about an installation in this folder; `said` answers what the command asks."""

    def run(*words: str, instance: str = "instance", said: str = "", **settings: str) -> Typed:
        capsys.readouterr()
        with monkeypatch.context() as at_the_keyboard:
            for name, value in settings.items():
                at_the_keyboard.setenv(f"WORKSHOP_{name}", value)
            at_the_keyboard.setattr(sys, "argv", ["workshop", "--instance", str(folder / instance), *words])
            at_the_keyboard.setattr(sys, "stdin", io.StringIO(said))
            with pytest.raises(SystemExit) as end:
                main()
        return Typed(int(end.value.code or 0), "".join(capsys.readouterr()))

    return run
