"""A browser without a network: Debian's Chromium, driven by playwright. In CI it has to be there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")


@dataclass
class Seen:
    """What a page did that nobody asked it to do."""

    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.requests or self.messages or self.dialogs)


def missing(why: str) -> Any:
    """Skip where nobody promised a browser; fail where CI did."""
    return pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)


@contextmanager
def chromium() -> Iterator[Any]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed")
    if path is None:
        missing("no Chromium is installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, page: Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Any]:
    """The file in a window without a network, and what it did."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, color_scheme=scheme)
    tab, seen = context.new_page(), Seen()
    tab.on("request", lambda r: seen.requests.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    tab.on("console", lambda m: seen.messages.append(m.text))
    tab.on("pageerror", lambda e: seen.messages.append(str(e)))
    tab.on("dialog", lambda d: (seen.dialogs.append(d.message), d.dismiss()))
    tab.goto(page.as_uri())
    yield tab, seen
    context.close()
