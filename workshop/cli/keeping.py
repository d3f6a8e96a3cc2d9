"""`workshop backup`, `workshop restore` and `workshop recovery-words`."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from workshop.cli import tables
from workshop.cli.starting import fail, instance, opened, program
from workshop.commands import burying, copies, keeping, packing, recovery, restoring, rotating, unpacking
from workshop.queries import backups

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--automatic", is_flag=True, help="As the server does it: thin out old ones, photos beside.")
def backup(folder: Path | None, automatic: bool) -> None:
    """Copy everything into one closed file in FOLDER, also while people use the app."""
    with opened(), plain_words():
        if automatic:
            _automatic()
            return
        path = _one_file(folder or backups.folder())
    click.echo(f"Saved: {path} ({path.stat().st_size / 1e6:.1f} MB). Only the recovery words open it.")
    click.echo("Open choices are in it without the link to the people who made them.")
    click.echo(f"Keep {instance() / keeping.TOMBSTONES} safe as well: it says what people took back since.")
    if recovery.kept_here(instance()):
        click.echo(f"The recovery words still lie on this machine. Put them on paper: {program()} recovery-words")


def _automatic() -> None:
    """Each server process may start one: all but the first find the door locked, or nothing left to do."""
    with suppress(TimeoutError):
        if not backups.is_current(timedelta(seconds=30)):
            click.echo(f"Saved: {rotating.run(instance())}")


def _one_file(folder: Path) -> Path:
    name = f"workshop-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.age"
    with keeping.alone(instance()):
        return keeping.backup(instance(), keeping.private(folder) / name)


@contextmanager
def plain_words() -> Iterator[None]:
    """What can go wrong when something is kept, said without a trace."""
    try:
        yield
    except packing.NoRoom:
        fail("There is not enough room on the disk. Nothing was saved. Make room, or name another folder.")
    except copies.Broken as broken:
        fail(f"The database is damaged: {broken}. Keep the last good backup, and restore it.")
    except TimeoutError:
        fail("Another backup is being made just now. Try again in a minute.")


@click.command()
@click.argument("pack", type=FILE)
@click.option("--words", type=FILE, help="A file with the recovery words. Without it they are asked for.")
@click.option("--tombstones", type=FILE, help="The old tombstones.txt.")
@click.option("--tombstones-are-lost", is_flag=True, help="Nobody can say any more what was taken back since.")
def restore(pack: Path, words: Path | None, tombstones: Path | None, tombstones_are_lost: bool) -> None:
    """Make a new installation from the backup PACK, in an empty folder: workshop --instance FOLDER restore PACK."""
    found = tombstones or _list_beside(pack)
    if found is None and not tombstones_are_lost:
        fail(
            "People may have taken words back after this backup was made. Give the newest list of them:\n"
            "  --tombstones OLD/INSTANCE/tombstones.txt\nOnly if it is lost: --tombstones-are-lost"
        )
    if found is not None and found != tombstones:
        click.echo(f"What was taken back since is read from {found}.")
    restored = _restored(pack, asked_for(words), found)
    click.echo(f"Restored into {instance()}, as it was at {restored.made_at}, and checked:")
    for what, number in restored.counts.items():
        click.echo(f"  {what}: {number}")
    for line in _told(restored):
        click.echo(line)


def _list_beside(pack: Path) -> Path | None:
    """Automatic backups have the list beside them, and it grows whenever somebody takes something back."""
    beside = pack.with_name(keeping.TOMBSTONES)
    return beside if beside.exists() else None


def _told(restored: restoring.Restored) -> Iterator[str]:
    if restored.erased:
        yield f"Taken back since, and erased again: {restored.erased}."
    if restored.gone:
        yield f"Photos that were deleted since, and are not there any more: {restored.gone}."
    yield "Receipts and codes work as before. Accounts sign in again."
    if (instance() / keeping.SETTINGS).exists():
        yield f"The old settings lie in {keeping.SETTINGS}. Read them, then name the file settings.toml."


def asked_for(words: Path | None, what: str = "Recovery words") -> Any:
    """What opens a file: from the file with the words, or typed in."""
    try:
        return recovery.identity(words.read_text("utf-8") if words else click.prompt(what))
    except recovery.NotWords:
        fail("These are not twelve recovery words. Look for a slip: four letters of each word are enough.")


def _restored(pack: Path, key: Any, tombstones: Path | None) -> restoring.Restored:
    with refusals(pack):
        try:
            return restoring.restore(pack, key, instance(), tombstones, tables.is_known)
        except restoring.NotEmpty:
            fail(f"{instance()} is not empty. A restore never writes over an installation: name another folder.")
        except burying.OldList:
            fail(f"{tombstones} is older than the backup, or of another installation. Give the newest list.")


@contextmanager
def refusals(pack: Path) -> Iterator[None]:
    """Why a closed file is not opened."""
    try:
        yield
    except unpacking.WrongWords:
        fail(f"These words do not open {pack.name}. Each installation has its own, and new ones after a change.")
    except unpacking.Newer:
        fail(f"A newer Workshop wrote {pack.name}. Update this one first.")
    except unpacking.Other as other:
        fail(_INSTEAD.get(str(other), f"{pack.name} is not a file for this command."))
    except unpacking.Damaged as damage:
        fail(str(damage))


_INSTEAD = {
    "installation": "This is a backup of a whole installation: workshop --instance FOLDER restore FILE",
    "workshop": "This is one saved workshop: workshop open FILE",
    "medium": "This is one file of an automatic backup. Take the newest file automatic-….age beside its folder.",
}


@click.command()
@click.option("--put-away", is_flag=True, help="They are on paper: delete them from this machine.")
@click.option("--new", is_flag=True, help="New words, because somebody else may know the old ones.")
@click.option("--age-key", is_flag=True, help="Turn the words on your paper into a key for the program age.")
def recovery_words(put_away: bool, new: bool, age_key: bool) -> None:
    """Show the twelve words that open every backup, as long as they lie on this machine."""
    if age_key:
        click.echo(str(asked_for(None)))
        return
    with opened():
        if new or not (instance() / recovery.CLOSES).exists():
            recovery.make(instance())
            click.echo("These words open backups from now on. Older ones open with the older words alone.\n")
        words = recovery.kept_here(instance())
        if words is None:
            fail("The words were put away from this machine. They stand on paper. For new ones: --new")
        if not put_away:
            click.echo((instance() / recovery.WORDS).read_text("utf-8"))
            return
        _put_away(words)


def _put_away(words: str) -> None:
    """Only who has them on paper can say two of them."""
    for place in (3, 8):
        said = click.prompt(f"Word {place} on your paper").strip().lower()
        if said[:4] != words.split()[place - 1][:4]:
            fail("That is another word. Nothing was deleted: without the words no backup can be opened.")
    copies.wipe(instance() / recovery.WORDS)
    click.echo("The words are off this machine. Only your paper opens the backups now.")
