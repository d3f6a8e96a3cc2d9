"""Looks for known holes in what the lock file pins, with pip-audit in an environment of its own under build/.

Ends with 0: everything was looked up and nothing is known; 1: holes are known; 2: not everything could be looked up.
"""

import json
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "build" / "audit"


def look(lock: Path = ROOT / "requirements.lock") -> int:
    print("looking for known holes …", flush=True)
    if not _program("pip-audit").exists() and not _install():
        return _unknown("pip-audit could not be installed: there is no way to the package index")
    words = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json", "-r", str(lock)]
    found = subprocess.run([str(_program("pip-audit")), *words], capture_output=True, text=True, check=False)
    try:
        return verdict(json.loads(found.stdout))
    except ValueError:
        return _unknown(
            "there is no way to the list of known holes: " + (found.stderr.strip().splitlines() or ["?"])[-1]
        )


def verdict(answer: Mapping[str, Any]) -> int:
    """What pip-audit says is good only for what it could look up; it calls the rest «skipped»."""
    every = answer["dependencies"]
    skipped = [each["name"] for each in every if each.get("skip_reason")]
    holes = [(each, hole) for each in every for hole in each.get("vulns", ())]
    for each, hole in holes:
        fixed = ", ".join(hole.get("fix_versions") or ()) or "not yet"
        print(f"  {each['name']} {each['version']}: {hole['id']}, mended in {fixed}")
    if holes:
        print(f"{len(holes)} known holes. Mend the critical ones within seven days.")
        return 1
    if skipped or not every:
        return _unknown(f"{len(skipped)} of {len(every)} packages could not be looked up")
    print(f"{len(every)} packages looked up, no known holes.")
    return 0


def _unknown(why: str) -> int:
    print(f"NOT LOOKED UP: {why}. Nothing is known, neither good nor bad.")
    return 2


def _install() -> bool:
    venv.create(HERE, with_pip=True, clear=True)
    command = [str(_program("python")), "-m", "pip", "install", "--quiet", "pip-audit"]
    return subprocess.call(command) == 0


def _program(name: str) -> Path:
    return HERE / "Scripts" / f"{name}.exe" if sys.platform == "win32" else HERE / "bin" / name


if __name__ == "__main__":
    sys.exit(look())
