"""Every check of `make test`, one after the other, all of them even when one fails."""

import json
import os
import time

from tools import browser, environment

CHECKS = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "import contracts": ("lint-imports",),
    "translations": ("python", "-m", "tools.translations", "check"),
    "tests": ("python", "-m", "pytest", "-n", "2", "--dist", "worksteal"),
    "faults": ("python", "-m", "tests.faults"),
}
FAILED = environment.ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
SOME_FAILED = 1  # what pytest ends with then; other numbers say that it broke off
AGAIN = ("python", "-m", "pytest", "--last-failed")
FEW = 3


def run_all() -> int:
    results = [run(name) for name in CHECKS]
    print("\n" + "\n".join(line for line, _ in results))
    return max(*(code for _, code in results), browser_verdict())


def run(name: str) -> tuple[str, int]:
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    code = environment.call(*CHECKS[name])
    unsteady = failed_in_the_browser() if name == "tests" and code == SOME_FAILED else []
    if unsteady:
        print("\n── once more, alone: " + ", ".join(unsteady), flush=True)
        code = environment.call(*AGAIN)
    verdict = "FAILED" if code else f"ok, but unsteady: {', '.join(unsteady)}" if unsteady else "ok"
    return f"{name:18}{time.monotonic() - began:7.1f} s  {verdict}", min(code, 1)


def failed_in_the_browser() -> list[str]:
    """The tests that failed, if they are a few of the browser's alone: a crowded machine can be too slow for one.

    They are asked once more, and named whatever they say then: an unsteady test is a defect, of it or of the page.
    """
    failed = list(json.loads(FAILED.read_text("utf-8"))) if FAILED.is_file() else []
    return failed if len(failed) <= FEW and all(test.startswith("tests/browser/") for test in failed) else []


def browser_verdict() -> int:
    """The last line must not let anybody believe that a browser was there."""
    if browser.find():
        return 0
    required = os.environ.get("CI") == "true"
    print(f"\nbrowser tests not run{': here that is a failure' if required else ''}. This installs the browser:")
    print(f"  {browser.advice()}\nbrowser tests not run")
    return int(required)
