"""Provider files: zones that are not known, services over regions, origins, and who may use a hall."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.candidates.find import find_candidates
from planner.errors import InputFaults
from planner.model.scenario import Scenario
from planner.reading.faults import Collector
from planner.reading.inspecting import inspect
from planner.reading.library import Library, data_root
from planner.reading.regions import read_catalogue
from planner.reading.scenarios import read_scenario
from tests.reading.catalogues import HEAD, REGIONS, folder, look, read

UNSURE = """\
regions:
  - {id: kl, lat: 3.14, lon: 101.69, country: MY, zones: [kl-a, kl-b]}
  - {id: jb, lat: 1.49, lon: 103.74, country: MY, zone_ids: assumed, zone_count: 3}
  - {id: sg, lat: 1.29, lon: 103.85, country: SG, zone_ids: unknown}
"""
WORLD = """\
scenario: spread
question: Where do three replicas stand in two zones?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [acme]}
policies: []
entities: [{id: e, established_in: MY}]
workloads:
  - id: w
    entity: e
    components: [{id: c, replicas: {count: 3}, per_replica: {vcpu: 1}, requires: {spread: {zones: 2}}}]
objectives: [cost]
"""


def world(path: Path, text: str = WORLD) -> Scenario:
    (path / "desk").mkdir(exist_ok=True)
    (path / "desk" / "world.yaml").write_text(text)
    return read_scenario(path / "desk" / "world.yaml", library=Library.shipped(regions=[path]))


def test_zones_of_a_known_number_get_ids_and_an_unknown_number_is_one_zone_that_says_so(tmp_path: Path) -> None:
    found = read(folder(tmp_path, regions=UNSURE)).regions
    assert [zone.id for zone in found["acme:jb"].zones] == ["jb-z1", "jb-z2", "jb-z3"]
    assert [zone.id for zone in found["acme:sg"].zones] == ["sg-z"]
    assert [region.zone_ids for region in found.values()] == ["stated", "assumed", "unknown"]


def test_a_spread_over_zones_of_an_unknown_number_is_refused_as_unknown(tmp_path: Path) -> None:
    folder(tmp_path, regions=UNSURE, rows="*,vcpu_hour,,1", chips=False)
    candidates = find_candidates(world(tmp_path))
    table = candidates.periods[0].runs.exclusions
    reasons = {key: {r.id for r in table.at(0, n)} for n, key in enumerate(candidates.regions)}
    assert reasons == {"acme:kl": set(), "acme:jb": set(), "acme:sg": {"unknown: zones"}}
    text = WORLD.replace("zones: 2", "zones: 3")
    table = find_candidates(world(tmp_path, text)).periods[0].runs.exclusions
    assert [{r.id for r in table.at(0, n)} for n in (1, 2)] == [{"spread"}, {"unknown: zones"}], (
        "kl has two, and says so"
    )


def test_a_service_is_written_once_for_all_its_regions_with_where_it_works_on_data(tmp_path: Path) -> None:
    services = """\
services:
  - {id: chat, processing: {not_in: [CN]}, regions: [kl]}
  - {id: chat, processing: "*", from: 2027-01-01, regions: [jb, sg]}
  - {id: draw, processing: [MY, SG], regions: [kl, sg]}
"""
    found = read(folder(tmp_path, services)).regions
    told = {
        key.removeprefix("acme:"): [
            (s.id, s.processing and (s.processing.in_, s.processing.not_in)) for s in r.services
        ]
        for key, r in found.items()
    }
    assert told == {
        "kl": [("chat", (None, ("CN",))), ("draw", (("MY", "SG"), None))],
        "jb": [("chat", (("*",), None))],
        "sg": [("chat", (("*",), None)), ("draw", (("MY", "SG"), None))],
    }
    assert str(found["acme:jb"].services[0].from_) == "2027-01-01"


def test_a_region_has_the_origin_of_its_file_unless_it_states_its_own(tmp_path: Path) -> None:
    own = REGIONS.replace("zones: [sg-a]", "zones: [sg-a], source: a letter, as_of: 2026-10-01, confidence: low")
    found = read(folder(tmp_path, regions=own)).regions
    assert (found["acme:kl"].source, found["acme:kl"].confidence) == ("its own page", "high")
    assert (found["acme:sg"].source, found["acme:sg"].as_of, found["acme:sg"].confidence) == (
        "a letter",
        "2026-10-01",
        "low",
    )


def test_two_regions_of_a_provider_cannot_share_a_zone(tmp_path: Path) -> None:
    _, faults = look(folder(tmp_path, regions=REGIONS.replace("[jb-a]", "[kl-a]")))
    assert [(fault.code, fault.where.line) for fault in faults] == [("N002", 8)]


def test_a_shipped_own_hall_is_in_play_only_for_its_operator(tmp_path: Path) -> None:
    everything = WORLD.replace("{providers: [acme]}", "{places: [MY]}")
    folder(
        tmp_path, rows="*,vcpu_hour,,1", regions=REGIONS.replace("zones: [kl-a", "kind: own, zones: [kl-a"), chips=False
    )
    found = {region.key for region in world(tmp_path, everything).regions}
    assert {"alibaba:ap-southeast-3", "aws:ap-southeast-5", "acme:kl"} <= found, "the user's own hall is the user's"
    assert not found & {"tng:kuala-lumpur", "ytl:kulai", "skyvast:cyberjaya"}
    named = WORLD.replace("[acme]", "[ytl, skyvast]")
    with pytest.raises(InputFaults, match="no entity operates it"):
        world(tmp_path, named)
    operated = named.replace("entities: [{", "entities: [{operates: [skyvast, ytl], ")
    assert {region.key for region in world(tmp_path, operated).regions} == {"ytl:kulai", "skyvast:cyberjaya"}


def test_only_the_provider_files_that_a_scenario_can_touch_are_read(tmp_path: Path) -> None:
    shutil.copytree(data_root() / "regions", tmp_path / "regions")
    (tmp_path / "regions" / "aws.yaml").write_text("provider: aws\nthis is no provider file")
    library = Library((tmp_path / "regions",), ())
    faults = Collector()
    found = read_catalogue(library, faults, {"gcp"})
    assert not faults.faults
    assert set(found.operators) == {"gcp"}
    assert {"aws", "oracle"} <= found.providers, "named, so that a scenario may name them"
    read_catalogue(library, faults)
    assert faults.faults


def test_the_user_s_own_folders_are_read_whole(tmp_path: Path) -> None:
    folder(tmp_path, regions=REGIONS.replace("country: SG", "country: SGP"), chips=False)
    faults = Collector()
    read_catalogue(Library.shipped(regions=[tmp_path]), faults, {"gcp"})
    assert [fault.code for fault in faults.faults] == ["N001"]


def test_a_place_that_only_unread_providers_reach_is_no_misspelling(tmp_path: Path) -> None:
    text = WORLD.replace("{providers: [acme]}", "{providers: [gcp], places: [SG, MY]}")
    assert {region.key for region in world(tmp_path, text).regions} == {"gcp:asia-southeast1"}
    with pytest.raises(InputFaults, match="no region lies in place 'MYS'"):
        world(tmp_path, text.replace("MY]", "MYS]"))


def warned(path: Path) -> list[tuple[str, int, str]]:
    found = inspect(path, Library((path if path.is_dir() else path.parent,), ()))
    assert not found.errors
    return [(fault.code, fault.where.line, fault.message) for fault in found.faults]


def test_a_figure_without_an_origin_is_warned_of_at_its_cell(tmp_path: Path) -> None:
    folder(tmp_path, rows="kl,vcpu_hour,,1 kl,pue,,1.2")
    figures = (tmp_path / "acme.csv").read_text().splitlines()
    figures[2] = figures[2].replace("a list,2026-11-01,high", "a list,,")
    (tmp_path / "acme.csv").write_text("\n".join(figures))
    assert warned(tmp_path / "acme.yaml") == [
        ("G101", 3, "pue of kl has no as_of"),
        ("G101", 3, "pue of kl has no confidence"),
    ]


@pytest.mark.parametrize(
    ("row", "is_warned"),
    [
        ("kl,accelerator_hour,L4,700.0", True),
        ("kl,accelerator_hour,L4,0.0", True),
        ("kl,vcpu_hour,,0", True),
        ("kl,vcpu_hour,,700", False),
        ("kl,egress_internet_gb,,0", False),
        ("kl,accelerator_hour,L4,0.7", False),
    ],
)
def test_a_number_by_which_lists_mean_unknown_is_warned_of(tmp_path: Path, row: str, *, is_warned: bool) -> None:
    codes = [code for code, _, _ in warned(folder(tmp_path, rows=row) / "acme.yaml")]
    assert codes == (["G102"] if is_warned else [])


def test_regions_operators_services_and_stock_need_an_origin_too(tmp_path: Path) -> None:
    bare = HEAD.replace(", source: its own page, as_of: 2026-11-01, confidence: high}\nregions_from", "}\nregions_from")
    stock = "[{id: kl-a, stock: [{accelerator: L4, units: 8}]}]"
    text = bare + "services: [{id: chat, regions: [kl]}]\n" + REGIONS.replace("[kl-a, kl-b]", stock)
    folder(tmp_path)
    (tmp_path / "acme.yaml").write_text(text.replace("regions_from: {", "# {"))
    whats = sorted(message.split(" has no ")[0] for _, _, message in warned(tmp_path / "acme.yaml"))
    assert whats == [
        "8 L4 in kl-a",
        "operator of acme",
        "region acme:jb",
        "region acme:kl",
        "region acme:sg",
        "service chat in acme:kl",
    ]


def test_the_table_of_power_is_checked_with_its_folder(tmp_path: Path) -> None:
    folder(tmp_path, power="MY,tariff_kwh,,0", chips=False)
    assert [code for code, _, _ in warned(tmp_path)] == ["G102"]
