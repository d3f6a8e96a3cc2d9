"""The words in a body that was too large: whoever chose too big a photo need not type again."""

from typing import IO
from urllib.parse import parse_qsl

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Field, MultipartDecoder, NeedData

ENOUGH = 256 * 1024
Words = list[tuple[str, str]]


def words_in(file: IO[bytes], content_type: str) -> Words:
    """The fields that had arrived whole before the body was too much; half a field is none."""
    start = file.read(ENOUGH)
    kind, options = parse_options_header(content_type)
    try:
        if kind == "multipart/form-data" and options.get("boundary"):
            return _of_parts(start, options["boundary"].encode("latin1"))
        if kind == "application/x-www-form-urlencoded":
            return parse_qsl(start.decode("ascii", "replace").rpartition("&")[0], keep_blank_values=True)
    except (ValueError, RequestEntityTooLarge):
        pass
    return []


def _of_parts(start: bytes, boundary: bytes) -> Words:
    decoder = MultipartDecoder(boundary, max_parts=500)
    decoder.receive_data(start)
    words: Words = []
    name, taken = "", b""
    while not isinstance(event := decoder.next_event(), NeedData):
        if isinstance(event, Field):
            name, taken = event.name, b""
        elif isinstance(event, Data):
            taken += event.data
            if name and not event.more_data:
                words.append((name, taken.decode("utf-8", "replace")))
                name = ""
        else:
            name = ""  # a file: not words
    return words
