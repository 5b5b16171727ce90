"""The shipped catalogue of models, and demand in a scenario as alternatives."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputFaults
from planner.model.accelerators import Accelerator, Serves
from planner.model.scenario import Scenario
from planner.model.serving import Model, Serving
from planner.model.sizing import size
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.regions import read_catalogue
from planner.reading.scenarios import read_scenario
from planner.reading.serving import read_serving

D = Decimal


def shipped() -> tuple[dict[str, Accelerator], Serving]:
    faults = Collector()
    kinds = read_catalogue(Library.shipped(), faults, only=()).accelerators
    serving = read_serving(Library.shipped(), kinds, faults)
    faults.raise_errors()
    return kinds, serving


KINDS, SERVING = shipped()
MODELS = {model.id: model for model in SERVING.models.values()}

WORLD = """\
scenario: serving
question: Which chips serve?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: []
entities: [{id: bank, established_in: SG, sector: bank}]
regions:
  - {provider: den, id: d, lat: 1.3, lon: 103.8, country: SG, prices: {accelerator_hour: {H20: 1.5}}, zones: [{id: d1}]}
workloads:
  - id: w
    entity: bank
    components:
      - id: memo
        serves: {model: deepseek-r1, input: 4e9 tokens/day, output: 1000 Mtokens/day, peak: 3, cached: 40 %, accelerators: [H100-SXM, L40S]}
objectives: [cost]
"""


def read(folder: Path, text: str = WORLD, *more: Path) -> Scenario:
    (folder / "s.yaml").write_text(text)
    return read_scenario(folder / "s.yaml", library=Library.shipped(more))


def told(folder: Path, text: str, *more: Path) -> list[str]:
    with pytest.raises(InputFaults) as error:
        read(folder, text, *more)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_every_shipped_model_says_where_its_figures_come_from(model: Model) -> None:
    for each in (model, *model.throughput, *model.jobs):
        assert each.source, each
        assert each.as_of, each
        assert each.confidence, each


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_every_stated_group_holds_a_form_of_the_weights_that_its_chips_compute_in(model: Model) -> None:
    assert SERVING.roofline is not None
    for name, chips in model.groups.items():
        kind = KINDS[name]
        room = SERVING.roofline.memory * chips * (kind.memory_gb or 0)
        assert any(w.gb < room and w.compute in kind.dense_tflops for w in model.weights), name


@pytest.mark.parametrize("row", SERVING.utilisation.values(), ids=SERVING.utilisation)
def test_the_table_of_utilisations_is_what_the_measurements_of_deepseek_reach(row: object) -> None:
    of_chip = SERVING.utilisation[row.accelerator]  # type: ignore[attr-defined]
    model, kind = MODELS["deepseek-v3"], KINDS[of_chip.accelerator]
    measured = next(each for each in model.throughput if each.accelerator == of_chip.accelerator)
    peak = kind.dense_tflops["fp8" if "fp8" in kind.dense_tflops else "int8"] * 10**12
    for rate, share in ((measured.prefill, of_chip.prefill), (measured.decode, of_chip.decode)):
        reached = (rate or D(0)) * 2 * (model.active_b or D(0)) * 10**9 / peak
        assert round(reached, 2) == share


def test_kinds_outside_the_table_take_its_lowest_shares() -> None:
    assert SERVING.roofline is not None
    assert SERVING.roofline.prefill == min(row.prefill for row in SERVING.utilisation.values())
    assert SERVING.roofline.decode == min(row.decode for row in SERVING.utilisation.values())


def test_measurements_stand_in_the_file_as_their_arithmetic_says() -> None:
    rows = [row for model in MODELS.values() for row in model.throughput if row.arithmetic]
    assert len(rows) >= 8
    for row in rows:
        for equation in str(row.arithmetic).split("; "):
            left, _, right = equation.partition("=")
            assert eval(left, {"__builtins__": {}}) == pytest.approx(float(right), rel=2e-4), equation
            stated = min((row.prefill or D(0), row.decode), key=lambda rate: abs(float(rate) - float(right)))
            assert math.isclose(float(stated), float(right), abs_tol=0.51)


@pytest.mark.parametrize(("chip", "units"), [("H100-SXM", 48), ("H800", 64), ("Ascend-910C", 48), ("H20", 128), ("GB200", 16)])
def test_a_bank_on_deepseek_needs_so_many_chips(chip: str, units: int) -> None:
    demand = Serves("deepseek-v3", D("4e9"), D("1e9"), peak=D(3), cached=D("0.4"), accelerators=(chip,))
    (found,) = size(demand, MODELS["deepseek-v3"], KINDS, SERVING).alternatives
    assert found.units == units
    assert found.confidence == "high"


def test_reading_turns_demand_into_alternatives_by_any_name_of_the_model(tmp_path: Path) -> None:
    scenario = read(tmp_path)
    component = scenario.component["w/memo"]
    assert [(a.id, a.units, a.group, a.basis) for a in component.accelerators] == [
        ("H100-SXM", 48, 16, "measured throughput"),
        ("L40S", 160, 32, "roofline"),
    ]
    assert sorted(scenario.accelerators) == ["H100-SXM", "H20", "L40S"]
    assert scenario.warnings == ()


def test_a_kind_that_cannot_be_sized_is_left_out_with_a_warning(tmp_path: Path) -> None:
    scenario = read(tmp_path, WORLD.replace("L40S]", "T-Head-Zhenwu-810E]"))
    component = scenario.component["w/memo"]
    assert [a.id for a in component.accelerators] == ["H100-SXM"]
    assert component.serves is not None
    reason = "no measured throughput, and the roofline needs what is unknown: memory_bandwidth_tb_s of T-Head-Zhenwu-810E"
    assert component.serves.left_out == {"T-Head-Zhenwu-810E": reason}
    (warning,) = scenario.warnings
    assert "s.yaml:15:135: warning[N006]: " in str(warning)
    assert f"w/memo: T-Head-Zhenwu-810E is no alternative: {reason}" in str(warning)


def test_without_named_kinds_all_that_were_measured_are_alternatives(tmp_path: Path) -> None:
    scenario = read(tmp_path, WORLD.replace(", accelerators: [H100-SXM, L40S]", ""))
    kinds = [a.id for a in scenario.component["w/memo"].accelerators]
    assert kinds == ["Ascend-910C", "GB200", "H100-SXM", "H20", "H800"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("as_of: 2026-11-23\nhorizon: {from: 2026Q4", "as_of: 2024-10-01\nhorizon: {from: 2024Q4", "deepseek-v3 is released on 2024-12-26, after 2024-10-01"),
        ("deepseek-r1", "wan2.6", "no weights of wan2.6 are published"),
    ],
)  # fmt: skip
def test_a_model_that_cannot_be_had_is_a_fault(tmp_path: Path, old: str, new: str, says: str) -> None:
    (line,) = told(tmp_path, WORLD.replace(old, new))
    assert "s.yaml:15:25: error[N003]: " in line
    assert says in line


OWN = """\
schema: residency-models/1
models:
  - {id: house-7b, active_b: 7, weights: [{format: bf16, gb: 14, compute: bf16}], kv_bytes: 131072, withdrawn: 2027-01-01,
     groups: {H20: 1}, throughput: [{accelerator: H20, prefill: 5000, decode: 900, condition: own bench}]}
"""


def test_a_folder_of_ones_own_adds_models(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "models.yaml").write_text(OWN)
    text = WORLD.replace("deepseek-r1", "house-7b").replace(", accelerators: [H100-SXM, L40S]", "")
    scenario = read(tmp_path, text, tmp_path / "mine")
    assert [(a.id, a.units) for a in scenario.component["w/memo"].accelerators] == [("H20", 79)]
    later = text.replace("as_of: 2026-11-23\nhorizon: {from: 2026Q4", "as_of: 2027-01-01\nhorizon: {from: 2027Q1")
    assert "house-7b is withdrawn since 2027-01-01" in told(tmp_path, later, tmp_path / "mine")[0]


@pytest.mark.parametrize(("day", "faults"), [("2026-12-31", 1), ("2027-01-01", 0)])
def test_a_model_must_last_as_long_as_the_plan(tmp_path: Path, day: str, faults: int) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "models.yaml").write_text(OWN.replace("withdrawn: 2027-01-01", f"withdrawn: {day}"))
    text = WORLD.replace("deepseek-r1", "house-7b").replace(", accelerators: [H100-SXM, L40S]", "")
    if not faults:
        assert read(tmp_path, text, tmp_path / "mine").component["w/memo"].accelerators
        return
    (line,) = told(tmp_path, text, tmp_path / "mine")
    assert "s.yaml:15:25: error[N003]: " in line
    assert "house-7b is withdrawn on 2026-12-31, before the plan ends on 2026-12-31" in line


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{id: house-7b,", "{id: qwen3-32b,", "model 'qwen3-32b' is declared twice"),
        ("groups: {H20: 1}", "groups: {H2O: 1}", "accelerator 'H2O' is not known — did you mean 'H20'?"),
        ("groups: {H20: 1}", "groups: {H20: 0}", "a group of 0 H20"),
        ("[{accelerator: H20,", "[{accelerator: H21,", "accelerator 'H21' is not known — did you mean 'H20'?"),
        ("decode: 900", "decode: 0", "0 tokens/s is no throughput"),
        ("decode: 900", "decodes: 900", "unknown key 'decodes' — did you mean 'decode'?"),
    ],
)
def test_what_is_wrong_with_models_of_ones_own_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "models.yaml").write_text(OWN.replace(old, new))
    lines = told(tmp_path, WORLD, tmp_path / "mine")
    assert [line for line in lines if says in line and "models.yaml:" in line], lines
