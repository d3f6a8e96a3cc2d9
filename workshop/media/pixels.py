"""The child process: a photo on standard input, its pixels as new JPEGs on standard output.

Run by path with `rebuild.py`'s orders as its argument. It knows nothing of Workshop, and only here is
Pillow loaded. What it answers is one line of JSON, then the pictures one after the other.
"""

import contextlib
import importlib
import io
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError

PLUGINS = {"JPEG": "JpegImagePlugin", "PNG": "PngImagePlugin", "WEBP": "WebPImagePlugin"}
ORIENTATION = 0x0112
STRIP = 64
NICE = 10  # words and ballots go before pictures
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def main() -> None:
    orders = json.loads(sys.argv[1])
    source = io.BytesIO(sys.stdin.buffer.read())
    prepare(orders["format"], orders["pixels"])
    restrain(orders["memory"], orders["cpu_seconds"])
    head, body = answer(source, orders)
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


def answer(source: io.BytesIO, orders: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Whatever goes wrong in a decoder, the other side hears one of three reasons."""
    try:
        pictures = rebuild(source, orders)
        files = [jpeg(picture, orders["quality"]) for picture in pictures]
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        return {"refused": "too many pixels"}, b""
    except UnidentifiedImageError:
        return {"refused": "not a picture"}, b""
    except Exception:
        return {"refused": "broken"}, b""
    sizes = [(*picture.size, len(file)) for picture, file in zip(pictures, files, strict=True)]
    return {"pictures": sizes}, b"".join(files)


def prepare(format_: str, pixels: int) -> None:
    """Load what will be needed before the caps fall. Pillow only warns of a bomb: make that an error."""
    Image.MAX_IMAGE_PIXELS = pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    importlib.import_module("PIL.JpegImagePlugin")
    if format_ in PLUGINS:
        importlib.import_module(f"PIL.{PLUGINS[format_]}")
    else:
        importlib.import_module("pillow_heif").register_heif_opener()


def restrain(memory: int, cpu_seconds: int) -> None:
    """No more memory and time than one photo needs, no file written, no core dump with a face in it.

    Windows knows no such caps: the pixel limit bounds memory there, the other side's clock bounds time.
    """
    offer_first()
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        os.nice(NICE)
        # A second between the two limits of time, so that the end tells what it died of.
        caps = (("AS", memory, 0), ("CPU", cpu_seconds, 1), ("FSIZE", 0, 0), ("CORE", 0, 0))
        for name, most, grace in caps:
            with contextlib.suppress(ValueError, OSError):  # macOS refuses some of them
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most + grace))


def offer_first() -> None:
    """When memory runs out, Linux shall end this process and not the web worker."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def rebuild(source: io.BytesIO, orders: dict[str, Any]) -> list[Image.Image]:
    """Pixels only: the new pictures share no metadata with what came in, for they never had any."""
    with Image.open(source, formats=(orders["format"],)) as picture:
        turn = TURNS.get(orientation(picture))
        photo = on_paper(in_plain_colours(shrunk(picture, orders["side"])))
    if turn is not None:
        photo = photo.transpose(turn)
    return [photo, shrunk(photo, orders["small_side"])]


def orientation(picture: Image.Image) -> int:
    """Broken notes about a photo are no reason to refuse the photo."""
    try:
        return int(picture.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


def shrunk(picture: Image.Image, side: int) -> Image.Image:
    """At most `side` long. JPEG is decoded small from the start, which spares most of the memory."""
    scale = min(1.0, side / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    picture.draft(None, size)
    picture.load()
    picture = halfway(picture, max(1, max(picture.size) // (2 * side)))
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def halfway(picture: Image.Image, factor: int) -> Image.Image:
    """Strip by strip, so that a large picture never lies in memory twice."""
    height = STRIP * factor
    tops = range(0, picture.height, height)
    boxes = ((0, top, picture.width, min(top + height, picture.height)) for top in tops)
    strips = (in_full_tones(picture.crop(box)).reduce(factor) for box in boxes)
    first = next(strips)
    whole = Image.new(first.mode, (first.width, -(-picture.height // factor)))
    whole.info = picture.info
    whole.paste(first, (0, 0))
    for number, strip in enumerate(strips, start=1):
        whole.paste(strip, (0, number * STRIP))
    return whole


def in_full_tones(picture: Image.Image) -> Image.Image:
    """Modes that cannot be shrunk well, or that Pillow would cut off instead of scaling down."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda tone: tone * (1 / 257)).convert("L")
    if picture.mode in ("P", "PA", "1"):
        see_through = picture.mode == "PA" or "transparency" in picture.info
        return picture.convert("RGBA" if see_through else "RGB")
    if "transparency" in picture.info and picture.mode in ("L", "RGB"):
        return picture.convert("RGBA")
    return picture


def in_plain_colours(picture: Image.Image) -> Image.Image:
    """Phones write wide colours, which look grey without their profile: translate, then drop it."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        plain = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except Exception:  # a broken profile is no reason to refuse the photo
        return picture
    return plain or picture


def on_paper(picture: Image.Image) -> Image.Image:
    """A new white sheet with the pixels laid on it: nothing but colour comes across."""
    see_through = picture.mode in ("RGBA", "LA", "RGBa", "La")
    paper = Image.new("RGB", picture.size, "white")
    layer = picture.convert("RGBA") if see_through else picture.convert("RGB")
    paper.paste(layer, mask=layer.getchannel("A") if see_through else None)
    return paper


def jpeg(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    main()
