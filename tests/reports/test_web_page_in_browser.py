"""The page in a real browser without a network: no request, no message, no dialog, and axe-core finds nothing serious."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.reports.web_page.writing import web_page
from tests.reports.browser import chromium, missing, opened
from tests.reports.hostile import HOSTILE
from tests.reports.test_web_page import infeasible, page, poisoned_page

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
WIDTHS = (390, 1280)
AT_ONCE = 6


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    written = {"plan": page(), "no plan": web_page(infeasible())}
    for name, html in written.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in written}


def axe() -> str:
    try:
        import axe_playwright_python
    except ImportError:
        missing("axe-core is not installed")
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["plan", "no plan"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_asks_for_nothing_says_nothing_and_is_no_wider_than_the_window(
    browser: Any, pages: dict[str, Path], name: str, width: int
) -> None:
    with opened(browser, pages[name], width=width) as (tab, seen):
        tab.evaluate(OPEN_ALL)
        assert seen.nothing, seen
        assert tab.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", ["plan", "no plan"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_violation(browser: Any, pages: dict[str, Path], name: str, dark: bool) -> None:
    with opened(browser, pages[name], dark=dark) as (tab, _):
        tab.evaluate(OPEN_ALL)
        tab.evaluate(axe())
        found = tab.evaluate("axe.run()")["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")] == []


def test_the_answer_stands_in_the_first_screen_of_a_phone_and_of_a_laptop(
    browser: Any, pages: dict[str, Path]
) -> None:
    for width, height in ((390, 844), (1280, 800)):
        with opened(browser, pages["plan"], width=width, height=height) as (tab, _):
            for part in ("h1", ".figure", ".sentence"):
                box = tab.locator(part).bounding_box()
                assert box["y"] + box["height"] < height
                assert box["x"] + box["width"] <= width


def test_every_fold_and_table_is_reached_by_the_keyboard(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["plan"]) as (tab, _):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        tab.locator("summary").last.focus()
        tab.keyboard.press("Enter")
        assert tab.locator("details").last.get_attribute("open") is not None
        assert tab.evaluate("[...document.querySelectorAll('.scroll')].every(each => each.tabIndex === 0)")


def test_print_shows_what_is_folded_and_fits_the_paper(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["plan"], width=720) as (tab, seen):
        tab.emulate_media(media="print")
        assert tab.evaluate("document.documentElement.scrollWidth") == 720
        assert tab.locator("details .scroll").last.bounding_box()["height"] > 20
        assert seen.nothing, seen


def test_no_hostile_text_runs_loads_or_speaks(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(), encoding="utf-8")
    with opened(browser, path) as (tab, seen):
        for start in range(0, len(HOSTILE), AT_ONCE):
            payload = " ".join(HOSTILE[start : start + AT_ONCE])
            path.write_text(poisoned_page(payload), encoding="utf-8")
            tab.reload()
            assert tab.evaluate("document.scripts.length") == 0
            assert seen.nothing, (payload, seen)


def test_the_browser_would_tell_of_a_page_that_runs_or_loads_something(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text("<img src=https://example.org/x><script>alert(1); console.log(2)</script>", encoding="utf-8")
    with opened(browser, path) as (_, seen):
        assert seen.requests == ["https://example.org/x"]
        assert seen.dialogs == ["1"]
        assert "2" in seen.messages
