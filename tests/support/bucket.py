"""A small server in this process that speaks S3: it checks every signature, and can be slow, broken or forgetful."""

import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

NAME, REGION, KEY, SECRET = "room-photos", "eu-north-1", "a-key-of-the-tests", "a-secret-of-the-tests/1234567890"
PAGE = 2  # names in one answer of a list, so that every list has several
SIGNED = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})")


@dataclass
class Bucket:
    """What lies in it, and how it behaves just now."""

    port: int = 0
    files: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    versions: list[bytes] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    versioned: bool = False
    status: int = 0  # answer with this instead
    delay: float = 0.0
    loses_answers: bool = False

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of an installation whose photos lie here."""
        address = f"http://127.0.0.1:{self.port}"
        return {
            "S3_ENDPOINT": address,
            "S3_BUCKET": NAME,
            "S3_REGION": REGION,
            "S3_KEY": KEY,
            "S3_SECRET": SECRET,
        }

    @property
    def bytes(self) -> bytes:
        """Every byte that it still has, old versions too."""
        return b"".join([*(data for data, _ in self.files.values()), *self.versions])


@contextmanager
def serving() -> Iterator[Bucket]:
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"bucket": bucket}))
    server.daemon_threads = True
    bucket.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    bucket: Bucket
    protocol_version = "HTTP/1.1"

    def log_message(self, *_said: Any) -> None:
        """Quietly."""

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.bucket.requests.append(f"{self.command} {self.path}")
        until = time.monotonic() + self.bucket.delay
        while time.monotonic() < until and self.bucket.delay:
            time.sleep(0.02)
        place = urlsplit(self.path)
        if self.bucket.status:
            return self.say(self.bucket.status, _error("InternalError"))
        if not self.is_signed(body):
            return self.say(403, _error("SignatureDoesNotMatch"))
        _, bucket, *rest = unquote(place.path).split("/", 2)
        if bucket != NAME:
            return self.say(404, _error("NoSuchBucket"))
        return getattr(self, f"_{self.command.lower()}")("".join(rest), dict(parse_qsl(place.query, True)), body)

    do_GET = do_HEAD = do_PUT = do_DELETE = do_POST = answer  # noqa: N815 - the library's own names

    def _put(self, name: str, _query: dict[str, str], body: bytes) -> None:
        known = {"ETag": f'"{hashlib.md5(body).hexdigest()}"'}  # noqa: S324 - as S3 has it
        if self.bucket.versioned:
            known["x-amz-version-id"] = secrets.token_hex(8)
            self.bucket.versions.append(body)
        self.bucket.files[name] = (body, datetime.now(UTC))
        if self.bucket.loses_answers:
            self.close_connection = True
            return
        self.say(200, headers=known)

    def _get(self, name: str, query: dict[str, str], _body: bytes) -> None:
        if not name:
            return self.list(query)
        if name not in self.bucket.files:
            return self.say(404, _error("NoSuchKey"))
        data, changed = self.bucket.files[name]
        stamp = changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
        return self.say(200, data, {"Last-Modified": stamp, "ETag": f'"{len(data)}"'})

    _head = _get

    def _delete(self, name: str, _query: dict[str, str], _body: bytes) -> None:
        self.bucket.files.pop(name, None)
        self.say(204)

    def _post(self, _name: str, query: dict[str, str], body: bytes) -> None:
        """Several at once: `?delete`."""
        assert "delete" in query
        names = re.findall(r"<Key>([^<]+)</Key>", body.decode())
        for name in names:
            self.bucket.files.pop(name, None)
        gone = "".join(f"<Deleted><Key>{escape(name)}</Key></Deleted>" for name in names)
        self.say(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def list(self, query: dict[str, str]) -> None:
        after = query.get("continuation-token", "")
        names = sorted(name for name in self.bucket.files if name.startswith(query.get("prefix", "")) and name > after)
        more = len(names) > PAGE
        rows = "".join(map(self.row, names[:PAGE]))
        token = f"<NextContinuationToken>{names[PAGE - 1]}</NextContinuationToken>" if more else ""
        head = f"<Name>{NAME}</Name><IsTruncated>{str(more).lower()}</IsTruncated>{token}"
        self.say(200, f"<ListBucketResult>{head}{rows}</ListBucketResult>".encode())

    def row(self, name: str) -> str:
        data, changed = self.bucket.files[name]
        stamp = changed.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        facts = f"<LastModified>{stamp}</LastModified><ETag>&quot;1&quot;</ETag><Size>{len(data)}</Size>"
        return f"<Contents><Key>{escape(name)}</Key>{facts}</Contents>"

    def say(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        with suppress(OSError):  # the other side has given up
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    def is_signed(self, body: bytes) -> bool:
        """Signature Version 4: made with our secret, over this method, place, these headers and exactly this body."""
        found = SIGNED.fullmatch(self.headers.get("Authorization", ""))
        told = self.headers.get("x-amz-content-sha256", "")
        if found is None or found[1] != KEY or told != hashlib.sha256(body).hexdigest():
            return False
        scope, names = found[2], found[3].split(";")
        place = urlsplit(self.path)
        asked = sorted((quote(n, "~"), quote(v, "~")) for n, v in parse_qsl(place.query, True))
        lines = [
            self.command,
            quote(unquote(place.path), "/~"),
            "&".join(f"{name}={value}" for name, value in asked),
            *(f"{name}:{' '.join(self.headers.get(name, '').split())}" for name in names),
            "",
            found[3],
            told,
        ]
        canonical = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, canonical])
        key = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        is_ours = scope.split("/")[1:] == [REGION, "s3", "aws4_request"]
        return is_ours and hmac.compare_digest(hmac.new(key, text.encode(), "sha256").hexdigest(), found[4])


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()
