"""What was made anew is looked into before it counts: cut, empty or talkative results are found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.media.recordings import film, sound
from workshop.media import boxes
from workshop.media.remake import remake


def made(folder: Path, kind: str = "sound", data: bytes | None = None) -> bytes:
    source = folder / "original"
    source.write_bytes(data or sound(3))
    return remake(kind, source).data


def read(folder: Path, data: bytes) -> boxes.Whole:
    place = folder / "result"
    place.write_bytes(data)
    return boxes.read(place)


def test_a_whole_result_says_how_long_and_how_large_it_is(tmp_path: Path) -> None:
    heard = read(tmp_path, made(tmp_path))
    assert (heard.kinds, round(heard.seconds), heard.size) == ([b"soun"], 3, (0, 0))
    seen = read(tmp_path, made(tmp_path, "film", film(2, "640x360")))
    assert (seen.kinds, round(seen.seconds), seen.size) == ([b"soun", b"vide"], 2, (640, 360))


FAULTS: list[Callable[[bytes], bytes]] = [
    lambda data: data[:-1],
    lambda data: data[: len(data) // 2],
    lambda data: data[:200],
    lambda data: b"",
    lambda data: data.replace(b"mdat", b"free"),
    lambda data: data[: data.index(b"mdat") - 4] + b"\0\0\0\x08mdat",
    lambda data: data[:4] + b"moov" + data[8:],
    lambda data: data[:40] + bytes(200) + data[240:],
]


@pytest.mark.shows("R16")
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_cut_empty_or_bent_is_found(tmp_path: Path, fault: Callable[[bytes], bytes]) -> None:
    whole = made(tmp_path)
    with pytest.raises((boxes.Damaged, boxes.Told)):
        read(tmp_path, fault(whole))


@pytest.mark.shows("P16")
def test_what_tells_beside_the_sound_is_found(tmp_path: Path) -> None:
    whole = made(tmp_path)
    for data in (sound(2, "voice.m4a"), whole + b"\0\0\0\x10freesecret!!", whole + b"\0\0\0\x10uuidsecret!!"):
        with pytest.raises((boxes.Told, boxes.Damaged)):
            read(tmp_path, data)
    named = whole.replace(b"SoundHandler", b"zebrafinch71")
    with pytest.raises(boxes.Told):
        read(tmp_path, named)


def test_any_change_in_the_index_is_no_crash(tmp_path: Path) -> None:
    whole = bytearray(made(tmp_path))
    for at in range(0, whole.index(b"mdat"), 7):
        bent = bytearray(whole)
        bent[at] ^= 0x5A
        try:
            read(tmp_path, bytes(bent))
        except (boxes.Damaged, boxes.Told):
            continue
