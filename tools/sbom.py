"""What the app stands on, for auditors: a list in CycloneDX JSON, made from the lock file alone, always the same."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<where>[^\\]+?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def packages(lock: str) -> Iterator[dict[str, Any]]:
    """Each pinned package with its purl and every hash that pip accepts for it."""
    found: dict[str, Any] | None = None
    for line in lock.splitlines():
        if pinned := PINNED.match(line):
            if found:
                yield found
            found = _component(**pinned.groupdict())
        elif found and (digest := HASH.search(line)):
            found["hashes"].append({"alg": "SHA-256", "content": digest[1]})
    if found:
        yield found


def _component(name: str, version: str, where: str | None) -> dict[str, Any]:
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
    known = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": []}
    return known | ({"properties": [{"name": "pip:marker", "value": where}]} if where else {})


def listing(lock: str, version: str) -> dict[str, Any]:
    """The whole list. No date and no random number: the same lock file gives the same bytes."""
    components = list(packages(lock))
    app = {"type": "application", "bom-ref": "workshop", "name": "workshop", "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": app},
        "components": components,
        "dependencies": [{"ref": "workshop", "dependsOn": [each["bom-ref"] for each in components]}],
    }


def write(to: Path) -> int:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    version = re.search(r'^version = "([^"]+)"', project, re.MULTILINE)
    made = listing((ROOT / "requirements.lock").read_text("utf-8"), version[1] if version else "0")
    to.write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    print(f"{to}: {len(made['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "sbom.json"))
