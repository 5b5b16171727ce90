"""The shipped catalogue: it is whole, every number says where it is from, and its words are those of the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from planner.errors import Where
from planner.model.catalogue import Region
from planner.model.figures import UNITS, figures_of
from planner.model.places import is_place
from planner.model.vocabulary import Vocabulary
from planner.reading.faults import Collector
from planner.reading.inspecting import catalogue_of, inspect
from planner.reading.library import Library, data_root
from planner.reading.policies import PolicySet, read_policies

CATALOGUE = catalogue_of(Library.shipped())
REGIONS = [CATALOGUE.regions[key] for key in sorted(CATALOGUE.regions)]
CLOUDS = {"alibaba": 36, "aws": 38, "azure": 75, "gcp": 43, "huawei": 29, "ibm": 13, "oracle": 53, "tencent": 17}
HALLS = {"lintasarta": 3, "ocbc": 2, "skyvast": 1, "tng": 1, "ytl": 1} | dict.fromkeys(
    ("ocbc-cn", "ocbc-hk", "ocbc-id", "ocbc-my"), 1
)
ORIGIN = ("source", "as_of", "confidence")


def words() -> Vocabulary:
    found: PolicySet = read_policies(Library.shipped(), (), data_root(), Where("."), Collector())
    return found.vocabulary


VOCABULARY = words()


def facts() -> Iterator[tuple[str, Any]]:
    """Everything in the catalogue that somebody must have said: figures, regions, operators, services, chips."""
    for region in REGIONS:
        yield region.key, region
        yield from ((f"{kind} {to} of {region.key}", figure) for kind, to, figure in figures_of(region))
        yield from ((f"{offer.id} in {region.key}", offer) for offer in region.services)
        yield from ((f"chips in {zone.id}", each) for zone in region.zones for each in (*zone.stock, *zone.arrivals))
    yield from CATALOGUE.operators.items()
    yield from CATALOGUE.accelerators.items()
    yield from ((f"{kind} {to} of {place}", f) for place, of in CATALOGUE.power.items() for (kind, to), f in of.items())


def test_every_region_of_eight_providers_is_there_and_the_halls_of_nine_operators() -> None:
    assert Counter(region.provider for region in REGIONS) == CLOUDS | HALLS
    assert sum(CLOUDS.values()) == 304
    assert {r.provider for r in REGIONS if r.kind in ("own", "dedicated")} == set(HALLS)


def test_every_fact_carries_source_date_and_confidence() -> None:
    told = list(facts())
    bare = [name for name, fact in told if not all(getattr(fact, part) for part in ORIGIN)]
    assert bare == []
    assert len(told) > 5_000


def test_every_kind_of_figure_is_used_and_no_figure_is_a_sentinel() -> None:
    found = [(kind, figure.value) for region in REGIONS for kind, _, figure in figures_of(region)]
    # no shipped hall takes domestic chips alone, and a fuel adjustment is of one month
    assert {kind for kind, _ in found} == set(UNITS) - {"tariff_domestic_kwh", "fuel_kwh"}
    assert [each for each in found if each[1] in (0, 700)] == []


def test_the_folder_passes_its_own_check() -> None:
    found = inspect(data_root() / "regions", Library.shipped())
    assert found.faults == ()


def test_the_same_id_is_three_cities_and_only_the_key_tells_them_apart() -> None:
    same = {region.provider: region.city for region in REGIONS if region.id == "ap-southeast-3"}
    assert same == {"alibaba": "Kuala Lumpur", "aws": "Jakarta", "huawei": "Singapore"}


def test_every_coordinate_says_how_exact_it_is_and_every_grid_lies_in_its_country() -> None:
    assert [r.key for r in REGIONS if r.accuracy_km is None or r.accuracy_km < 15] == []
    assert [place for place in CATALOGUE.power if place != "*" and not is_place(place)] == []


def test_only_stated_zones_come_without_a_mark_and_unknown_ones_are_one() -> None:
    made_up = [r for r in REGIONS if any(re.fullmatch(rf"{re.escape(r.id)}-z\d*", zone.id) for zone in r.zones)]
    assert {r.key for r in made_up} == {r.key for r in REGIONS if r.zone_ids != "stated"}
    assert {len(r.zones) for r in REGIONS if r.zone_ids == "unknown"} == {1}
    assert {r.provider for r in REGIONS if r.zone_ids == "unknown"} >= {"huawei"}


def test_johor_bangkok_and_manila_have_two_zones_so_no_quorum_of_three() -> None:
    two = {"alibaba:ap-southeast-8", "alibaba:ap-southeast-7", "alibaba:ap-southeast-6"}
    assert {key: len(CATALOGUE.regions[key].zones) for key in two} == dict.fromkeys(two, 2)


def test_every_figure_of_johor_is_a_marked_copy_and_ties_with_kuala_lumpur() -> None:
    johor, lumpur = (CATALOGUE.regions[f"alibaba:ap-southeast-{n}"].prices for n in (8, 3))
    for ours, theirs in ((johor.rates["vcpu"], lumpur.rates["vcpu"]), (johor.rates["memory"], lumpur.rates["memory"])):
        assert (ours.value, ours.copied_from, ours.confidence) == (theirs.value, "alibaba:ap-southeast-3", "low")


def test_traffic_over_the_border_of_mainland_china_costs_several_times_internet_egress() -> None:
    for key in ("alibaba:ap-southeast-1", "alibaba:cn-hangzhou"):
        prices = CATALOGUE.regions[key].prices
        other = "alibaba:cn-hangzhou" if key.endswith("southeast-1") else "alibaba:ap-southeast-1"
        assert prices.internet is not None
        assert prices.pairs[other].value > 5 * prices.internet.value


def test_regions_that_others_run_are_restricted_since_the_record_of_the_operator_is_not_theirs() -> None:
    partner = {
        "aws:cn-north-1",
        "azure:chinaeast2",
        "huawei:eu-west-0",
        "huawei:my-kualalumpur-1",
        "alibaba:me-central-1",
    }
    assert {CATALOGUE.regions[key].status for key in partner} == {"restricted"}


def test_closed_regions_say_since_when() -> None:
    closed = {r.key: str(r.closed_on) for r in REGIONS if r.status == "closed"}
    assert closed == {"alibaba:ap-south-1": "2024-07-15", "alibaba:ap-southeast-2": "2024-09-30"}


def test_accelerators_and_rules_use_the_same_words() -> None:
    without_entry = set(VOCABULARY.chips) - set(CATALOGUE.accelerators)
    assert set(CATALOGUE.accelerators) <= set(VOCABULARY.chips)
    assert without_entry == {*VOCABULARY.chip_families, "Ascend-910D", "RTX-PRO-6000D"}
    assert {a.control for a in CATALOGUE.accelerators.values() if a.control} <= set(VOCABULARY.chip_controls)


def test_a_chip_is_controlled_as_its_processing_performance_says() -> None:
    stated = {"H20", "L20", "MI308X"}
    for chip in CATALOGUE.accelerators.values():
        if chip.vendor_in == "CN":
            assert chip.control == "other", chip.id
        elif chip.id not in stated:
            expected = (
                None if chip.tpp is None or 1600 <= chip.tpp < 4800 else "3A090.a" if chip.tpp >= 4800 else "other-ear"
            )
            assert chip.control == expected, chip.id


def test_processing_performance_is_dense_throughput_times_bit_length_at_its_most() -> None:
    bits = {"fp16": 16, "bf16": 16, "fp8": 8, "int8": 8, "fp4": 4}
    for chip in CATALOGUE.accelerators.values():
        most = max((bits[kind] * rate for kind, rate in chip.dense_tflops.items()), default=None)
        if most is not None and chip.tpp is not None:
            assert abs(chip.tpp - most) <= chip.tpp / 25, (chip.id, most)


def test_the_ramp_that_was_announced_is_no_stock() -> None:
    (hall,) = CATALOGUE.regions["skyvast:cyberjaya"].zones
    assert [(each.units, each.accelerator) for each in hall.stock] == [(8, "Ascend-910B")]
    sums = [8 + sum(each.units for each in hall.arrivals[: n + 1]) for n in range(3)]
    assert sums == [500, 2000, 3000]
    assert {each.status for each in hall.arrivals} == {"announced"}


def test_the_figures_of_own_halls_are_assumptions_without_electricity() -> None:
    for region in (r for r in REGIONS if r.provider in HALLS):
        rates = region.prices.rates.values()
        assert {figure.confidence for figure in rates} == {"low"}, region.key
        assert all("assumption" in figure.note and "electricity is not in it" in figure.note for figure in rates)
        assert region.power.tariff is not None, "electricity comes on top"


def test_inference_of_model_studio_in_singapore_may_run_anywhere_but_in_china() -> None:
    def scopes(key: str) -> dict[str, Any]:
        return {o.id: o.processing for o in CATALOGUE.regions[key].services if o.id.startswith("model-studio")}

    assert scopes("alibaba:ap-southeast-1")["model-studio"].not_in == ("CN",)
    assert scopes("alibaba:cn-beijing")["model-studio"].in_ == ("CN",)
    assert scopes("alibaba:us-east-1")["model-studio-global"].in_ == ("*",)
    assert "agentrun" not in {
        o.id for key in ("3", "8") for o in CATALOGUE.regions[f"alibaba:ap-southeast-{key}"].services
    }


def test_a_price_of_an_accelerator_is_plausible_against_the_same_kind_elsewhere() -> None:
    by_kind: dict[tuple[str, str], list[tuple[Decimal, Region]]] = {}
    for region in REGIONS:
        for chip, figure in region.prices.accelerators.items():
            if figure.confidence != "low":
                by_kind.setdefault((region.provider, chip), []).append((figure.value, region))
    for (provider, chip), prices in by_kind.items():
        middle = sorted(value for value, _ in prices)[len(prices) // 2]
        odd = [region.key for value, region in prices if not middle / 2 <= value <= middle * 2]
        assert odd == [], (provider, chip)


def test_an_hour_of_a_chip_that_a_hall_may_buy_is_upkeep_only_so_that_no_chip_is_paid_twice() -> None:
    bought = [(region, chip) for region in REGIONS for chip in region.prices.purchases]
    assert {region.provider for region, _ in bought} == set(HALLS) - {"skyvast"}
    for region, chip in bought:
        cash, hour = region.prices.purchases[chip].value, region.prices.accelerators[chip].value
        assert abs(hour - cash * Decimal("0.15") / (4 * 8760)) < Decimal("0.0001"), (region.key, chip)


def test_halls_that_buy_chips_say_what_a_virtual_processor_draws() -> None:
    assert all(r.power.vcpu_w is not None and r.power.vcpu_w.value > 0 for r in REGIONS if r.prices.purchases)
