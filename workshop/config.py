"""Every setting: its name, default and one line why. Read from instance/settings.toml and WORKSHOP_… variables."""

import importlib.util
import ipaddress
import os
import secrets
import socket
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class Refused(RuntimeError):
    """The installation may not start like this; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: Any
    why: str


SETTINGS = (
    Setting("DATABASE_URL", "", "Where the data lives; empty means SQLite in the instance folder."),
    Setting("BASE_URL", "", "The address people use; links and QR codes are made from it. Empty: found out."),
    Setting("HOST", "0.0.0.0", "The network address to listen on; 127.0.0.1 keeps the app to this machine."),
    Setting("PORT", 8000, "The port to listen on."),
    Setting("WORKERS", 2, "Server processes."),
    Setting("THREADS", 8, "Threads a process gives to pages and ballots."),
    Setting("MEDIA_THREADS", 2, "Threads a process gives to uploads and downloads, apart from the pages."),
    Setting("TRUSTED_HOSTS", [], "Host names answered beside the one of BASE_URL."),
    Setting("PROXIES", 0, "How many proxies stand in front; their forwarded address is believed, no more."),
    Setting("SECRET_KEY", "", "Signs cookies and seals receipts; empty means the file secret.key, made once."),
    Setting("SECRET_KEY_FALLBACKS", [], "Older keys that are still believed while keys are changed."),
    Setting("LANGUAGES", ["en", "ar"], "Languages offered, the first one is the default."),
    Setting("WRITE_WAIT", 4.0, "Seconds a write waits for its turn before people read «busy, text kept»."),
    Setting("MAX_UPLOAD", 12 * 1024 * 1024, "Bytes of one upload at most."),
    Setting("MAX_FILM_UPLOAD", 110 * 1024 * 1024, "Bytes of one form with a sound or film; 0 leaves MAX_UPLOAD."),
    Setting("MAX_TEXT", 10_000, "Characters of one text at most; longer texts are refused, never cut."),
    Setting("SLOWEST_UPLOAD", 1024, "Bytes a second that an upload must keep up, else its place is given away."),
    Setting("GRACE_SECONDS", 120, "How long late ballots count after a close."),
    Setting("COUNTED_AT_ONCE", 2000, "More ballots than this are counted by a job, not by the button itself."),
    Setting("ROOM_CELL", 5, "Fewest people a side needs before the room sees a split."),
    Setting("EXPORT_CELL", 10, "Fewest people a side needs before exports and the public see a split."),
    Setting("SIGN_IN_IDLE_HOURS", 12, "Hours without a click after which an account is signed out."),
    Setting("SIGN_IN_DAYS", 7, "Days after which an account is signed out in any case."),
    Setting("SIGN_IN_LINK_MINUTES", 30, "Minutes that a one-time sign-in link lives."),
    Setting("SECOND_STEP", True, "Organisers need a code from their phone to sign in; in practice mode nobody does."),
    Setting("INVITE_DAYS", 14, "Days that an invitation lives."),
    Setting("INVITES_PER_HOUR", 30, "Invitations one organisation may write in an hour."),
    Setting("WRONG_CODES_PER_PHONE", 10, "Wrong codes one phone may type in ten minutes."),
    Setting("WRONG_CODES_PER_ADDRESS", 300, "Wrong codes from one network address a minute: a hall shares one."),
    Setting("WRONG_CODES_IN_ALL", 600, "Wrong codes a minute on this installation; then only QR codes work."),
    Setting("WRONG_RECEIPTS_PER_ADDRESS", 60, "Wrong receipts from one network address in ten minutes."),
    Setting("JOINS_PER_ADDRESS", 2500, "Joins from one network address in ten minutes."),
    Setting("POSTS_PER_PERSON", 60, "New things one person may send a minute; resends are not counted."),
    Setting("WRONG_PASSWORDS_PER_ACCOUNT", 5, "Wrong passwords for one account in fifteen minutes."),
    Setting("WRONG_PASSWORDS_PER_ADDRESS", 100, "Wrong passwords from one network address in fifteen minutes."),
    Setting("STREAMS_PER_ADDRESS", 2500, "Live streams from one network address."),
    Setting("STREAMS_PER_WORKER", 5000, "Live streams one server process carries; then phones poll."),
    Setting("BACKUP_MINUTES", 5, "Minutes between automatic backups while a workshop is open; 0: no automatic ones."),
    Setting("BACKUP_FOLDER", "", "Where automatic backups go, best another disk; empty means backups in the instance."),
    Setting("BACKUP_DAYS", 35, "Days after which an automatic backup is deleted."),
    Setting("S3_BUCKET", "", "A bucket that speaks S3, for photos of several machines; empty means a folder."),
    Setting("S3_ENDPOINT", "", "The address of the bucket's server; empty means Amazon's own."),
    Setting("S3_REGION", "us-east-1", "The region of the bucket."),
    Setting("S3_KEY", "", "The name of the access key to the bucket."),
    Setting("S3_SECRET", "", "The secret of that key."),
    Setting("SERVICE_WORKER", True, "Phones keep the open question for times without network; off clears it away."),
    Setting("LEAVE_FAST_TO", "", "Where «Leave this page fast» leads, such as a weather page; empty: the day's date."),
    Setting("SECURITY_CONTACT", "", "An e-mail or web address for whoever finds a hole; shown in security.txt."),
    Setting("DEBUG", False, "Never on an installation that people use; refused unless on this machine."),
    Setting("TESTING", False, "Set by the tests alone."),
)


def instance_folder() -> Path:
    """The folder of this installation: WORKSHOP_INSTANCE, or `instance` where the app is started."""
    return Path(os.environ.get("WORKSHOP_INSTANCE", "instance"))


def load(instance: Path, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """All settings as Flask configuration. Raises Refused when starting would put people at risk."""
    make_private(instance)
    values: dict[str, Any] = {s.name: s.default for s in SETTINGS}
    values.update(_from_file(instance / "settings.toml"))
    values.update(_from_environment())
    values.update(overrides)
    values["SECRET_KEY"] = values["SECRET_KEY"] or _secret_of(instance)
    values["BASE_URL"] = (values["BASE_URL"] or _found_address(values)).rstrip("/")
    values["DATABASE_URL"] = values["DATABASE_URL"] or f"sqlite:///{instance / 'workshop.sqlite'}"
    check(values, instance)
    return values | _derived(values) | {"INSTANCE": str(instance)}


def check(values: Mapping[str, Any], instance: Path) -> None:
    """Refuse what must never run: weak secret, debug in public, readable data, plain http in the open."""
    known = {s.name for s in SETTINGS}
    if unknown := set(values) - known - {"SQLALCHEMY_ENGINE_OPTIONS"}:
        raise Refused(f"Unknown setting: {', '.join(sorted(unknown))}. See docs/operating.md.")
    if len(values["SECRET_KEY"]) < 32 or len(set(values["SECRET_KEY"])) < 8:
        raise Refused("SECRET_KEY is too short or too simple. Leave it empty and one is made for you.")
    if values["DEBUG"] and not values["TESTING"] and values["HOST"] not in ("127.0.0.1", "localhost"):
        raise Refused("DEBUG shows the inside of the app. Set HOST to 127.0.0.1 or switch DEBUG off.")
    _check_address(values["BASE_URL"])
    _check_bucket(values)
    _check_files(instance)


def _check_bucket(values: Mapping[str, Any]) -> None:
    """All that a bucket needs, or nothing: half a setting would put photos where nobody looks for them."""
    needed = ("S3_BUCKET", "S3_KEY", "S3_SECRET")
    lacking = [name for name in needed if not values[name]]
    if len(lacking) == len(needed) and not values["S3_ENDPOINT"]:
        return
    if lacking:
        raise Refused(f"Photos in a bucket need {', '.join(lacking)} too. See docs/operating.md.")
    endpoint = values["S3_ENDPOINT"]
    if endpoint and not is_secure(endpoint) and not is_private(endpoint):
        raise Refused(f"S3_ENDPOINT is {endpoint}: photos would cross an open network. Use https.")
    if importlib.util.find_spec("obstore") is None:
        raise Refused("Photos in a bucket need one more package. Run: python -m pip install obstore")


def _check_address(address: str) -> None:
    if not is_secure(address) and not is_private(address):
        raise Refused(f"{address} is plain http on an open network. Use https, or a private address to practise.")


def _check_files(instance: Path) -> None:
    for path in _data_files(instance):
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o007:
            raise Refused(f"Everybody on this machine can read {path.name}. Run: chmod -R o-rwx {instance}")


def is_secure(address: str) -> bool:
    return urlsplit(address).scheme == "https"


@lru_cache(maxsize=256)
def is_private(address: str) -> bool:
    """Is this an address of this machine or of a private network, as in a hall without internet?"""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def make_private(instance: Path) -> None:
    """Make the instance folder, readable by its owner alone."""
    if not instance.exists():
        instance.mkdir(parents=True)
        instance.chmod(0o700)


def _derived(values: Mapping[str, Any]) -> dict[str, Any]:
    secure = is_secure(values["BASE_URL"])
    host = urlsplit(values["BASE_URL"]).hostname or "localhost"
    return {
        "PRACTICE": not secure,
        "TRUSTED_HOSTS": [host, "localhost", "127.0.0.1", "[::1]", *values["TRUSTED_HOSTS"]],
        "SQLALCHEMY_DATABASE_URI": values["DATABASE_URL"],
        "SESSION_COOKIE_NAME": "__Host-workshop" if secure else "workshop",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=values["SIGN_IN_DAYS"]),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": values["MAX_UPLOAD"] + 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 512 * 1024,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": values["LANGUAGES"][0],
    }


def _from_file(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def _from_environment() -> Iterator[tuple[str, Any]]:
    for setting in SETTINGS:
        text = os.environ.get(f"WORKSHOP_{setting.name}")
        if text is None and setting.name == "PORT":
            text = os.environ.get("PORT")
        if text is not None:
            yield setting.name, _as_type_of(setting.default, text)


def _as_type_of(default: Any, text: str) -> Any:
    if isinstance(default, bool):
        return text.lower() in ("1", "true", "yes", "on")
    if isinstance(default, list):
        return [word.strip() for word in text.split(",") if word.strip()]
    return type(default)(text)


def _secret_of(instance: Path) -> str:
    """The installation's own key, kept outside the database, so that a stolen database opens nothing."""
    path = instance / "secret.key"
    if not path.exists():
        _write_once(path, secrets.token_hex(32))
    return path.read_text("ascii").strip()


def _write_once(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _found_address(values: Mapping[str, Any]) -> str:
    host = values["HOST"]
    if host in ("0.0.0.0", "::", ""):
        host = local_network_address() or "localhost"
    return f"http://{host}:{values['PORT']}"


def local_network_address() -> str | None:
    """This machine's address on the local network; asks the routing table and sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return address if ipaddress.ip_address(address).is_private else None


def _data_files(instance: Path) -> list[Path]:
    names = ("workshop.sqlite", "workshop.sqlite-wal", "secret.key", "settings.toml", "media")
    return [instance / name for name in names if (instance / name).exists()]
