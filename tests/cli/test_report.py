"""`planner report` and `planner plan --html`: what is written, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_plan import TINY, TNG, run

ONE = ("--set", "limits.regions=1")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("report")
    document, page = folder / "plan.json", folder / "plan.html"
    assert run("plan", TNG, "-o", str(document), "--html", str(page)).returncode == 0
    return document, page


def test_the_page_of_a_plan_document_is_the_page_of_the_plan(written: tuple[Path, Path], tmp_path: Path) -> None:
    document, page = written
    again = tmp_path / "again.html"
    done = run("report", str(document), "-o", str(again))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert again.read_bytes() == page.read_bytes()


def test_a_plan_that_was_tampered_with_gets_no_page(written: tuple[Path, Path], tmp_path: Path) -> None:
    plan = json.loads(written[0].read_text())
    plan["placements"][0]["usd_month"] = "1"
    bad, page = tmp_path / "bad.json", tmp_path / "bad.html"
    bad.write_text(json.dumps(plan))
    done = run("report", str(bad), "-o", str(page))
    assert done.returncode == 1
    assert "no page is written" in done.stdout
    assert not page.exists()


def test_a_question_that_was_tampered_with_is_refused(written: tuple[Path, Path], tmp_path: Path) -> None:
    plan = json.loads(written[0].read_text())
    plan["inputs"]["question"] = "Is it cheap?"
    bad, page = tmp_path / "bad.json", tmp_path / "bad.html"
    bad.write_text(json.dumps(plan))
    done = run("report", str(bad), "-o", str(page))
    assert (done.returncode, page.exists()) == (2, False)
    assert "inputs_sha256" in done.stderr


def test_what_is_no_plan_document_is_told_with_its_place(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{\n oops")
    done = run("report", str(bad), "-o", str(tmp_path / "x.html"))
    assert done.returncode == 2
    assert "bad.json:2:2: error[Y002]: not JSON" in done.stderr
    bad.write_text(json.dumps({"format_version": 1, "status": "infeasible", "inputs": {"name": 3}}))
    assert run("report", str(bad), "-o", str(tmp_path / "x.html")).returncode == 2
    assert run("report", str(tmp_path / "none.json"), "-o", str(tmp_path / "x.html")).returncode == 2
    assert not (tmp_path / "x.html").exists()


def test_a_folder_that_is_not_there_is_told(written: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("report", str(written[0]), "-o", str(tmp_path / "nowhere" / "x.html"))
    assert done.returncode == 2
    assert "cannot write" in done.stderr


def test_a_question_without_a_plan_has_the_same_page_from_both_commands(tmp_path: Path) -> None:
    document, page, again = (tmp_path / name for name in ("plan.json", "plan.html", "again.html"))
    assert run("plan", TINY, *ONE, "-o", str(document), "--html", str(page)).returncode == 3
    assert run("report", str(document), "-o", str(again)).returncode == 0
    assert page.read_bytes() == again.read_bytes()
    assert "No lawful plan" in page.read_text()
    assert "What cannot hold together" in page.read_text()


def test_prices_are_found_when_they_are_asked_for(written: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "priced.html"
    assert run("report", str(written[0]), "--with-prices", "-o", str(page)).returncode == 0
    assert "1,111.11" in page.read_text()
    assert "not asked" in written[1].read_text()
    assert "not asked" not in page.read_text()
