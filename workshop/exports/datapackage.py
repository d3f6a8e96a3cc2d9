"""The description of the CSV files that programs read: a Frictionless data package."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workshop.activities import Table


@dataclass(frozen=True, slots=True)
class File:
    """A CSV file of the bundle: its table, where it lies, how long it is and what it hashes to."""

    table: Table
    path: str
    bytes: int
    sha256: str


def text(title: str, files: Sequence[File]) -> bytes:
    """`datapackage.json`."""
    described = {
        "profile": "tabular-data-package",
        "name": "workshop",
        "title": title,
        "resources": [_resource(file) for file in files],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(file: File) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": file.table.name.replace("_", "-"),
        "title": str(file.table.title),
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(file.table),
    }


def _schema(table: Table) -> dict[str, Any]:
    fields = [{"name": c.name, "type": c.type, "description": str(c.means)} for c in table.columns]
    key = {"primaryKey": "id"} if table.columns and table.columns[0].name == "id" else {}
    return {"fields": fields, "missingValues": [""], **key}
