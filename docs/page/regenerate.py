"""Take the pictures of the page again: `python docs/page/regenerate.py`.

It needs Chromium, playwright and Pillow. The page of `tng-ewallet` at the width of a phone, of a laptop (light and
dark), and as it prints, and that of
`asean-2026` at the width of a laptop.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))
COLORS = 128
SHOTS: Mapping[str, Mapping[str, Any]] = {
    "phone": {"of": "tng-ewallet", "width": 390, "height": 1500},
    "laptop": {"of": "tng-ewallet", "width": 1280, "height": 1100},
    "laptop-dark": {"of": "tng-ewallet", "width": 1280, "height": 800, "dark": True},
    "print": {"of": "tng-ewallet", "width": 720, "height": 1020, "media": "print"},
    "asean-2026": {"of": "asean-2026", "width": 1280, "height": 1440},
}


def page_of(scenario: str, folder: Path) -> Path:
    """The page of a shipped scenario, as the command writes it."""
    page = folder / f"{scenario}.html"
    if not page.exists():
        code = "import sys; from planner.cli.main import main; sys.exit(main())"
        asked = ["plan", f"scenarios/{scenario}.yaml", "--html", str(page), "--format", "csv"]
        subprocess.run([sys.executable, "-c", code, *asked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return page


def take(browser: Any, page: Path, shot: Mapping[str, Any], to: Path) -> None:
    """One picture of the top of a page."""
    from PIL import Image

    from tests.reports.browser import opened

    size = {"width": shot["width"], "height": shot["height"]}
    with opened(browser, page, dark=shot.get("dark", False), **size) as (tab, _):
        tab.emulate_media(media=shot.get("media", "screen"), color_scheme="dark" if shot.get("dark") else "light")
        taken = tab.screenshot(animations="disabled")
    with Image.open(BytesIO(taken)) as picture:
        picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(to, optimize=True)


def main(names: list[str]) -> None:
    """Take the named pictures, or all."""
    from tests.reports.browser import chromium

    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for name, shot in SHOTS.items():
            if not names or name in names:
                take(browser, page_of(shot["of"], Path(folder)), shot, HERE / f"{name}.png")
                print(HERE / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
