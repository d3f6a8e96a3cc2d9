"""S34: what the app stands on is listed with its hashes, and a look for holes never calls good what it did not see."""

import json
from pathlib import Path

import pytest

from tools import audit, sbom

LOCK = (Path(__file__).resolve().parent.parent / "requirements.lock").read_text("utf-8")
FINE = {"name": "flask", "version": "3.1.0", "vulns": []}
UNSEEN = {"name": "flask", "skip_reason": "Dependency not found on PyPI"}
HOLE = {"name": "pillow", "version": "9.0", "vulns": [{"id": "PYSEC-2023-175", "fix_versions": ["10.0.1"]}]}


@pytest.mark.shows("S34")
def test_every_pinned_package_is_listed_with_its_hashes(tmp_path: Path) -> None:
    sbom.write(tmp_path / "sbom.json")
    made = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    pinned = {line.split("==")[0] for line in LOCK.splitlines() if "==" in line and not line.startswith(" ")}
    assert {each["name"] for each in made["components"]} == pinned
    assert all(each["hashes"] for each in made["components"])
    assert sum(len(each["hashes"]) for each in made["components"]) == LOCK.count("--hash=sha256:")
    assert {each["bom-ref"] for each in made["components"]} == set(made["dependencies"][0]["dependsOn"])


def test_the_same_lock_file_gives_the_same_bytes(tmp_path: Path) -> None:
    sbom.write(tmp_path / "one.json")
    sbom.write(tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


@pytest.mark.shows("S34")
@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        ([FINE], 0, "no known holes"),
        ([FINE, HOLE], 1, "PYSEC-2023-175, mended in 10.0.1"),
        ([UNSEEN, HOLE], 1, "1 known holes"),
        ([FINE, UNSEEN], 2, "1 of 2 packages could not be looked up"),
        ([], 2, "NOT LOOKED UP"),
    ],
)
def test_what_could_not_be_looked_up_is_never_called_good(
    found: list[dict[str, object]], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.verdict({"dependencies": found}) == code
    assert words in capsys.readouterr().out
