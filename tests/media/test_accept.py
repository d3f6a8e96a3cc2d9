"""What bea's phone may send: photos, decided by decoding, whatever the file calls itself."""

import importlib.util
import io

import pytest
from PIL import Image

from workshop.media import Limits, Reason, Refused, Upload, accept

from .pictures import encoded, plain, png_bomb, telling_photo

SCRIPT = b"<script>alert(document.domain)</script>"
NOT_PICTURES = {
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "leaflet.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "page.html": b"<!doctype html>" + SCRIPT,
    "bundle.zip": b"PK\x03\x04" + bytes(60),
    "note.txt": b"hello",
    "short.jpg": b"\xff",
    "header-then-script.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + SCRIPT,
    "header-only.png": b"\x89PNG\r\n\x1a\n",
    "header-then-page.webp": b"RIFF\x40\x00\x00\x00WEBP" + SCRIPT,
    "sound.wav": b"RIFF\x40\x00\x00\x00WAVEfmt " + bytes(40),
    "film.mp4": b"\x00\x00\x00\x18ftypisom" + bytes(40),
}


def sent(data: bytes, filename: str | None = None, limits: Limits | None = None) -> Upload:
    return accept(io.BytesIO(data), filename, limits=limits)


def refusal(data: bytes, filename: str | None = None, limits: Limits | None = None) -> Reason:
    with pytest.raises(Refused) as refused:
        sent(data, filename, limits)
    return refused.value.reason


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.shows("A29")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_out_as_two_jpegs(kind: str) -> None:
    upload = sent(plain(kind, (2000, 1000)))
    assert (upload.photo.width, upload.photo.height) == (1600, 800)
    assert (upload.small.width, upload.small.height) == (480, 240)
    for picture in (upload.photo, upload.small):
        assert opened(picture.data).format == "JPEG"
        assert opened(picture.data).size == (picture.width, picture.height)


def test_a_small_photo_is_not_blown_up() -> None:
    upload = sent(plain(size=(50, 40)))
    assert (upload.photo.width, upload.photo.height, upload.small.width) == (50, 40, 50)


def test_a_single_pixel_and_a_long_strip_are_photos_too() -> None:
    assert sent(plain("PNG", (1, 1))).photo.width == 1
    strip = sent(plain("PNG", (9000, 1)))
    assert (strip.photo.width, strip.photo.height, strip.small.height) == (1600, 1, 1)


def test_nothing_is_refused_as_empty() -> None:
    assert refusal(b"", "photo.jpg") is Reason.EMPTY


@pytest.mark.shows("S17")
@pytest.mark.parametrize("name", NOT_PICTURES)
@pytest.mark.parametrize("claimed", ["as it is", "as photo.jpg"])
def test_what_is_no_picture_is_refused_under_any_name(name: str, claimed: str) -> None:
    filename = name if claimed == "as it is" else "photo.jpg"
    assert refusal(NOT_PICTURES[name], filename) is Reason.NOT_A_PICTURE


@pytest.mark.shows("S17")
@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_of_pictures_are_refused(kind: str) -> None:
    assert refusal(plain(kind, (32, 32)), "photo.jpg") is Reason.NOT_A_PICTURE


@pytest.mark.parametrize(
    "name",
    ["holiday.png", "shell.php.jpg", "../../etc/cron.d/x", "C:\\boot.ini", "a\x00.jpg", "page.html", ""],
)
def test_names_are_never_looked_at(name: str) -> None:
    photo = plain("WEBP")
    assert sent(photo, name) == sent(photo)


def test_a_heic_photo_needs_its_decoder() -> None:
    if importlib.util.find_spec("pillow_heif"):
        pytest.skip("pillow_heif is installed: HEIC photos are read here")
    assert refusal(b"\x00\x00\x00\x18ftypheic" + bytes(40), "IMG_0001.HEIC") is Reason.NOT_A_PICTURE


@pytest.mark.shows("A29")
def test_a_heic_photo_is_read_with_its_decoder() -> None:
    pillow_heif = pytest.importorskip("pillow_heif", reason="the media extra is not installed")
    pillow_heif.register_heif_opener()
    assert sent(plain("HEIF")).photo.width == 320


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_broken(kind: str, share: float) -> None:
    photo = encoded(Image.effect_noise((300, 300), 60).convert("RGB"), kind)
    assert refusal(photo[: int(len(photo) * share)]) is Reason.BROKEN


@pytest.mark.shows("S17")
def test_a_photo_with_a_zip_behind_it_leaves_the_zip_behind() -> None:
    upload = sent(plain() + b"PK\x03\x04" + SCRIPT + b"PK\x05\x06" + bytes(18))
    for picture in (upload.photo, upload.small):
        assert b"PK\x03\x04" not in picture.data
        assert b"<script" not in picture.data
        assert picture.data.endswith(b"\xff\xd9")


def test_a_photo_over_the_limit_is_too_large_and_one_at_the_limit_is_not() -> None:
    photo = plain()
    assert sent(photo, limits=Limits(bytes=len(photo))).photo.width == 320
    assert refusal(photo, limits=Limits(bytes=len(photo) - 1)) is Reason.TOO_LARGE


def test_twelve_megabytes_are_the_most() -> None:
    assert refusal(plain() + bytes(12_000_000)) is Reason.TOO_LARGE


class Endless:
    """A phone that never stops sending."""

    given = 0

    def read(self, size: int, /) -> bytes:
        self.given += size
        return b"\xff" * size


def test_an_endless_stream_is_left_at_the_limit() -> None:
    stream = Endless()
    with pytest.raises(Refused):
        accept(stream)
    assert stream.given < 13_000_000


def test_a_refusal_carries_nothing_of_the_photo() -> None:
    with pytest.raises(Refused) as refused:
        sent(telling_photo()[:900] + b"SECRET")
    assert "SECRET" not in repr(refused.value)


@pytest.mark.shows("S18")
def test_more_than_forty_megapixels_are_refused_in_every_kind() -> None:
    assert refusal(png_bomb()) is Reason.TOO_MANY_PIXELS
    assert refusal(plain("JPEG", (8000, 5001), "L")) is Reason.TOO_MANY_PIXELS
    assert refusal(plain("WEBP", (8000, 5001))) is Reason.TOO_MANY_PIXELS
    assert sent(plain("JPEG", (8000, 5000), "L")).photo.width == 1600
