"""Every shipped scenario does what its author expects, and twins of the wallet differ as they should."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.candidates.find import find_candidates
from planner.errors import NoLawfulPlan
from planner.model.plan import OneOff, Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.verification import find_breaches
from tests.solver.worlds import shipped_scenarios

SHIPPED = shipped_scenarios()
WALLET = data_root() / "scenarios" / "tng-ewallet.yaml"
GATE = "my-rmit-cloud-gate"
ZONES = "workloads.payments.components.ledger.requires.spread.zones"
JOHOR = "alibaba:ap-southeast-8"


def wallet(**changes: Any) -> Scenario:
    return read_scenario(WALLET, settings=Settings(**changes))


def planned(world: Scenario) -> Plan:
    return plan(world).plan


def reasons(world: Scenario, component: str, region: str) -> set[str]:
    """Why a component is refused in a region; empty where it is not."""
    candidates = find_candidates(world)
    table = candidates.periods[0].runs.exclusions
    at = candidates.components.index(component), candidates.regions.index(region)
    return {reason.id for reason in table.at(*at)}


def test_scenarios_are_shipped() -> None:
    assert {"tiny", "tng-ewallet"} <= {path.stem for path in SHIPPED}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_plans_to_what_it_expects(path: Path) -> None:
    world = read_scenario(path)
    if world.expect == "infeasible":
        with pytest.raises(NoLawfulPlan):
            plan(world)
        return
    found = planned(world)
    assert (found.status, found.gap, found.bound) == ("optimal", 0, found.total_usd)
    assert find_breaches(found, world) == ()
    assert not world.warnings


def test_the_tiny_scenario_costs_what_its_comment_works_out() -> None:
    found = planned(read_scenario(data_root() / "scenarios" / "tiny.yaml"))
    assert found.total_usd == 480 + 230 + 84 + 100 + 120 + 150
    assert {(p.component, p.region) for p in found.placements if p.units} == {
        ("store/web", "toy:sg"),
        ("store/stock", "toy:jb"),
    }
    assert {p.region: p.share for p in found.placements if p.component == "store/reports"} == {
        "toy:jb": Decimal("0.6"),
        "toy:sg": Decimal("0.4"),
    }


def test_without_the_gate_the_wallet_saves_exactly_its_share_of_the_consultation() -> None:
    gated, free = planned(wallet()), planned(wallet(without=(GATE,)))
    # without the gate the assessment of remote access by the operator is still bought: another rule asks for it
    assert [each.id for each in gated.mechanisms] == ["my-bnm-consulted", "my-tia-adequate"]
    assert [each.id for each in free.mechanisms] == ["my-tia-adequate"]
    (paid,) = (each for each in gated.one_offs if each.what.startswith("mechanism:my-bnm-consulted/tng-digital/"))
    assert paid.charged_usd == _one_month(paid)
    assert gated.total_usd - free.total_usd == paid.charged_usd
    assert gated.total_usd_month == free.total_usd_month


def _one_month(paid: OneOff) -> Decimal:
    return (paid.cash_usd / paid.months).quantize(Decimal("0.000001"))


def test_three_zones_keep_the_ledger_out_of_johor_and_two_do_not() -> None:
    assert reasons(wallet(), "payments/ledger", JOHOR) == {"spread"}
    assert reasons(wallet(values={ZONES: 3}), "payments/ledger", JOHOR) == {"spread"}
    assert reasons(wallet(values={ZONES: 2}), "payments/ledger", JOHOR) == set()


def test_asking_for_fewer_zones_never_costs_more() -> None:
    assert planned(wallet(values={ZONES: 2})).total_usd <= planned(wallet()).total_usd


def test_the_refusal_of_johor_is_in_the_evidence_of_the_plan() -> None:
    told = [each for each in planned(wallet()).evidence.exclusions if "payments/ledger" in each.of]
    assert [refusal.reason for each in told for refusal in each.regions[JOHOR]] == ["spread"]
