"""strace, with which the tests let a disk fail: where it is not there, as root on Debian it is installed."""

import shutil
import sys

from tools import browser

PACKAGE = "strace"


def install() -> None:
    """Install it where that is ours to do. Elsewhere the fault says that it could not be brought about."""
    if sys.platform != "linux" or shutil.which(PACKAGE) or not browser.may_install():
        return
    print("Installing strace, with which the tests let a disk fail.", flush=True)
    browser.with_apt("install", "-y", "--no-install-recommends", PACKAGE) or (
        browser.with_apt("update") and browser.with_apt("install", "-y", "--no-install-recommends", PACKAGE)
    )
