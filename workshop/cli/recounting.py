"""`workshop recount`: counts an export pack, or a file of the field's formats, once more. It needs no installation."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import click

from workshop.ballot_files import conversations, pabulib, packs, polis, pots, preflib, recount
from workshop.cli.starting import fail

FORMATS = {
    ".pb": recount.budget,
    ".csv": recount.conversation,
    **dict.fromkeys((".soc", ".soi", ".toc", ".toi"), recount.ranked),
}
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("recount")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", default="", help=f"Another rule: {', '.join((*recount.BUDGETS, *recount.RANKED))}.")
@click.option("--pabulib", "budgets", type=FOLDER, help="Put a pack's budgets here, as Pabulib files.")
@click.option("--polis", "statements", type=FOLDER, help="Put a pack's statements here, as Polis files.")
def again(file: Path, by: str, budgets: Path | None, statements: Path | None) -> None:
    """Count the ballots in FILE again: a pack (.zip), Pabulib (.pb), Polis (.csv), PrefLib (.soc, .soi, .toc, .toi).

    Prints JSON with what was chosen under `selected`, and how. Ends with 1 where a published result is another one.
    """
    ending = file.suffix.lower()
    if ending != ".zip" and ending not in FORMATS:
        fail(f"{file.name}: a pack ends in .zip. Other files: {', '.join(FORMATS)}.")
    try:
        told = recount.pack(packs.read(file)) if ending == ".zip" else FORMATS[ending](file.read_text("utf-8"), by)
    except (pabulib.NotPabulib, polis.NotPolis, preflib.NotPrefLib, packs.NotAPack, recount.NotCounted) as fault:
        fail(f"{file.name} could not be counted. {fault}")
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    for folder, put in ((budgets, _put_budgets), (statements, _put_statements)):
        if folder and ending == ".zip":
            put(packs.read(file), folder)
    if not all(each.get("same", True) for each in told.get("choices", [told])):
        raise SystemExit(1)


def _put_budgets(tables: Sequence[packs.Table], folder: Path) -> None:
    """Each budget of a pack as a file that others in the field can count."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, election in pots.elections(tables):
        (folder / f"{name}.pb").write_text(pabulib.write(election), "utf-8", newline="\n")


def _put_statements(tables: Sequence[packs.Table], folder: Path) -> None:
    """Each choice about statements as a folder of files, a row at a time."""
    for name, held in conversations.of_pack(tables):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, rows in conversations.files(held).items():
            with (folder / name / file).open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows(rows)
