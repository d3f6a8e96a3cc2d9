"""A real browser for the tests: where it is, and how to get one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
# Without the fonts, Arabic would be empty boxes on the screenshots.
PACKAGES = ("chromium", "fonts-noto-core")
ADVICE = {
    "linux": f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(PACKAGES)}",
    "darwin": "brew install --cask chromium",
    "win32": "winget install Google.Chrome",
}


def find() -> str | None:
    """The path of a Chromium, or nothing. CHROMIUM in the environment goes first."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = filter(None, map(shutil.which, NAMES))
    return next(found, None) or next((place for place in PLACES if Path(place).exists()), None)


def install() -> None:
    """Install it where that is ours to do: as root on Debian. Elsewhere say how."""
    if find():
        return
    if may_install():
        print("Installing Chromium for the browser tests.", flush=True)
        with_apt("update") and with_apt("install", "-y", "--no-install-recommends", *PACKAGES)
    if not find():
        print(f"No Chromium here. This installs it:\n  {advice()}\n", flush=True)


def may_install() -> bool:
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def with_apt(*words: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-q", *words], env=quiet, stdin=subprocess.DEVNULL)
    return done.returncode == 0


def advice() -> str:
    return ADVICE.get(sys.platform, "install Chromium and name it in the variable CHROMIUM")
