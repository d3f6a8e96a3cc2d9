"""`workshop demo`: the links of the example again, or a real conversation played through the front door."""

import importlib
import urllib.error
import urllib.request
from pathlib import Path

import click

from workshop.cli import greeting
from workshop.cli.readying import make_ready
from workshop.cli.starting import base, fail, instance, opened, program


@click.command()
@click.option("--play", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of CSV files.")
@click.option("--speed", type=float, default=60.0, show_default=True, help="How many times faster; 0: at once.")
@click.option("--url", "address", help="Where the app runs. Without it: the address in the settings.")
def demo(play: Path | None, speed: float, address: str | None) -> None:
    """Show the links of the example workshop; with --play, let the people of a real conversation come in."""
    if play is None:
        click.echo(links(make_ready(instance(), {}, example=True)))
        return
    with opened() as made:
        let_them_in(play, address or base(made), speed)


def links(ready: greeting.Ready) -> str:
    """The greeting, without saying that the app runs where nothing answers."""
    running = answers(ready.address)
    last = "The app runs in another window." if running else f"Nothing runs yet. Start the app: {program()} serve"
    return greeting.words(ready, running, last)


def let_them_in(conversation: Path, address: str, speed: float) -> None:
    """Play a conversation into the app that runs at this address."""
    if not answers(address):
        fail(f"Nothing answers at {address}. Start the app in another window first: workshop serve")
    player = importlib.import_module("workshop.play")
    try:
        player.play(conversation, address, speed, say=click.echo)
    except player.NotAConversation as nothing:
        fail(str(nothing))


def answers(address: str) -> bool:
    """Does the app run there?"""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as reply:  # noqa: S310 - our own address
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False
