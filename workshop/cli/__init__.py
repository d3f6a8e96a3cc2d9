"""The `workshop` command. Each subcommand lies in a module of its own, read only when it is asked for."""

import importlib
import os
import sys
from pathlib import Path

import click

from workshop.cli.starting import SETTINGS, fail
from workshop.config import Refused

COMMANDS = {
    "serve": ("workshop.cli.serving", "serve", "Start the app."),
    "demo": ("workshop.cli.demonstrating", "demo", "Show the links of the demo, or play a real conversation into it."),
    "user": ("workshop.cli.accounts", "user", "Accounts: add one."),
    "sign-in-link": ("workshop.cli.accounts", "sign_in_link", "A link that signs somebody in, once."),
    "export": ("workshop.cli.exporting", "export", "Write a workshop's export pack."),
    "recount": ("workshop.cli.recounting", "again", "Count a pack's ballots, or a .pb or PrefLib file, once more."),
    "backup": ("workshop.cli.keeping", "backup", "Copy everything to a safe place."),
    "restore": ("workshop.cli.keeping", "restore", "Make an installation from a backup."),
    "recovery-words": ("workshop.cli.keeping", "recovery_words", "The twelve words that open every backup."),
    "save": ("workshop.cli.carrying", "save", "Put one workshop into one closed file."),
    "open": ("workshop.cli.carrying", "open_", "Open a saved workshop in this installation."),
    "move": ("workshop.cli.carrying", "move", "Fill this new installation with everything of another."),
    "expire": ("workshop.cli.expiring", "expire", "What is due to be deleted by its date; --now deletes it."),
    "check": ("workshop.cli.checking", "check", "Is everything well? Says what is not."),
    "look-over": ("workshop.cli.looking", "look", "Read everything once: have any stored bytes turned?"),
    "audit": ("workshop.cli.checking", "audit", "The audit log: verify it."),
    "change": ("workshop.cli.developing", "change", "For developers: write the next change of the tables."),
}


class Subcommands(click.Group):
    """Reads a subcommand's module when it is asked for: the server's processes need none of the others."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute, _purpose = COMMANDS[name]
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, _, purpose) in COMMANDS.items()])


@click.group(cls=Subcommands)
@click.option("--instance", type=click.Path(path_type=Path, file_okay=False), help="The folder of the installation.")
def workshop(instance: Path | None) -> None:
    """Workshop: people with lived experience and people of the service decide together."""
    if instance:
        SETTINGS["instance"] = instance


def main() -> None:
    """The entry point: every refusal is said in plain words, without a trace."""
    if os.name == "posix":
        os.umask(0o077)  # whatever is written is for this account alone
    try:
        workshop(prog_name="workshop", standalone_mode=True)
    except Refused as refusal:
        fail(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
