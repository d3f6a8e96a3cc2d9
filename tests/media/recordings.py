"""Sounds and films as phones make them, with secrets in every pocket; made by the extra's own program."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from workshop.media import ffmpeg

SECRET = b"zebrafinch7141"
PLACE = b"+48.1372+011.5755"
TONE = ("-f", "lavfi", "-i", "sine=frequency=300:duration={}")
FILM = ("-f", "lavfi", "-i", "testsrc2=size={}:rate=25:duration={}")
TOLD = ("-metadata", "title=zebrafinch7141", "-metadata", "comment=zebrafinch7141 at home")
CODECS = {"webm": ("-c:a", "libopus"), "ogg": ("-c:a", "libopus"), "m4a": ("-c:a", "aac"), "3gp": ("-c:a", "aac")}
CHAPTER = ";FFMETADATA1\nartist=zebrafinch7141\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=zebrafinch7141\n"


@cache
def sound(seconds: float = 2, name: str = "voice.webm") -> bytes:
    """What MediaRecorder gives: opus in webm; or AAC in m4a by its name."""
    codec = CODECS.get(name.rpartition(".")[2], ())
    return _made(
        [*(word.format(seconds) for word in TONE), "-i", "{chapters}", "-map_metadata", "1", *TOLD, *codec], name
    )


@cache
def film(seconds: float = 2, size: str = "640x360", name: str = "clip.mp4") -> bytes:
    """A phone's film, with the place where it was made."""
    place = ("-metadata", f"location={PLACE.decode()}/", "-movflags", "use_metadata_tags")
    words = [*(word.format(size, seconds) for word in FILM), *(word.format(seconds) for word in TONE)]
    codec = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    return _made([*words, "-i", "{chapters}", "-map_metadata", "2", *TOLD, *place, *codec], name)


def with_tail(data: bytes) -> bytes:
    return data + b"\0\0\0\x40free" + SECRET * 4 + SECRET


def _made(words: list[str], name: str) -> bytes:
    program = ffmpeg.program()
    assert program, "the media extra is part of what the tests install"
    with TemporaryDirectory() as folder:
        chapters, out = Path(folder, "chapters.txt"), Path(folder, name)
        chapters.write_text(CHAPTER)
        told = [str(chapters) if word == "{chapters}" else word for word in words]
        command = [program, "-hide_banner", "-loglevel", "error", "-y", *told, "-threads", "1", str(out)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        return out.read_bytes()
