"""Figures of regions: what a row is about, which of two rows holds, and whose electricity a region takes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planner.model.catalogue import Region
from tests.reading.catalogues import folder, look, read

GROUP = "groups: {home: [kl, jb]}\n"
D = Decimal


def regions(path: Path, rows: str = "", power: str = "", extra: str = GROUP) -> dict[str, Region]:
    return read(folder(path, extra, rows=rows, power=power)).regions


def pairs(region: Region) -> dict[str, Decimal]:
    return {key.removeprefix("acme:"): figure.value for key, figure in region.prices.pairs.items()}


def test_a_row_may_speak_of_a_group_or_of_all_regions_and_the_narrower_row_holds(tmp_path: Path) -> None:
    found = regions(tmp_path, "*,vcpu_hour,,3 home,vcpu_hour,,2 kl,vcpu_hour,,1")
    assert [found[f"acme:{id}"].prices.rates["vcpu"].value for id in ("kl", "jb", "sg")] == [1, 2, 3]


def test_the_narrower_row_holds_wherever_it_stands(tmp_path: Path) -> None:
    found = regions(tmp_path, "kl,vcpu_hour,,1 home,vcpu_hour,,2 *,vcpu_hour,,3")
    assert [found[f"acme:{id}"].prices.rates["vcpu"].value for id in ("kl", "jb", "sg")] == [1, 2, 3]


def test_a_price_between_groups_holds_for_every_pair_but_a_region_with_itself(tmp_path: Path) -> None:
    found = regions(tmp_path, "home,egress_pair_gb,home,1 home,egress_pair_gb,*,2 kl,egress_pair_gb,sg,3")
    assert pairs(found["acme:kl"]) == {"jb": 1, "sg": 3}
    assert pairs(found["acme:jb"]) == {"kl": 1, "sg": 2}
    assert pairs(found["acme:sg"]) == {}


def test_tiers_of_egress_stand_beside_the_first_which_is_the_price_in_use(tmp_path: Path) -> None:
    rows = "kl,egress_internet_gb,,0.12 kl,egress_internet_gb,10240,0.08 kl,egress_internet_gb,1024,0.11"
    prices = regions(tmp_path, rows)["acme:kl"].prices
    assert prices.internet is not None
    assert prices.internet.value == D("0.12")
    assert {tier: figure.value for tier, figure in prices.internet_tiers.items()} == {
        "1024": D("0.11"),
        "10240": D("0.08"),
    }


def test_accelerators_are_priced_by_kind_and_a_kind_without_a_row_is_unknown(tmp_path: Path) -> None:
    prices = regions(tmp_path, "kl,accelerator_hour,H100-SXM,7.5 kl,accelerator_hour,L4,1")["acme:kl"].prices
    assert {chip: figure.value for chip, figure in prices.accelerators.items()} == {"H100-SXM": D("7.5"), "L4": 1}
    assert not read(folder(tmp_path)).regions["acme:kl"].prices.accelerators


def test_two_rows_of_the_same_width_about_one_thing_are_a_fault(tmp_path: Path) -> None:
    _, faults = look(folder(tmp_path, GROUP + "", rows="home,vcpu_hour,,2 home,vcpu_hour,,3"))
    assert [(fault.code, fault.where.line) for fault in faults] == [("N002", 3)]


def test_electricity_comes_from_the_part_of_the_country_then_the_country_then_anywhere(tmp_path: Path) -> None:
    power = "MY-01,tariff_kwh,,0.1 MY,tariff_kwh,,0.2 MY,pue,,1.4 *,pue,,1.25 *,wue_l_kwh,,1"
    found = regions(tmp_path, "kl,pue,,1.1", power)
    values = {
        id: [figure and figure.value for figure in (power.tariff, power.pue, power.wue)]
        for id in ("kl", "jb", "sg")
        for power in [found[f"acme:{id}"].power]
    }
    assert values == {"kl": [D("0.2"), D("1.1"), 1], "jb": [D("0.1"), D("1.4"), 1], "sg": [None, D("1.25"), 1]}


def test_a_demand_charge_belongs_to_the_tariff_beside_it(tmp_path: Path) -> None:
    power = "MY,tariff_kwh,,0.1 MY,demand_kw_month,,7 MY-01,tariff_kwh,,0.2"
    found = regions(tmp_path, "sg,tariff_kwh,,0.3", power)
    of = {id: found[f"acme:{id}"].power for id in ("kl", "jb", "sg")}
    assert of["kl"].demand is not None
    assert of["kl"].demand.value == 7
    assert of["jb"].demand is None, "the region's own part of the country has another, all-in tariff"
    assert of["sg"].demand is None


def test_carbon_keeps_every_source_and_the_nearest_is_in_use(tmp_path: Path) -> None:
    power = "MY,carbon_g_kwh,ember,600 MY,carbon_g_kwh,other,650 MY-01,carbon_g_kwh,other,640"
    found = regions(tmp_path, "kl,carbon_g_kwh,own,500", power)
    by_source = {id: {k: f.value for k, f in found[f"acme:{id}"].power.carbon_by_source.items()} for id in ("kl", "jb")}
    assert by_source == {"kl": {"own": 500, "ember": 600, "other": 650}, "jb": {"other": 640, "ember": 600}}
    in_use = {id: found[f"acme:{id}"].power.carbon for id in ("kl", "jb", "sg")}
    assert [figure and figure.value for figure in in_use.values()] == [500, 640, None]


@pytest.mark.parametrize(
    ("rows", "power", "code", "says"),
    [
        ("north,pue,,1", "", "N001", "region 'north'"),
        ("kl,accelerator_hour,H200,1", "", "N001", "accelerator 'H200'"),
        ("kl,pue,,-1", "", "C002", "'-1' is not a usable number"),
        ("", "MYS,pue,,1", "N001", "place 'MYS'"),
        ("", "MY,vcpu_hour,,1", "N001", "figure 'vcpu_hour'"),
        ("", "MY,pue,,1 MY,pue,,2", "N002", "figure pue of MY is given twice"),
    ],
)
def test_a_row_that_names_nothing_is_told_at_its_place(
    tmp_path: Path, rows: str, power: str, code: str, says: str
) -> None:
    _, faults = look(folder(tmp_path, rows=rows, power=power))
    assert [fault.code for fault in faults] == [code]
    assert says in faults[0].message
    assert faults[0].where.file.endswith("acme.csv" if rows else "power.csv")
