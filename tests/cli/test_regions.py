"""`planner regions` and `planner library`; a provider is added by data alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from planner.cli.main import main

PROVIDER = """\
schema: residency-regions/1
provider: acme
name: Acme Cloud
operator: {name: Acme, ultimate_parent_in: MY, source: its own page, as_of: 2026-11-01, confidence: high}
regions_from: {source: its own page, as_of: 2026-11-01, confidence: high}
services: [{id: chat, processing: {not_in: [CN]}, regions: [penang], source: its own page, as_of: 2026-11-01, confidence: high}]
figures: acme.csv
regions:
  - {id: penang, name: Penang, city: George Town, lat: 5.4112, lon: 100.3354, country: MY, accuracy_km: 20, zones: [pen-a, pen-b]}
  - {id: ipoh, name: Ipoh, city: Ipoh, lat: 4.5841, lon: 101.0829, country: MY, accuracy_km: 20, zone_ids: unknown}
"""
FIGURES = """\
region,figure,to,value,stand_in,copied_from,source,as_of,confidence,note
*,vcpu_hour,,0.010,,,price list,2026-11-01,high,
*,memory_gib_hour,,0.001,,,price list,2026-11-01,high,
ipoh,vcpu_hour,,0.008,,,price list,2026-11-01,high,
penang,accelerator_hour,H100-SXM,6.5,,,price list,2026-11-01,high,
"""
SCENARIO = """\
scenario: small
question: Where does a small program run?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [acme, alibaba], places: [MY]}
policies: []
entities: [{id: e, established_in: MY}]
workloads:
  - {id: w, entity: e, components: [{id: c, replicas: {count: 2}, per_replica: {vcpu: 4, memory: 8 GiB}}]}
objectives: [cost]
"""


class Desk:
    """A folder with a provider, and the command run in it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self.folder, self._patch, self._captured = folder, patch, captured
        (folder / "extra").mkdir()
        (folder / "extra" / "acme.yaml").write_text(PROVIDER)
        (folder / "extra" / "acme.csv").write_text(FIGURES)
        (folder / "small.yaml").write_text(SCENARIO)
        patch.chdir(folder)

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self._patch.setattr(sys, "argv", ["planner", *words])
        with pytest.raises(SystemExit) as leaving:
            main()
        return int(leaving.value.code or 0), *self._captured.readouterr()

    def says(self, *words: str) -> str:
        """Standard output of a command that ends well, with its breaks as single blanks."""
        code, out, err = self.run(*words)
        assert (code, err) == (0, "")
        return " ".join(out.split())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, monkeypatch, capsys)


def keys(text: str) -> list[str]:
    return [word for word in text.split() if ":" in word]


def test_one_change_of_data_alone_adds_a_provider_with_two_regions(desk: Desk) -> None:
    assert keys(desk.says("--regions", "extra", "regions", "list", "--provider", "acme")) == [
        "acme:ipoh",
        "acme:penang",
    ]
    desk.run("--regions", "extra", "plan", "small.yaml", "-o", "plan.json")
    placed = json.loads((desk.folder / "plan.json").read_text())["placements"]
    assert {(row["region"], row["units"]) for row in placed} == {("acme:ipoh", 2)}, (
        "2 x (4 x 0.008 + 8 x 0.001) an hour"
    )
    assert sum(float(row["usd_month"]) for row in placed) == pytest.approx(58.4)
    assert desk.run("--regions", "extra", "verify", "plan.json")[0] == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--provider", "acme", "--provider", "ytl"], ["acme:ipoh", "acme:penang", "ytl:kulai"]),
        (["--in", "MY", "--kind", "own"], ["ocbc-my:kuala-lumpur", "skyvast:cyberjaya", "tng:kuala-lumpur", "ytl:kulai"]),
        (["--in", "MY-01"], ["alibaba:ap-southeast-8", "ytl:kulai"]),
        (["--kind", "api"], []),
    ],
)
def test_regions_are_listed_by_provider_place_and_kind(desk: Desk, words: list[str], expected: list[str]) -> None:
    assert keys(desk.says("--regions", "extra", "regions", "list", *words)) == expected


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--provider", "alibab"], "provider 'alibab' is not known — did you mean 'alibaba'?"),
        (["--in", "MYS"], "place 'MYS' is not known — did you mean 'MY'?"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(desk: Desk, words: list[str], says: str) -> None:
    code, out, err = desk.run("regions", "list", *words)
    assert (code, out) == (2, "")
    assert says in err


def test_a_list_says_how_surely_the_zones_are_known(desk: Desk) -> None:
    text = desk.says("--regions", "extra", "regions", "list", "--in", "MY", "--in", "SG")
    assert "acme:ipoh MY ? active" in text
    assert "acme:penang MY 2 active" in text
    assert "oracle:ap-singapore-1 SG ~1 active" in text


def test_show_prints_every_figure_with_its_origin(desk: Desk) -> None:
    text = desk.says("--regions", "extra", "regions", "show", "acme:penang")
    assert "George Town MY at 5.4112, 100.3354 (within 20 km); public-cloud, active" in text
    assert "chat; works on data: anywhere but CN its own page, 2026-11-01, high" in text
    assert "vcpu_hour: 0.010 USD/h price list, 2026-11-01, high" in text
    assert "accelerator_hour H100-SXM: 6.5 USD/h price list, 2026-11-01, high" in text
    assert "tariff_kwh: 0.1025 USD/kWh RP4 schedule" in text, "the country's, as the provider has none"
    assert "carbon_g_kwh by ember: 605.83 g/kWh Ember" in text
    assert "egress" not in text, "unknown is not zero"


def test_show_tells_the_region_that_was_meant(desk: Desk) -> None:
    code, _, err = desk.run("regions", "show", "alibaba:ap-southeast-33")
    assert code == 2
    assert "region 'alibaba:ap-southeast-33' is not known — did you mean 'alibaba:ap-southeast-3'?" in err
    assert "did you mean 'aws:us-east-2'?" in desk.run("regions", "show", "amazon:us-east-2")[2]


def test_check_passes_what_is_shipped_and_says_no_to_what_should_be_mended(desk: Desk) -> None:
    assert desk.run("--regions", "extra", "regions", "check")[0] == 0
    figures = desk.folder / "extra" / "acme.csv"
    figures.write_text(FIGURES.replace("H100-SXM,6.5", "H100-SXM,700.0"))
    code, out, _ = desk.run("--regions", "extra", "regions", "check")
    assert code == 1
    assert "extra/acme.csv:5:34: warning[G102]: accelerator_hour H100-SXM of penang is 700.0" in out
    code, out, _ = desk.run("--regions", "extra", "check", "extra")
    assert code == 0, "a warning does not stop reading"
    assert "G102" in out


def test_check_finds_what_two_folders_say_together(desk: Desk) -> None:
    (desk.folder / "twice").mkdir()
    (desk.folder / "twice" / "acme.yaml").write_text(PROVIDER.replace("figures: acme.csv\n", ""))
    code, out, _ = desk.run("--regions", "extra", "--regions", "twice", "regions", "check", "--format", "json")
    assert code == 2
    said = {fault["message"] for fault in json.loads(out)["faults"]}
    assert {"region acme:penang is declared twice", "region acme:ipoh is declared twice"} <= said


def test_library_says_what_each_provider_is_known_for(desk: Desk) -> None:
    text = desk.says("--regions", "extra", "library")
    assert "acme 2 2 2 1" in text
    assert "huawei 29 25 0 0" in text
    assert "318 regions, 37 kinds of accelerator" in text
