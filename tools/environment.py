"""The virtual environment in .venv: built from the lock files, and either whole or built again."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import one_at_a_time
from tools.launcher import write_launcher

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
ORACLES = ROOT / ".venv-oracles" / PROGRAMS.name / PYTHON.name
UNFINISHED = VENV / "workshop-unfinished"
MADE_FOR = VENV / "workshop-made-for"
CATALOGUES = ROOT / "workshop" / "translations"


def prepare(dev: bool = False) -> None:
    """Bring .venv to what the lock file says. Quick when it is there already."""
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    try:
        with one_at_a_time.lock(ROOT / ".venv.lock"):
            build_venv()
            install(lock)
            compile_catalogues()
    except subprocess.CalledProcessError as failure:
        sys.exit(f"\nSet-up stopped: this did not work:\n  {' '.join(map(str, failure.cmd))}")


def build_venv() -> None:
    if is_whole() or adopt():
        return
    if VENV.exists():
        say("The environment in .venv is not whole: building it again.")
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    base_python = getattr(sys, "_base_executable", None) or sys.executable
    subprocess.run([base_python, "-m", "venv", str(VENV)], check=True)
    MADE_FOR.write_text(identity(), "utf-8")
    UNFINISHED.unlink()


def is_whole() -> bool:
    made_for = MADE_FOR.read_text("utf-8") if MADE_FOR.exists() else ""
    return bool(made_for) and made_for == identity() and not UNFINISHED.exists()


def adopt() -> bool:
    """An environment that somebody made by hand and that works is kept, with all that is in it."""
    works = not UNFINISHED.exists() and not MADE_FOR.exists() and bool(identity())
    if works:
        MADE_FOR.write_text(identity(), "utf-8")
    return works


def identity() -> str:
    """A copied folder or another Python makes another identity; no Python at all makes none."""
    question = "import sys, sysconfig; print(*sys.version_info[:2], sysconfig.get_path('purelib'), sep='\\n')"
    try:
        answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{ROOT}\n{answer.stdout}"


def install(lock: Path) -> None:
    if any(is_installed(done) for done in (lock, ROOT / "requirements-dev.lock")):
        return
    say(f"Installing what {lock.name} lists into .venv. This happens once and can take a minute or two.")
    UNFINISHED.touch()
    subprocess.run([*installer(), "--require-hashes", "-r", str(lock)], check=True, cwd=ROOT)
    write_launcher(PROGRAMS, PYTHON)
    (site_packages() / "workshop-checkout.pth").write_text(f"{ROOT}\n", "utf-8")
    stamp(lock).write_text(digest(lock), "utf-8")
    UNFINISHED.unlink()


def installer() -> list[str]:
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode"]
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def prepare_oracles() -> None:
    """An environment beside ours for the field's libraries: about a gigabyte, and never needed by the app."""
    wanted = ROOT / "bench" / "oracles" / "requirements.txt"
    done = ORACLES.parent.parent / "workshop-stamp"
    if done.exists() and done.read_text("utf-8") == digest(wanted):
        return
    say("Installing the field's libraries into .venv-oracles. This happens once and takes a few minutes.")
    subprocess.run([str(PYTHON), "-m", "venv", str(ORACLES.parent.parent)], check=True)
    subprocess.run([str(ORACLES), "-m", "pip", "install", "--quiet", "-r", str(wanted)], check=True)
    done.write_text(digest(wanted), "utf-8")


def compile_catalogues() -> None:
    sources = sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    fresh = all(source.with_suffix(".mo").exists() for source in sources)
    if not sources or (fresh and stamped(CATALOGUES) == digest(*sources)):
        return
    call("python", "-m", "babel.messages.frontend", "--quiet", "compile", "-d", str(CATALOGUES))
    stamp(CATALOGUES).write_text(digest(*sources), "utf-8")


def write_locks() -> int:
    """The development lock takes over every version of the other one."""
    uv = shutil.which("uv") or str(PROGRAMS / "uv")
    form = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    compile_lock = [uv, "pip", "compile", "pyproject.toml", *form, "-o"]
    extra = [
        "--group",
        "test",
        "--group",
        "lint",
        "--extra",
        "postgres",
        "--extra",
        "s3",
        "--extra",
        "media",
        "-c",
        "requirements.lock",
    ]
    first = subprocess.call([*compile_lock, "requirements.lock"], cwd=ROOT)
    return first or subprocess.call([*compile_lock, "requirements-dev.lock", *extra], cwd=ROOT)


def call(program: str, *words: str) -> int:
    """Run a program of the environment and wait for it."""
    return subprocess.call([str(PROGRAMS / program), *words], cwd=ROOT)


def become(program: str, *words: str) -> int:
    """Give this process over to a program of the environment, so that Ctrl-C reaches it alone."""
    command = [str(PYTHON), str(PROGRAMS / program), *words]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def site_packages() -> Path:
    return Path(MADE_FOR.read_text("utf-8").splitlines()[3])


def is_installed(lock: Path) -> bool:
    return stamped(lock) == digest(lock)


def stamp(path: Path) -> Path:
    return VENV / f"workshop-stamp-{path.name}"


def stamped(path: Path) -> str:
    return stamp(path).read_text("utf-8") if stamp(path).exists() else ""


def digest(*paths: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def say(words: str) -> None:
    print(words, flush=True)
