"""Where pictures are kept, how they are packed, and the page that shows them all."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 6 * 1024 * 1024
LONGEST = 1800  # pixels; what is longer is cut, as a page of this book has an end
COLOURS = 96  # as many as a page of ours has; so its letters stay sharp in few bytes
HOLDERS = {
    "phone": "On the phone",
    "screen": "On the room's screen",
    "console": "In the console",
    "office": "In the office",
}


@dataclass(slots=True)
class Album:
    """The pictures of one run; what an earlier run left behind is thrown away."""

    folder: Path = FOLDER
    captions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.webp"):
            old.unlink()

    def take(self, page: Page, holder: str, name: str, caption: str, *, whole: bool) -> None:
        """Photograph the page: all of it, or what its window shows."""
        size: ViewportSize = page.viewport_size or {"width": 0, "height": 0}
        if whole:  # a higher window, not a scrolled one: what keeps to the bottom edge stays there
            height = page.evaluate("() => document.documentElement.scrollHeight")
            page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, LONGEST))})
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        page.set_viewport_size(size)
        few = taken.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
        few.save(self.folder / f"{name}.webp", "WEBP", lossless=True, method=4)
        self.captions.setdefault(holder, []).append((name, caption))

    def close(self) -> None:
        """Write the page that shows them all."""
        lines = ["# What it looks like", "", "Made by `make pictures` from the running app, with made-up words.", ""]
        for holder, title in HOLDERS.items():
            lines += [f"## {title}", ""]
            for name, caption in self.captions.get(holder, []):
                lines += [f"**{caption}**", "", f"![{caption}]({name}.webp)", ""]
        (self.folder / "README.md").write_text("\n".join(lines).rstrip() + "\n", "utf-8")

    @property
    def size(self) -> int:
        return sum(picture.stat().st_size for picture in self.folder.glob("*.webp"))
