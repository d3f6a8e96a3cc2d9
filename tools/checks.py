"""Every check of `make test`, one after the other, all of them even when one fails."""

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


def run_all() -> int:
    results = [run(name) for name in CHECKS]
    print("\n" + "\n".join(line for line, _ in results))
    return max(*(code for _, code in results), browser_verdict())


def run(name: str) -> tuple[str, int]:
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    code = environment.call(*CHECKS[name])
    verdict = "FAILED" if code else "ok"
    return f"{name:18}{time.monotonic() - began:7.1f} s  {verdict}", min(code, 1)


def browser_verdict() -> int:
    """The last line must not let anybody believe that a browser was there."""
    if browser.find():
        return 0
    required = os.environ.get("CI") == "true"
    print(f"\nbrowser tests not run{': here that is a failure' if required else ''}. This installs the browser:")
    print(f"  {browser.advice()}\nbrowser tests not run")
    return int(required)
