"""A proxy with https in front of the app, as organisations run it: one request a connection, forwarded in the open."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

HEAD_END = b"\r\n\r\n"
FORWARDED = b"\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 127.0.0.1\r\nConnection: close\r\n\r\n"


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A key and a certificate that only this test believes."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    words = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", "2"]
    kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(["openssl", "req", *kind, *words], check=True, capture_output=True)
    return key, cert


def needed() -> None:
    """Without openssl there is no certificate and nothing to try; where checks must be whole, that is a failure."""
    if not shutil.which("openssl"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no openssl here to make a certificate with")


@contextmanager
def https(folder: Path, name: str, behind: int, port: int) -> Iterator[None]:
    """Answer at `port` with https what the app says at `behind`."""
    key, cert = certificate(folder, name)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        threading.Thread(target=_accept, args=(listener, context, behind), daemon=True).start()
        yield


def _accept(listener: socket.socket, context: ssl.SSLContext, behind: int) -> None:
    with suppress(OSError):  # the listener was closed: the test is over
        while True:
            caller, _address = listener.accept()
            threading.Thread(target=_serve, args=(caller, context, behind), daemon=True).start()


def _serve(caller: socket.socket, context: ssl.SSLContext, behind: int) -> None:
    """First all that was asked, then all that is answered: one thread, as the TLS of Python wants it."""
    with suppress(OSError, ValueError), context.wrap_socket(caller, server_side=True) as phone:
        head, body = _asked(phone)
        with socket.create_connection(("127.0.0.1", behind)) as app:
            app.sendall(_without_connection(head) + FORWARDED + body)
            while more := app.recv(65536):
                phone.sendall(more)


def _asked(phone: ssl.SSLSocket) -> tuple[bytes, bytes]:
    read = _more(phone)
    while HEAD_END not in read:
        read += _more(phone)
    head, _end, body = read.partition(HEAD_END)
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    while length and len(body) < int(length[1]):
        body += _more(phone)
    return head, body


def _more(phone: ssl.SSLSocket) -> bytes:
    read = phone.recv(65536)
    if not read:
        raise ValueError("the caller left")
    return read


def _without_connection(head: bytes) -> bytes:
    lines = head.split(b"\r\n")
    return b"\r\n".join(line for line in lines if not line.lower().startswith(b"connection:"))
