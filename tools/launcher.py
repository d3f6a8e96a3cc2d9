"""The command `workshop` inside .venv, which starts the app from this folder without building a package."""

from pathlib import Path

# A shell reads the second line as a command and Python reads it as a text, so that
# one file serves both, also where the path is long or has spaces.
LAUNCHER = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from workshop.cli import main

if __name__ == "__main__":
    sys.exit(main())
"""
WINDOWS = '@"%~dp0python.exe" "%~dp0workshop" %*\r\n'


def write_launcher(programs: Path, python: Path) -> None:
    launcher = programs / "workshop"
    # On Windows a backslash would begin an escape in the text.
    launcher.write_text(LAUNCHER.format(python=python.as_posix()), "utf-8", newline="\n")
    launcher.chmod(0o755)
    if python.suffix == ".exe":
        (programs / "workshop.cmd").write_text(WINDOWS, "utf-8", newline="")
