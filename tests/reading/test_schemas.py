"""The published JSON Schemas accept what reading accepts, refuse what it refuses, and are checked in as generated."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from planner.errors import InputFaults
from planner.model.units import KINDS
from planner.reading.areas import read_areas
from planner.reading.faults import Collector
from planner.reading.field_types import quantity_schema
from planner.reading.nouns import read_noun
from planner.reading.policies import ListFile, RuleFile, VocabularyFile
from planner.reading.providers import AcceleratorFile, ProviderFile
from planner.reading.quantities import QuantityError, parse_quantity
from planner.reading.regions import ACCELERATORS, MODELS
from planner.reading.scenarios import ScenarioFile
from planner.reading.schemas import schema
from planner.reading.serving import ModelFile
from planner.reading.yaml_files import load_document, parse_document
from tests.cli import bases_of_wrong_inputs as bases
from tests.cli.wrong_inputs import ALL
from tests.reading import area_world as areas

ROOT = Path(__file__).resolve().parents[2]
NOUNS = {
    "scenario": ScenarioFile,
    "policy": RuleFile,
    "region": ProviderFile,
    "accelerators": AcceleratorFile,
    "models": ModelFile,
    "vocabulary": VocabularyFile,
    "lists": ListFile,
}
CHECKED_IN = {
    "scenarios/schema/scenario.schema.json": "scenario",
    "policies/schema/rules.schema.json": "policy",
    "policies/schema/vocabulary.schema.json": "vocabulary",
    "policies/schema/lists.schema.json": "lists",
    "policies/schema/areas.schema.json": "areas",
    "regions/schema/region.schema.json": "region",
    "regions/schema/accelerators.schema.json": "accelerators",
    "regions/schema/models.schema.json": "models",
}
SHIPPED = [
    *((path, "scenario") for path in sorted((ROOT / "scenarios").glob("*.yaml"))),
    *((path, "policy") for path in sorted((ROOT / "policies" / "law").rglob("*.yaml"))),
    *((path, "lists") for path in sorted((ROOT / "policies" / "lists").glob("*.yaml"))),
    *(
        (path, "region")
        for path in sorted((ROOT / "regions").glob("*.yaml"))
        if path.name not in (ACCELERATORS, MODELS)
    ),
    (ROOT / "regions" / ACCELERATORS, "accelerators"),
    (ROOT / "regions" / MODELS, "models"),
    (ROOT / "policies" / "vocab.yaml", "vocabulary"),
]
BASES = {
    "scenario.yaml": (bases.SCENARIO, "scenario"),
    "sites.yaml": (bases.SITES, "scenario"),
    "chips.yaml": (bases.CHIPS, "scenario"),
    "own.yaml": (bases.POLICY, "policy"),
    "extra/hall.yaml": (bases.REGION, "region"),
}


def plain(data: Any) -> Any:
    """Data as a JSON reader would have it."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


def validators() -> dict[str, Draft202012Validator]:
    for kind in NOUNS:
        Draft202012Validator.check_schema(schema(kind))
    return {kind: Draft202012Validator(schema(kind)) for kind in NOUNS}


VALID = validators()


def accepts(kind: str, data: Any) -> bool:
    return VALID[kind].is_valid(plain(data))


def reads(kind: str, text: str) -> bool:
    """Whether reading finds the shape of a file right."""
    faults = Collector()
    try:
        document = parse_document(text.encode(), "file.yaml", into=faults.faults)
    except InputFaults:
        return False
    read_noun(NOUNS[kind], document, faults, rates={"MYR": Decimal(1)})
    return not faults.faults


@pytest.mark.parametrize(("path", "kind"), SHIPPED, ids=lambda value: getattr(value, "name", value))
def test_every_shipped_file_fits_its_schema(path: Path, kind: str) -> None:
    errors = VALID[kind].iter_errors(plain(load_document(path).data))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(("file", "kind"), CHECKED_IN.items())
def test_the_checked_in_schema_is_the_generated_one(file: str, kind: str) -> None:
    again = "write it with `planner schema " + kind + "`"
    assert json.loads((ROOT / file).read_text(encoding="utf-8")) == schema(kind), again


def test_the_header_of_every_shipped_file_names_a_schema_that_is_there() -> None:
    for path, kind in SHIPPED:
        named = re.search(r"^# yaml-language-server: \$schema=(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        if named:
            there = (path.parent / named[1]).resolve().relative_to(ROOT).as_posix()
            assert CHECKED_IN.get(there) == kind, f"{path}: {there}"


@pytest.mark.parametrize("wrong", [w for w in ALL if w.file in BASES], ids=lambda w: f"{w.file}: {w.name}")
def test_schema_and_reading_agree_on_the_shape_of_wrong_input(wrong: Any) -> None:
    text, kind = BASES[wrong.file]
    changed = text.replace(wrong.old.replace("§", ""), wrong.new.replace("§", ""), 1)
    try:
        data = parse_document(changed.encode(), "file.yaml").data
    except InputFaults:
        return
    beyond_shape = {"too many periods", "currency without a rate", "too large", "memory too large"}
    if wrong.name not in beyond_shape:
        assert accepts(kind, data) == reads(kind, changed)


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        ("", "", True),
        ('"note": null', '"note": "a rough line"', True),
        ('"displaces": "MY"', '"displaces": ["MY", "SG"]', True),
        ('"displaces": "MY"', '"displaces": null', True),
        ('"displaces": "MY"', '"displace": "MY"', False),
        ('"name": "A port", ', "", False),
        ('"name": "A port"', '"name": null', False),
        ('"accuracy_km": 0.5', '"accuracy_km": "0.5 km"', False),
        ('"Polygon"', '"Point"', False),
        ('"FeatureCollection"', '"Feature"', False),
    ],
)
def test_the_schema_of_areas_and_their_reading_agree(tmp_path: Path, old: str, new: str, fits: bool) -> None:
    path = tmp_path / "own.geojson"
    path.write_text(areas.OWN.replace(old, new, 1))
    faults = Collector()
    read_areas(path, faults, checked=True)
    assert (faults.faults == []) == fits
    assert Draft202012Validator(schema("areas")).is_valid(json.loads(path.read_text())) == fits


@pytest.mark.parametrize("path", sorted((ROOT / "policies" / "areas").glob("*.geojson")), ids=lambda path: path.name)
def test_every_shipped_area_file_fits_its_schema(path: Path) -> None:
    assert list(Draft202012Validator(schema("areas")).iter_errors(json.loads(path.read_text()))) == []


VARIANTS = [
    ("scenario", ("entities", 0, "regulated_by"), "BNM", True),
    ("scenario", ("entities", 0, "regulated_by"), None, True),
    ("scenario", ("entities", 0, "regulated_by"), 5, False),
    ("scenario", ("datasets", 0, "classes"), [5], False),
    ("scenario", ("datasets", 0, "size"), "42TB", True),
    ("scenario", ("datasets", 0, "size"), " 4_2.5e1  TB ", True),
    ("scenario", ("datasets", 0, "size"), 42, False),
    ("scenario", ("datasets", 0, "size"), "42", False),
    ("scenario", ("datasets", 0, "size"), "42 tb", False),
    ("scenario", ("datasets", 0, "change"), "6 TB / month", True),
    ("scenario", ("datasets", 0, "change"), "6 TB/week", False),
    ("scenario", ("limits", "regions"), 3, True),
    ("scenario", ("limits", "regions"), {"exactly": 3}, True),
    ("scenario", ("limits", "regions"), {"exact": 3}, False),
    ("scenario", ("limits", "regions"), "3", False),
    ("scenario", ("limits", "regions"), -3, False),
    ("scenario", ("users", 0, "at", "MY"), "99 %", True),
    ("scenario", ("users", 0, "at", "MY"), 0.5, True),
    ("scenario", ("users", 0, "at", "MY"), {"weight": 1, "lat": 3.1, "lon": 101, "country": "MY"}, True),
    ("scenario", ("users", 0, "at", "MY"), {"lat": 3.1}, False),
    ("scenario", ("users", 0, "at", "MY"), -1, False),
    ("scenario", ("workloads", 0, "components", 0, "per_replica"), {"memory": "1 TiB", "gpu": 2.5}, True),
    ("scenario", ("workloads", 0, "components", 0, "per_replica"), {"memory": 4}, False),
    ("scenario", ("workloads", 0, "components", 0, "per_replica"), {"vcpu": "4"}, False),
    ("scenario", ("workloads", 0, "components", 0, "per_replica"), [], False),
    ("scenario", ("workloads", 0, "components", 0, "requires"), {"spread": None}, True),
    ("scenario", ("workloads", 0, "components", 0, "requires"), None, False),
    ("scenario", ("workloads", 0, "components", 0, "critical"), "no", False),
    ("scenario", ("quotes",), "quotes.csv", True),
    ("scenario", ("quotes",), [{"component": "a", "place": "b:c", "cost": "8 MYR/month"}], True),
    ("scenario", ("quotes",), [{"component": "a", "place": "b:c", "cost": 8}], False),
    ("scenario", ("quotes",), 8, False),
    ("scenario", ("as_of",), "2026-1-1", False),
    ("scenario", ("as_of",), "2026-W47-1", False),
    ("scenario", ("as_of",), 2026, False),
    ("scenario", ("solver", "gap"), "1 %", True),
    ("scenario", ("solver", "gap"), 0.01, True),
    ("scenario", ("solver", "time_limit"), "5 min", True),
    ("scenario", ("horizon", "amortise"), "3 years", True),
    ("scenario", ("regions",), [{"id": "a", "lat": 1, "lon": 1, "country": "MY", "zones": []}], False),
    ("region", ("regions", 0, "provider"), "hall", True),
    ("region", ("regions", 0, "opening_once"), "5 USD", True),
    ("region", ("regions", 0, "opening_once"), 5, False),
    ("region", ("regions", 0, "prices"), None, True),
    ("region", ("regions", 0, "prices"), {"vcpu_hour": "0.03 USD"}, False),
    ("policy", ("rules", 0, "then"), {"forbid": {"in": ["*"]}}, True),
    ("policy", ("rules", 0, "then"), {"forbid": {"in": ["*"]}, "confine": {"in": ["*"]}}, False),
    ("policy", ("rules", 0, "then"), {}, False),
    ("policy", ("rules", 0, "then"), {"forbid": {"in": "*"}}, False),
    ("policy", ("rules", 0, "tests", 0, "given", "verb"), ["store"], True),
    ("policy", ("rules", 0, "tests", 0, "given", "verb"), None, False),
    ("policy", ("rules", 0, "penalty_usd_month"), 12.5, True),
    ("policy", ("rules", 0, "penalty_usd_month"), "12", False),
]
TEXTS = {"scenario": bases.SCENARIO, "region": bases.REGION, "policy": bases.POLICY}


@pytest.mark.parametrize(("kind", "path", "value", "right"), VARIANTS, ids=lambda value: str(value)[:40])
def test_every_form_of_a_value_is_judged_alike_by_schema_and_reading(
    kind: str, path: tuple[str | int, ...], value: Any, right: bool
) -> None:
    data = deepcopy(parse_document(TEXTS[kind].encode(), "file.yaml").data)
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    as_yaml = json.dumps(plain(data))
    assert (accepts(kind, data), reads(kind, as_yaml)) == (right, right)


FORMS = ["1 {}", "1{}", "0.5 {}", " 2e3  {} ", "1 {}x", "-1 {}", "x {}", "1,5 {}", "1 USD{}", "1 USD / h", ""]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", FORMS)
def test_the_pattern_of_each_kind_of_quantity_is_what_is_read(kind: str, text: str) -> None:
    pattern = Draft202012Validator(quantity_schema(kind))
    for unit in [*KINDS[kind].factors, "GB", "USD/GB", "EUR"]:
        written = text.format(unit)
        try:
            parse_quantity(written, kind, {"EUR": Decimal(1)})
            read = True
        except QuantityError:
            read = False
        assert pattern.is_valid(written) == read, written
