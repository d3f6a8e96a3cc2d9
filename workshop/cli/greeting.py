"""What the person at the keyboard reads when the app starts."""

import io
import sys
from dataclasses import dataclass

import segno

from workshop.cli.starting import program

LINE = "─" * 72


@dataclass(frozen=True, slots=True)
class Ready:
    """What there is to say. The links are whole addresses; on later runs only the join address is known."""

    address: str
    practice: bool
    local_network: bool
    code: str = ""
    sign_in: str = ""
    join: str = ""
    screen: str = ""


def words(ready: Ready, running: bool = True, last: str = "Ctrl-C stops the app. Nothing is lost.") -> str:
    """All of it. `running`: this is the app that starts, or it answers."""
    parts = _first_time(ready, running) if ready.sign_in else _again(ready, running)
    return "\n".join(["", LINE, *parts, *_practice(ready), "", last, LINE])


def _first_time(ready: Ready, running: bool) -> list[str]:
    return [
        f"{'Workshop is running. An' if running else 'An'} example workshop is ready to open.",
        "",
        "1. Sign in as the facilitator. The link works once, for 30 minutes:",
        f"   {ready.sign_in}",
        "2. Open this on the projector:",
        f"   {ready.screen}",
        "3. Phones join with this picture, this link or the code at /join:",
        f"   {ready.join}",
        f"   Code: {ready.code}",
        *_picture(ready.join),
    ]


def _again(ready: Ready, running: bool) -> list[str]:
    return [
        "Workshop is running again, with everything you had." if running else "Everything you had is here.",
        "",
        f"Facilitators sign in here:    {ready.address}/sign-in",
        f"Phones join here with a code: {ready.address}/join",
        "For a new one-time sign-in link, type in another window:",
        f"   {program()} sign-in-link",
    ]


def _practice(ready: Ready) -> list[str]:
    if not ready.practice:
        return []
    here = (
        ["Phones on this network can reach the app."]
        if ready.local_network
        else ["Only this computer can reach the app."]
    )
    return [
        "",
        "PRACTICE MODE. The connection is not encrypted: others on the network could read along.",
        *here,
        "Use made-up words until the app has an https address. docs/operating.md shows the ways to get one.",
    ]


def _picture(link: str) -> list[str]:
    """The QR code in half blocks, where the terminal can draw them."""
    drawn = io.StringIO()
    segno.make(link, error="l").terminal(out=drawn, compact=True)
    try:
        drawn.getvalue().encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return []
    return ["", *drawn.getvalue().rstrip("\n").split("\n")]
