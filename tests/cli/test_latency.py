"""`planner latency`: the contract of `--pairs`, and one estimate explained."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from planner.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    old, sys.argv = sys.argv, ["planner", "latency", *words]
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.argv = old
    out = capsys.readouterr()
    return code, out.out, out.err


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text("src,dst\nazure:uksouth,azure:japaneast\nalibaba:ap-southeast-1,alibaba:ap-southeast-8\n")
    return path


def test_pairs_are_answered_in_order_with_the_columns_of_the_contract(
    pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--pairs", str(pairs), "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == "src,dst,rtt_ms,low_ms,high_ms,provenance"
    first, second = rows(out)
    assert (first["src"], first["dst"], first["provenance"]) == ("azure:uksouth", "azure:japaneast", "measured")
    assert float(first["low_ms"]) < float(first["rtt_ms"]) < float(first["high_ms"])
    assert float(second["rtt_ms"]) < 2


def test_without_own_leaves_the_measurement_of_the_pair_itself_out(
    pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_own, without = (rows(run(capsys, "--pairs", str(pairs), *more)[1])[0] for more in ((), ("--without-own",)))
    assert without["provenance"] == "twin", "other providers were measured between the two metros"
    assert with_own["rtt_ms"] != without["rtt_ms"]


def test_an_unknown_id_gives_a_row_without_figures_and_exit_code_one(
    pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs.write_text("src,dst\nazure:nowhere,azure:japaneast\nazure:uksouth,azure:japaneast\n")
    code, out, _ = run(capsys, "--pairs", str(pairs), "--format", "csv", "--without-own")
    assert code == 1
    assert out.splitlines()[1] == "azure:nowhere,azure:japaneast,,,,unknown"
    assert rows(out)[1]["rtt_ms"]


def test_a_file_without_the_columns_is_refused_with_its_place(
    pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs.write_text("from,dst\na,b\n")
    code, _, err = run(capsys, "--pairs", str(pairs))
    assert code == 2
    assert "pairs.csv:1" in err


def test_one_estimate_is_explained_with_its_way_band_and_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "azure:uksouth", "azure:japaneast", "--without-own")
    assert code == 0
    for words in ("provenance: twin", "backbone of one provider", "london – new-york", "gcp:asia-northeast1", "band: "):
        assert words in out
    assert "azure:japaneast – azure:uksouth" not in out


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("MY/Kuala Lumpur", "aws:ap-southeast-1", "public internet"),
        ("alibaba:cn-shanghai", "alibaba:ap-southeast-1", "over the border of mainland China"),
        ("alibaba:ap-southeast-1a", "alibaba:ap-southeast-1b", "between zones of one region"),
    ],
)
def test_places_and_zones_can_be_asked_for(a: str, b: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, a, b)
    assert code == 0
    assert words in out


def test_a_misspelt_end_gets_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "azure:uksout", "azure:japaneast")
    assert code == 2
    assert "did you mean 'azure:uksouth'?" in err


@pytest.mark.parametrize("words", [(), ("azure:uksouth",), ("a", "b", "--pairs", "x.csv"), ("--pairs", "x.csv", "--format", "text")])
def test_anything_else_is_a_usage_error(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *words)[0] == 2
