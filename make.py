"""The project's commands on every system: where there is no make, `python make.py run` is `make run`."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Workshop needs Python 3.11 or newer. This is Python %d.%d." % sys.version_info[:2])

from tools import browser, checks, environment, tracer


def setup() -> int:
    environment.prepare()
    return 0


def run() -> int:
    environment.prepare()
    return environment.become("workshop", "serve")


def test() -> int:
    environment.prepare(dev=True)
    browser.install()
    tracer.install()
    return checks.run_all()


def bench() -> int:
    environment.prepare(dev=True)
    return environment.call("python", "-m", "bench")


def oracles() -> int:
    environment.prepare(dev=True)
    environment.prepare_oracles()
    return environment.call("python", "-m", "bench.oracles")


def faults(*words: str) -> int:
    environment.prepare(dev=True)
    browser.install()
    tracer.install()
    return environment.call("python", "-m", "tests.faults", *words)


def pictures() -> int:
    environment.prepare(dev=True)
    browser.install()
    return environment.call("python", "-m", "tests.pictures")


def tidy() -> int:
    environment.prepare(dev=True)
    return environment.call("ruff", "check", "--fix", ".") or environment.call("ruff", "format", ".")


def translations() -> int:
    environment.prepare(dev=True)
    return environment.call("python", "-m", "tools.translations", "update")


def trust() -> int:
    environment.prepare(dev=True)
    return environment.call("python", "-m", "tools.trust")


def sbom() -> int:
    environment.prepare(dev=True)
    return environment.call("python", "-m", "tools.sbom", "sbom.json")


def audit() -> int:
    environment.prepare(dev=True)
    return environment.call("python", "-m", "tools.audit")


def lock() -> int:
    return environment.write_locks()


COMMANDS = {
    "setup": (setup, "make .venv and install what the app needs"),
    "run": (run, "set up and start the app on PORT (8000)"),
    "test": (test, "set up and run every check"),
    "bench": (bench, "measure the figures into bench/results.json"),
    "oracles": (oracles, "count beside the field's libraries, in .venv-oracles"),
    "faults": (faults, "break everything that can break, and count (--long, --only F1,F9)"),
    "pictures": (pictures, "take the screenshots from the running app"),
    "tidy": (tidy, "repair what ruff can repair"),
    "translations": (translations, "bring the catalogues up to date with the code"),
    "trust": (trust, "write docs/trust.md from the marks in the tests"),
    "sbom": (sbom, "write sbom.json: what the app stands on, for auditors"),
    "audit": (audit, "look for known holes in it (needs the internet)"),
    "lock": (lock, "write the lock files anew (needs uv)"),
}
TAKE_WORDS = {"faults"}


def main(words: list[str]) -> int:
    if not words or words[0] not in COMMANDS or (len(words) > 1 and words[0] not in TAKE_WORDS):
        for name, (_, purpose) in COMMANDS.items():
            print(f"  {name:14}{purpose}")
        return 2
    try:
        return COMMANDS[words[0]][0](*words[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
