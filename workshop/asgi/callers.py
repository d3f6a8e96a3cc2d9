"""Who calls: the address that limits are counted by, and that the log may keep the beginning of."""

import ipaddress
from functools import lru_cache

from workshop.asgi.bodies import Scope


def header(scope: Scope, name: bytes) -> str:
    """A header of the request, or nothing."""
    return next((value.decode("latin1") for key, value in scope["headers"] if key == name), "")


def address(scope: Scope, proxies: int) -> str:
    """The phone's own address: behind proxies, the one that the outermost of ours saw."""
    direct = scope["client"][0] if scope.get("client") else ""
    if not proxies:
        return str(direct)
    chain = [a.strip() for a in header(scope, b"x-forwarded-for").split(",") if a.strip()]
    return chain[-proxies] if len(chain) >= proxies else str(direct)


@lru_cache(maxsize=1024)
def cut(address: str) -> str:
    """An address without the end that points at one machine."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "-"
    bits = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, bits), strict=False).network_address)
