"""The app's pictures for a phone's first screen, drawn from the one mark: `python -m tools.icons` after it changed."""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools import browser

STATIC = Path(__file__).resolve().parent.parent / "workshop" / "static"
PICTURES = {"app-192": (192, 0.0), "app-512": (512, 0.0), "app-512-round": (512, 0.14)}  # size, and air at each edge
PAPER = "#FBF9F4"


def draw(page: Page, name: str, size: int, air: float) -> None:
    """A round picture needs paper up to its edges: each phone cuts another shape out of it."""
    mark = (STATIC / "mark.svg").read_text("utf-8")
    inside = round(size * (1 - 2 * air))
    ground = PAPER if air else "transparent"
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(
        f"<style>body{{margin:0;display:grid;place-content:center;height:100vh;background:{ground}}}"
        f"svg{{width:{inside}px;height:{inside}px}}</style>{mark}"
    )
    page.screenshot(path=STATIC / "icons" / f"{name}.png", omit_background=True)


def main() -> None:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser.find(), args=["--headless", "--no-sandbox"])
        page = opened.new_page()
        for name, (size, air) in PICTURES.items():
            draw(page, name, size, air)
        opened.close()


if __name__ == "__main__":
    main()
