"""Only pixels come through: no place, no name, no profile; upright, and in the colours that bea saw."""

import io
import re

import pytest
from PIL import Image

from workshop.media import Picture, Upload, accept

from .pictures import (
    BLUE,
    GREEN,
    RED,
    SECRETS,
    YELLOW,
    encoded,
    plain,
    png_chunk,
    profile_with_red_and_green_exchanged,
    quarters,
    srgb_profile,
    telling_photo,
    turned,
)

TELLING_PROFILE = srgb_profile() + SECRETS["profile"]


def sent(data: bytes) -> Upload:
    return accept(io.BytesIO(data))


def colour_at(picture: Picture, x: float, y: float) -> tuple[int, int, int]:
    pixels = Image.open(io.BytesIO(picture.data)).convert("RGB")
    return pixels.getpixel((int(picture.width * x), int(picture.height * y)))


def near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True))


def markers(data: bytes) -> set[int]:
    """Which segments a JPEG has before its pixels."""
    found, place = set(), 2
    while data[place + 1] != 0xDA:
        found.add(data[place + 1])
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return found


@pytest.mark.shows("P16")
def test_the_planted_secrets_are_really_in_the_photo() -> None:
    photo = telling_photo(TELLING_PROFILE)
    assert [name for name, secret in SECRETS.items() if secret not in photo] == ["text"]


@pytest.mark.shows("P16")
@pytest.mark.parametrize("profile", [b"", TELLING_PROFILE], ids=["without profile", "with profile"])
def test_no_secret_comes_through(profile: bytes) -> None:
    upload = sent(telling_photo(profile))
    for picture in (upload.photo, upload.small):
        assert [name for name, secret in SECRETS.items() if secret in picture.data] == []
        assert not re.search(rb"SECRET|RIVER|Exif|http|xmp|ICC_PROFILE|Photoshop|JFXX", picture.data, re.IGNORECASE)
        assert markers(picture.data) <= {0xE0, 0xDB, 0xC0, 0xC4}, "only header, tables and frame"


def test_a_telling_photo_stands_upright() -> None:
    upload = sent(telling_photo())
    assert (upload.photo.width, upload.photo.height) == (300, 400)


@pytest.mark.shows("P16")
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_no_secret_comes_through_other_kinds(kind: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = SECRETS["artist"].decode()
    photo = encoded(Image.new("RGB", (60, 40), RED), kind, exif=exif.tobytes(), icc_profile=srgb_profile())
    if kind == "PNG":
        photo = photo[:33] + png_chunk(b"tEXt", b"Comment\x00" + SECRETS["text"]) + photo[33:] + SECRETS["tail"]
    assert b"SECRET" in photo
    upload = sent(photo)
    assert b"SECRET" not in upload.photo.data + upload.small.data


@pytest.mark.shows("P16")
@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_phone_was_held_the_photo_is_upright(orientation: int) -> None:
    upload = sent(turned(orientation))
    for picture in (upload.photo, upload.small):
        corners = [colour_at(picture, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]
        expected = (RED, GREEN, BLUE, YELLOW)
        assert all(near(seen, meant) for seen, meant in zip(corners, expected, strict=True)), corners


def test_a_broken_note_about_the_photo_is_no_reason_to_refuse_it() -> None:
    photo = encoded(Image.new("RGB", (60, 40), RED), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    assert near(colour_at(sent(photo).photo, 0.5, 0.5), RED)


def test_a_print_shop_photo_keeps_its_colours() -> None:
    photo = encoded(quarters([[RED, GREEN], [BLUE, YELLOW]]).convert("CMYK"), "JPEG", quality=95)
    picture = sent(photo).photo
    assert near(colour_at(picture, 0.25, 0.25), RED)
    assert near(colour_at(picture, 0.75, 0.75), YELLOW)


@pytest.mark.parametrize(("tone", "seen"), [(0, 0), (40_000, 156), (65_535, 255)])
def test_sixteen_bit_tones_are_scaled_not_cut(tone: int, seen: int) -> None:
    photo = encoded(Image.new("I;16", (4000, 2000), tone), "PNG")
    assert near(colour_at(sent(photo).photo, 0.5, 0.5), (seen, seen, seen))


@pytest.mark.parametrize("side", [40, 4000])
def test_what_was_see_through_becomes_white_paper(side: int) -> None:
    palette = Image.new("P", (side, side), 1)
    palette.putpalette([0, 0, 0, *RED])
    palette.paste(0, (0, 0, side // 2, side))
    picture = sent(encoded(palette, "PNG", transparency=0)).photo
    assert near(colour_at(picture, 0.2, 0.5), (255, 255, 255))
    assert near(colour_at(picture, 0.8, 0.5), RED)


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("RGBA", (*RED, 255), RED),
        ("RGBA", (0, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (0, 0, 0, 128), (127, 127, 127)),
        ("LA", (80, 255), (80, 80, 80)),
        ("LA", (80, 0), (255, 255, 255)),
        ("L", 80, (80, 80, 80)),
        ("1", 1, (255, 255, 255)),
    ],
)
def test_every_way_to_write_a_png_is_read(mode: str, colour: object, seen: tuple[int, int, int]) -> None:
    picture = sent(encoded(Image.new(mode, (4000, 300), colour), "PNG")).photo
    assert near(colour_at(picture, 0.5, 0.5), seen)


def test_a_large_photo_has_no_seam_where_it_was_shrunk_in_strips() -> None:
    photo = quarters([[RED, GREEN], [BLUE, YELLOW]], 3500)
    picture = sent(encoded(photo, "PNG")).photo
    for x in (0.1, 0.49, 0.51, 0.9):
        column = [colour_at(picture, x, y / 40) for y in range(1, 40) if y not in (19, 20, 21)]
        assert len({tuple(part // 20 for part in colour) for colour in column}) == 2


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA")])
def test_a_colour_profile_is_applied_before_it_is_dropped(kind: str, mode: str) -> None:
    photo = Image.new(mode, (60, 40), "red")
    picture = sent(encoded(photo, kind, icc_profile=profile_with_red_and_green_exchanged())).photo
    red, green, _ = colour_at(picture, 0.5, 0.5)
    assert green > 200 > red


def test_a_broken_colour_profile_is_no_reason_to_refuse_a_photo() -> None:
    photo = encoded(Image.new("RGB", (60, 40), RED), "JPEG", icc_profile=b"not a profile")
    assert near(colour_at(sent(photo).photo, 0.5, 0.5), RED)


def test_of_a_moving_picture_the_first_one_is_taken() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE)]
    photo = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert near(colour_at(sent(photo).photo, 0.5, 0.5), RED)


def test_a_phone_photo_with_a_second_picture_inside_is_read() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE)]
    photo = encoded(frames[0], "MPO", save_all=True, append_images=frames[1:])
    upload = sent(photo)
    assert near(colour_at(upload.photo, 0.5, 0.5), RED)
    assert upload.photo.data.count(b"\xff\xd8\xff") == 1


def test_the_same_photo_gives_the_same_pixels() -> None:
    assert sent(plain()) == sent(plain())
