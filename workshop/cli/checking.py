"""`workshop check` and `workshop audit verify`: what an operator asks before people come."""

import shutil
import sys
from datetime import UTC, datetime, timedelta

import click
from flask import current_app

from workshop.cli import nodes, tables
from workshop.cli.starting import base, fail, instance, opened
from workshop.commands import CannotSave, recovery, upkeep
from workshop.events import first_broken_seal
from workshop.extensions import db, setting
from workshop.media.remake import is_possible
from workshop.queries import backups, last_look

LITTLE = 0.1
GIB = 1024**3
LIVE, NIGHTLY = timedelta(minutes=15), timedelta(hours=26)  # how old the last backup may be
ON_PAPER = " The words that open it still lie on this machine. Put them on paper: workshop recovery-words"
Finding = tuple[bool, str]


@click.command()
def check() -> None:
    """Look at settings, disk, database, and whether words can be saved. Ends with 1 if anything is not well."""
    with opened():  # refused settings end the program before this, in plain words
        findings = [settings(), disk(), database()]
        if findings[-1][0]:
            findings += [kept(), looked_over(), saving(), seals()]  # a look at the backups before a write of our own
            findings += [nodes.durable(), nodes.forgets(), nodes.photos(), recordings(), nodes.others()]
    for well, words in findings:
        click.echo(f"{'well' if well else 'BAD '}  {words}")
    sys.exit(0 if all(well for well, _ in findings) else 1)


def settings() -> Finding:
    address, practice = base(current_app), setting("PRACTICE")
    return True, f"Settings: people come in at {address}{', not encrypted: practise only' if practice else ''}."


def disk() -> Finding:
    usage = shutil.disk_usage(instance())
    enough = usage.free / usage.total > LITTLE
    words = f"Disk: {usage.free / GIB:.1f} GB free."
    return enough, words if enough else f"{words} Photos are refused when less than a tenth is free. Make room."


def database() -> Finding:
    stands, newest, kind = tables.version(), tables.newest(), db.engine.dialect.name
    if stands == newest:
        return True, f"Database: {kind}, tables of version {stands}."
    if stands is None:
        return False, "Database: it has no tables yet. Start the app once: workshop serve"
    return False, f"Database: tables of version {stands}, this program needs {newest}. Start the app: workshop serve"


def saving() -> Finding:
    try:
        upkeep.probe()
    except CannotSave as reason:
        return False, f"Saving: words cannot be saved now ({reason})."
    return True, "Saving: a word was written to the disk and is safe."


def seals() -> Finding:
    broken = first_broken_seal()
    return broken is None, "Audit log: every seal holds." if broken is None else f"Audit log: row {broken} was changed."


def recordings() -> Finding:
    """Photos alone are well, too; but whoever expects voices should know."""
    if is_possible():
        return True, "Sound and film: they can be taken and are made anew."
    return True, "Sound and film: not taken, photos only. To take them: pip install imageio-ffmpeg pillow-heif"


def kept() -> Finding:
    """The last good backup, and whether the words that open it are on paper."""
    if not setting("BACKUP_MINUTES"):
        return True, "Backups: automatic ones are switched off."
    last, limit = backups.last_good(), LIVE if backups.somebody_works() else NIGHTLY
    is_late = not backups.is_current(limit) and backups.worked_before(datetime.now(UTC) - limit)
    words = f"the last good one was made {_ago(last)}, in {backups.folder()}" if last else "there is none yet"
    if is_late:
        return False, f"Backups: {words}. That is too long ago. The output of workshop serve says why."
    return True, f"Backups: {words}.{ON_PAPER if recovery.kept_here(instance()) else ''}"


def looked_over() -> Finding:
    """What the last nightly look found."""
    looked = last_look.last()
    if looked is None:
        return True, "Stored bytes: nobody has looked yet. The server does by night; now: workshop look-over"
    if looked.turned:
        return False, f"Stored bytes: {'; '.join(looked.turned)}. Keep the last backup. Again: workshop look-over"
    return True, f"Stored bytes: all as they were kept, looked over {_ago(looked.at)}."


def _ago(moment: datetime) -> str:
    minutes = int((datetime.now(UTC) - moment).total_seconds() // 60)
    return f"{minutes} minutes ago" if minutes < 120 else f"{minutes // 60} hours ago"


@click.group()
def audit() -> None:
    """The audit log."""


@audit.command()
def verify() -> None:
    """Follow the chain of seals; ends with 1 at a row that was changed or removed."""
    with opened():
        broken = first_broken_seal()
    if broken is not None:
        fail(f"Row {broken} of the audit log was changed, or a row before it was removed.")
    click.echo("Every seal of the audit log holds.")
