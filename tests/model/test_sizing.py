"""Demand on a model becomes chips: the worked example of the published measurements, the roofline, and what is left out."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.model.accelerators import Accelerator, Alternative, Serves
from planner.model.roofline import estimate
from planner.model.serving import JobTime, Model, Roofline, Serving, Throughput, Utilisation, Weights
from planner.model.sizing import chips_for_tokens, kinds_measured, size

D = Decimal
CHIP = Accelerator(
    id="X",
    name="X",
    vendor="X",
    vendor_in="SG",
    memory_gb=D(100),
    memory_bandwidth_tb_s=D(4),
    dense_tflops={"fp8": D(1000), "bf16": D(500)},
)
SMALL = replace(CHIP, id="S", memory_gb=D(40))
MODEL = Model(id="m", active_b=D(50), weights=(Weights("fp8", D(300), "fp8"),), kv_bytes=D(100_000), groups={"X": 4})
TABLE = Serving(
    utilisation={"X": Utilisation(accelerator="X", prefill=D("0.2"), decode=D("0.1"))},
    roofline=Roofline(
        memory=D("0.9"), bandwidth=D("0.5"), context=1000, prefill=D("0.1"), decode=D("0.05"), source="table"
    ),
)
DEMAND = Serves("m", D("4e9"), D("1e9"), peak=D(3), cached=D("0.4"), accelerators=("X",))
KINDS = {"X": CHIP, "S": SMALL}


def measured(prefill: str, decode: str, **more: object) -> Model:
    row = Throughput(accelerator="X", prefill=D(prefill), decode=D(decode), condition="full load", source="bench")
    return replace(MODEL, throughput=(replace(row, **more),))


def only(model: Model, demand: Serves = DEMAND, serving: Serving = TABLE) -> Alternative:
    sized = size(demand, model, KINDS, serving)
    assert len(sized.alternatives) == 1, sized.left_out
    return sized.alternatives[0]


def redo(arithmetic: str) -> None:
    """Every equation holds for a reader with a calculator, to the digits that are written."""
    known = {"floor": math.floor, "ceil": math.ceil, "max": max, "min": min}
    for equation in arithmetic.split("; "):
        left, _, right = equation.rpartition(": ")[2].rpartition("=")
        digits = len(right.partition(".")[2])
        assert re.fullmatch(r"[-+*/()., \de]*", re.sub("|".join(known), "", left)), left
        assert eval(left, {"__builtins__": {}}, known) == pytest.approx(float(right), abs=0.51 * 10**-digits), equation


@pytest.mark.parametrize(
    ("prefill", "decode", "chips", "units"),
    [("6538", "2788", "36.0", 48), ("4025.9", "1850", "56.4", 64), ("6688", "1943", "43.3", 48), ("2062", "712", "127.4", 128)],
    ids=["H100-SXM", "H800", "Ascend-910C", "H20"],
)  # fmt: skip
def test_the_worked_example_comes_out_in_whole_groups_of_sixteen(
    prefill: str, decode: str, chips: str, units: int
) -> None:
    needed = chips_for_tokens(DEMAND, Fraction(prefill), Fraction(decode))
    assert f"{float(needed):.1f}" == chips
    found = only(replace(measured(prefill, decode), groups={"X": 16}))
    assert (found.units, found.group, found.basis) == (units, 16, "measured throughput")
    assert f"={chips}; groups: max(1, ceil({chips}/16))={units // 16}; {units // 16}*16={units}" in str(found.arithmetic)


def test_a_measurement_is_used_where_there_is_one_and_the_roofline_stands_beside_it() -> None:
    found = only(measured("5000", "2000"))
    assert "/5000+" in str(found.arithmetic)
    assert (found.source, found.confidence) == ("bench", None)
    assert found.note == "full load; the roofline says 2000 input and 1000 output tokens/s a chip"


def test_without_a_measurement_the_roofline_takes_the_lesser_of_compute_and_memory() -> None:
    found = only(MODEL)
    assert "prefill by compute: floor(1000e12*0.2/(2*50e9))=2000" in str(found.arithmetic)
    assert "decode by compute: floor(1000e12*0.1/(2*50e9))=1000" in str(found.arithmetic)
    assert "conversations a group: floor((0.9*4*100-300)*1e9/(1000*100000))=600" in str(found.arithmetic)
    assert "decode: min(1000, 3333)=1000" in str(found.arithmetic)
    assert (found.basis, found.confidence, found.source) == ("roofline", "low", "table")


def test_little_memory_bandwidth_limits_decoding() -> None:
    rates = estimate(MODEL, replace(CHIP, memory_bandwidth_tb_s=D("0.5")), 4, TABLE)
    assert rates.decode == 416
    assert rates.equations[-1] == "decode: min(1000, 416)=416"


def test_an_estimate_takes_larger_groups_where_that_takes_fewer_chips() -> None:
    heavy = replace(MODEL, kv_bytes=D(10_000_000))
    found = only(heavy)
    assert found.group == 16
    alone = chips_for_tokens(DEMAND, Fraction(2000), Fraction(33))
    assert found.units < alone


def test_a_kind_outside_the_table_takes_the_lowest_shares() -> None:
    found = only(replace(MODEL, groups={}), replace(DEMAND, accelerators=("S",)))
    assert "*0.1/(2*50e9)" in str(found.arithmetic)
    assert "*0.05/(2*50e9)" in str(found.arithmetic)


def test_the_smallest_group_that_is_not_stated_follows_from_memory() -> None:
    light = replace(DEMAND, input=D(1000), output=D(1000), accelerators=("S",))
    found = only(replace(MODEL, groups={}), light)
    assert (found.group, found.units) == (16, 16)  # 8 x 40 GB x 0.9 = 288 GB do not hold 300 GB


def test_the_first_form_of_the_weights_that_the_chip_computes_in_is_taken() -> None:
    old = {"X": replace(CHIP, dense_tflops={"bf16": D(500)})}
    both = replace(MODEL, weights=(Weights("fp8", D(300), "fp8"), Weights("bf16", D(600), "bf16")), groups={})
    found = size(DEMAND, both, old, TABLE).alternatives[0]
    assert "500e12" in str(found.arithmetic)
    assert "-600)" in str(found.arithmetic)


def test_a_measurement_of_both_phases_at_once_scales_the_roofline() -> None:
    found = only(measured("500", "50", together=True))
    assert found.basis == "roofline, scaled to a measurement of both phases together"
    assert "share reached: 500/2000+50/1000=0.3" in str(found.arithmetic)
    assert found.confidence == "low"
    assert found.units > only(MODEL).units * 3


def test_a_measurement_below_full_load_is_told_and_not_used() -> None:
    found = only(measured("500", "50", together=True, saturated=False))
    assert found.units == only(MODEL).units
    assert found.note == "not used, not saturated: 50 output tokens/s a chip, full load"


@pytest.mark.parametrize(
    ("model", "kind", "unknown"),
    [
        (replace(MODEL, kv_bytes=None), CHIP, "kv_bytes of m"),
        (replace(MODEL, active_b=None), CHIP, "active_b of m"),
        (replace(MODEL, weights=()), CHIP, "weights of m"),
        (MODEL, replace(CHIP, memory_gb=None), "memory_gb of X"),
        (MODEL, replace(CHIP, memory_bandwidth_tb_s=None), "memory_bandwidth_tb_s of X"),
        (MODEL, replace(CHIP, dense_tflops={"bf16": D(500)}), "dense_tflops of X in fp8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_without_measurement_and_with_a_figure_unknown_the_kind_is_no_alternative(
    model: Model, kind: Accelerator, unknown: str
) -> None:
    sized = size(DEMAND, model, {"X": kind}, TABLE)
    assert sized.alternatives == ()
    assert sized.left_out == {"X": f"no measured throughput, and the roofline needs what is unknown: {unknown}"}


def test_a_measured_kind_of_unknown_group_is_no_alternative() -> None:
    sized = size(DEMAND, replace(measured("5000", "2000"), groups={}, kv_bytes=None), KINDS, TABLE)
    assert sized.left_out["X"].startswith("its smallest group is not stated, and the roofline needs")


def test_a_model_that_fits_on_no_number_of_chips_says_so() -> None:
    sized = size(DEMAND, replace(MODEL, weights=(Weights("fp8", D(10**6), "fp8"),), groups={}), KINDS, TABLE)
    assert "does not fit on 1024 X" in sized.left_out["X"]


def test_without_named_kinds_every_measured_one_is_looked_at() -> None:
    anything = replace(DEMAND, accelerators=())
    assert kinds_measured(measured("500", "50")) == ("X",)
    assert [a.id for a in size(anything, measured("500", "50"), KINDS, TABLE).alternatives] == ["X"]
    assert size(anything, MODEL, KINDS, TABLE).alternatives == ()


def test_alternatives_are_sorted_by_kind_whatever_the_order_of_the_demand() -> None:
    sized = size(replace(DEMAND, accelerators=("X", "S")), MODEL, KINDS, TABLE)
    assert [a.id for a in sized.alternatives] == ["S", "X"]


def test_the_least_demand_takes_one_group() -> None:
    found = only(measured("5000", "2000"), replace(DEMAND, input=D(1), output=D(0)))
    assert found.units == found.group == 4


def test_jobs_take_their_measured_seconds_and_there_is_no_roofline_for_them() -> None:
    render = replace(MODEL, jobs=(JobTime(accelerator="X", seconds=D(150), chips=2, condition="one clip", source="q"),))
    clips = Serves("m", jobs=D(4000), peak=D(2), accelerators=("S", "X"))
    sized = size(clips, render, KINDS, TABLE)
    (found,) = sized.alternatives  # 4000 x 150 s / 86400 x 2 = 13.9 jobs at a time, / 0.7 = 19.8
    assert (found.id, found.group, found.units, found.basis) == ("X", 2, 40, "measured seconds a job")
    assert "nobody has published how long a job of m takes" in sized.left_out["S"]
    redo(str(found.arithmetic))


@pytest.mark.parametrize(
    "model",
    [measured("5000", "2000"), MODEL, measured("500", "50", together=True), measured("6538", "2788")],
    ids=["measured", "roofline", "scaled", "worked example"],
)
@pytest.mark.parametrize("demand", [DEMAND, replace(DEMAND, input=D("3.3e7"), output=D(7)), replace(DEMAND, peak=D("2.5"))])
def test_a_reader_can_redo_the_arithmetic(model: Model, demand: Serves) -> None:
    found = only(model, demand)
    redo(str(found.arithmetic))
    assert str(found.arithmetic).endswith(f"={found.units}")


def test_chips_just_above_a_group_are_written_with_enough_digits_to_count_it() -> None:
    rates = measured("1", "1000")
    exact = replace(DEMAND, input=D(0), output=D(86_400_000) * 4, peak=D(1), utilisation=D(1))
    assert only(rates, exact).units == 4
    above = only(rates, replace(exact, output=exact.output + 1))
    assert above.units == 8
    assert re.search(r"=4\.0+\d+; groups: max\(1, ceil\(4\.0+\d+/4\)\)=2", str(above.arithmetic))


@pytest.mark.parametrize("cached", ["0", "0.4", "0.9"])
def test_input_that_is_found_in_the_cache_costs_nothing(cached: str) -> None:
    fresh = chips_for_tokens(replace(DEMAND, output=D(0), cached=D(0)), Fraction(1000), Fraction(1))
    some = chips_for_tokens(replace(DEMAND, output=D(0), cached=D(cached)), Fraction(1000), Fraction(1))
    assert some == fresh * (1 - Fraction(cached))
