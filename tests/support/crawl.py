"""Everything that can be read of a workshop: every address that its readers can ask for, and what it says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

from flask import Flask

from tests.support.people import Person
from workshop.live import parts

Known = Mapping[str, Sequence[str]]
SECRETS = {"token", "key", "filename", "medium_id", "person_id", "participant_id", "edit_id", "export_id", "item"}
# Unless a test has some.
NOT_THERE: Known = dict.fromkeys(("theme_id", "playlist", "promise", "response_id", "box_id", "number"), ())
PASSING = (
    (
        re.compile(
            r'(?<=name="csrf_token" value=")[^"]+|(?<=type="hidden" value=")[^"]+|(?<=name="csrf-token" content=")[^"]+'
        ),
        "TOKEN",
    ),
    (re.compile(r"[0-9a-f]{32}"), "ID"),
    (re.compile(r'(?<=etag":")\w+|(?<=revision":)\d+|(?<=data-tag=")\w+|(?<=name="as_read" value=")\w+'), "STATE"),
    (re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(\+00:00|Z)?)?|\b\d\d:\d\d\b"), "TIME"),
    (re.compile(r'(?<=c r=")[A-Z]+\d+'), "CELL"),
    (re.compile(r'(?<= d=")M[^"]+'), "QR"),
    (re.compile(r"\b[x0-9a-f][0-9a-f]{9,63}\b"), "NAME"),
    (re.compile(r'(?<=ltr">)[A-Z2-9]{7}|(?<=ltr\\">)[A-Z2-9]{7}'), "CODE"),
    (re.compile(r"(?<=<li>)[a-z]{3,8}(?=</li>)"), "RECEIPT"),
    (re.compile(r"(?<=<span>)[A-Z2-7]{4}(?=</span>)"), "SECRET"),
    (re.compile(r'(?<=<h1 id="question" dir="auto">)[^<]*|(?<=<title>)[^<]*'), "QUESTION"),
)


def addresses(app: Flask, known: Known) -> dict[str, str]:
    """Every address of a GET whose parts are known, by its rule; `known` gives the values of each part of a path."""
    values = {**NOT_THERE, **known, "name": list(parts.PARTS), "code": ["en"]}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    strange = {name for rule in rules for name in rule.arguments} - set(values) - SECRETS
    assert not strange, f"nobody can crawl without values for {strange}"
    return dict(pair for rule in rules for pair in _filled(rule, values))


def _filled(rule: Any, values: Known) -> Iterator[tuple[str, str]]:
    names = sorted(rule.arguments)
    if set(names) <= set(values):
        for places in product(*(range(len(values[name])) for name in names)):
            address = rule.rule
            for name, place in zip(names, places, strict=True):
                address = re.sub(rf"<(?:\w+:)?{name}>", values[name][place], address)
            yield f"{rule.rule} {places}", address


def read(reader: Person, addresses: Mapping[str, str]) -> dict[str, str]:
    """What each address says to this reader, without what is new every time."""
    return {name: _said(reader, address) for name, address in addresses.items()}


def _said(reader: Person, address: str) -> str:
    answer = reader.client.get(address, base_url=reader.address)
    assert answer.status_code < 500, f"{address} broke"
    said = plain(answer.get_data(as_text=True))
    if address.endswith("/paper"):  # ballots to print, each in an order that chance made
        said = "\n".join(sorted(said.splitlines()))
    return f"{answer.status_code}\n{said}"


def read_pack(data: bytes) -> dict[str, list[str]]:
    """An export pack: of each file what it says, in an order that says nothing, since the ids in it are chance."""
    with ZipFile(BytesIO(data)) as pack:
        return {name: sorted(plain(text) for text in _pieces(pack, name)) for name in pack.namelist()}


def _pieces(pack: ZipFile, name: str) -> list[str]:
    data = pack.read(name)
    if name.endswith((".xlsx", ".zip")):
        return [piece for inside in read_pack(data).values() for piece in inside]
    return re.split(r"[\n<>{}\[\],]+", data.decode("utf-8"))


def plain(text: str) -> str:
    for pattern, word in PASSING:
        text = pattern.sub(word, text)
    return text
