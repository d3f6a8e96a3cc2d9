"""Pictures as people and attackers send them, built here byte by byte."""

import io
import struct
import zlib

from PIL import Image, ImageCms

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 60), (40, 60, 200), (230, 210, 40)

SECRETS = {
    name: f"SECRET-{name}-RIVER-STREET-7".encode()
    for name in (
        "artist",
        "description",
        "gps",
        "comment",
        "xmp",
        "iptc",
        "profile",
        "thumbnail",
        "tail",
        "text",
    )
}


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def plain(kind: str = "JPEG", size: tuple[int, int] = (320, 240), mode: str = "RGB") -> bytes:
    return encoded(Image.new(mode, size, RED if mode == "RGB" else 0), kind)


def quarters(corners: list[list[tuple[int, int, int]]], size: int = 64) -> Image.Image:
    """Four coloured fields: [[top left, top right], [bottom left, bottom right]]."""
    picture = Image.new("RGB", (size * 2, size))
    half = size // 2
    for row, colours in enumerate(corners):
        for column, colour in enumerate(colours):
            picture.paste(colour, (column * size, row * half, (column + 1) * size, (row + 1) * half))
    return picture


def turned(orientation: int) -> bytes:
    """What a camera held this way stores of an upright picture: the EXIF standard's table, row by row.

    The standard says on which side of the upright picture the stored row 0 and column 0 are.
    """
    first_row, first_column = {
        1: ("top", "left"), 2: ("top", "right"), 3: ("bottom", "right"), 4: ("bottom", "left"),
        5: ("left", "top"), 6: ("right", "top"), 7: ("right", "bottom"), 8: ("left", "bottom"),
    }[orientation]  # fmt: skip
    across = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
    colour = {
        frozenset(("top", "left")): RED,
        frozenset(("top", "right")): GREEN,
        frozenset(("bottom", "left")): BLUE,
        frozenset(("bottom", "right")): YELLOW,
    }
    stored = [
        [colour[frozenset((row, column))] for column in (first_column, across[first_column])]
        for row in (first_row, across[first_row])
    ]
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(quarters(stored), "JPEG", quality=95, exif=exif.tobytes())


def telling_photo(profile: bytes = b"") -> bytes:
    """A JPEG that gives away who took it and where, in every place where a JPEG can."""
    exif = Image.Exif()
    exif[0x013B] = SECRETS["artist"].decode()
    exif[0x010E] = SECRETS["description"].decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (60.0, 10.0, 15.0), 29: SECRETS["gps"].decode()})
    photo = encoded(
        Image.new("RGB", (400, 300), BLUE),
        "JPEG",
        exif=exif.tobytes(),
        comment=SECRETS["comment"],
        icc_profile=profile,
        xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRETS["xmp"] + b"</x:xmpmeta>",
    )
    iptc = segment(0xED, b"Photoshop 3.0\x00" + SECRETS["iptc"])
    thumbnail = segment(0xE0, b"JFXX\x00\x10" + plain() + SECRETS["thumbnail"])
    return photo[:2] + iptc + thumbnail + photo[2:] + SECRETS["tail"]


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def profile_with_red_and_green_exchanged() -> bytes:
    profile = srgb_profile().replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1)
    return profile.replace(b"????", b"gXYZ", 1)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(side: int = 12_000) -> bytes:
    """A few kilobytes that unfold to 144 million pixels."""
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def jpeg_of_many_scans(scans: int) -> bytes:
    """A small file that makes a decoder go over a large picture again and again."""
    photo = encoded(Image.new("L", (6000, 6000), 90), "JPEG", progressive=True)
    last = photo.rindex(b"\xff\xda")
    return photo[:last] + photo[last:-2] * scans + photo[-2:]
