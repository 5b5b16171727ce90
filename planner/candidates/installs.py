"""Installs: the chips that stand or lawfully arrive in each zone, and those an own hall may buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from planner.candidates.own_halls import operator_of, owner_of
from planner.candidates.profiles import LawProfile
from planner.candidates.verdicts import Bench, Verdict
from planner.model.accelerators import Arrival
from planner.model.alternatives import Fleet
from planner.model.calendar import Period
from planner.model.exclusions import Gate, Mask, Whole
from planner.model.law import Level, Verb
from planner.model.plan import StruckOut
from planner.model.scenario import Scenario
from planner.model.vocabulary import Scope
from planner.objectives import one_offs


def find_fleet(scenario: Scenario, period: Period, kinds: Sequence[str]) -> Fleet:
    """The chips of every kind in every zone on the first day of a period."""
    buyers = tuple(owner_of(region, scenario) or "" for region in scenario.regions)
    arrivals = _Arrivals(scenario, period)
    verdicts, kind_of, region_of = _purchases(scenario, period, kinds, buyers)
    sold = [r.prices.purchases if buyer else {} for r, buyer in zip(scenario.regions, buyers, strict=True)]
    cash = tuple(tuple(each[kind].value if kind in each else Decimal(0) for each in sold) for kind in kinds)
    on_sale = np.array([[kind in each for each in sold] for kind in kinds], dtype=bool).reshape(len(kinds), len(buyers))
    barred = _of_cells([(v, v.refused[kind_of, region_of]) for v in verdicts], on_sale)
    months = one_offs.months_charged(scenario.horizon.amortise, None)
    charge = [[one_offs.monthly_charge(usd, months) for usd in row] for row in cash]
    return Fleet(
        stated=_stated(scenario, kinds) | on_sale,
        units=_units(scenario, period, kinds, arrivals),
        buyable=on_sale & ~np.any([gate.cells for gate in barred], axis=0) if barred else on_sale,
        charge=np.array(charge, dtype=np.int64).reshape(on_sale.shape),
        cash=cash,
        buyer=buyers,
        gates=_of_cells([(v, v.gated[kind_of, region_of]) for v in verdicts], on_sale),
        barred=barred,
        struck_out=arrivals.struck_out,
        matched=arrivals.matched | frozenset(v.rule.id for v in verdicts if v.bears),
    )


def counted(arrival: Arrival, scenario: Scenario, period: Period) -> bool:
    """Whether an arrival is there on the first day of the period, if law lets it."""
    first, _ = scenario.days(period)
    return arrival.on <= first and (arrival.status != "announced" or scenario.announced)


def _stated(scenario: Scenario, kinds: Sequence[str]) -> Mask:
    said = [
        {s.accelerator for z in r.zones for s in z.stock} | {a.accelerator for z in r.zones for a in z.arrivals}
        for r in scenario.regions
    ]
    return np.array([[kind in words for words in said] for kind in kinds], dtype=bool).reshape(len(kinds), len(said))


def _units(scenario: Scenario, period: Period, kinds: Sequence[str], arrivals: _Arrivals) -> Whole:
    first, _ = scenario.days(period)
    rows = []
    for region in scenario.regions:
        for zone in region.zones:
            here = [(s.accelerator, s.units) for s in zone.stock if (s.installed_before or first) <= first]
            here += [(a.accelerator, a.units) for a in arrivals.lawful(region.zone_key(zone))]
            rows.append([sum(n for name, n in here if name == kind) for kind in kinds])
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(kinds))


class _Arrivals:
    """Every counted arrival, judged by the rules on its day; what its operator holds for it stands in the arrival."""

    def __init__(self, scenario: Scenario, period: Period) -> None:
        judging = replace(scenario, holds=())
        self.judged: dict[tuple[str, int], tuple[Arrival, tuple[str, ...]]] = {}
        bearing: set[str] = set()
        zones = [(n, r.zone_key(z), z) for n, r in enumerate(scenario.regions) for z in r.zones]
        for region, zone, number, arrival in ((n, key, i, a) for n, key, z in zones for i, a in enumerate(z.arrivals)):
            if counted(arrival, scenario, period):
                owner = operator_of(scenario.regions[region], scenario) or ""
                bench = Bench(judging, [chip_profile(scenario, owner, arrival.accelerator)], period, arrival.on)
                verdicts = [v for v in bench.judge(Verb.INSTALL) if v.bearing[0, region]]
                bearing |= {v.rule.id for v in verdicts}
                self.judged[zone, number] = arrival, _refusing(verdicts, region, arrival)
        self.matched = frozenset(bearing)

    def lawful(self, zone: str) -> list[Arrival]:
        """Those of a zone that count: they are there in time and nothing refuses them."""
        return [arrival for (key, _), (arrival, rules) in self.judged.items() if key == zone and not rules]

    @property
    def struck_out(self) -> tuple[StruckOut, ...]:
        """The refused ones, by zone, kind and day."""
        found = [
            StruckOut(zone, a.accelerator, a.units, a.on, rules)
            for (zone, _), (a, rules) in self.judged.items()
            if rules
        ]
        return tuple(sorted(found, key=lambda s: (s.zone, s.accelerator, s.on, s.units)))


def _refusing(verdicts: Sequence[Verdict], region: int, arrival: Arrival) -> tuple[str, ...]:
    """Must-rules that refuse it and that no mechanism of the operator lifts."""
    against = [v.rule for v in verdicts if (v.refused | v.gated)[0, region] and v.rule.level is Level.MUST]
    lifted = {rule.id for rule in against for u in rule.then.unless if set(u.holds) & set(arrival.holds)}
    return tuple(sorted({rule.id for rule in against} - lifted))


def chip_profile(scenario: Scenario, entity: str, kind: str) -> LawProfile:
    """What law sees of chips that are put in: who does it and which kind; no data."""
    return LawProfile(entity, None, None, frozenset(), (), "", kind, scenario.accelerators[kind].control)


def _purchases(
    scenario: Scenario, period: Period, kinds: Sequence[str], buyers: Sequence[str]
) -> tuple[list[Verdict], Whole, Whole]:
    """Verdicts on buying, and for each (kind, region) the profile and region to look at."""
    entities = sorted(set(buyers))
    profiles = [chip_profile(scenario, entity, kind) for kind in kinds for entity in entities]
    first, _ = scenario.days(period)
    found = Bench(scenario, profiles, period, first).judge(Verb.INSTALL) if any(buyers) and profiles else []
    hard = [_without_workloads(v, scenario) for v in found if v.rule.level is Level.MUST]
    of = np.array([entities.index(b) for b in buyers], dtype=np.int64)
    kind_of = (np.arange(len(kinds))[:, None] * len(entities) + of[None, :]).ravel()
    return hard, kind_of, np.tile(np.arange(len(buyers)), len(kinds))


def _without_workloads(verdict: Verdict, scenario: Scenario) -> Verdict:
    """The verdict without ways out that are bought for one workload: chips serve every component of a hall."""
    mechanisms = scenario.vocabulary.mechanisms
    left = tuple(m for m in verdict.alternatives if mechanisms[m].scope is not Scope.WORKLOAD)
    if left or not verdict.alternatives:
        return replace(verdict, alternatives=left)
    shut = verdict.refused | verdict.gated
    return replace(verdict, alternatives=(), refused=shut, gated=np.zeros_like(shut))


def _of_cells(said: Sequence[tuple[Verdict, Mask]], on_sale: Mask) -> tuple[Gate, ...]:
    """What verdicts say of purchases that are on sale, cells [H, R]; those that say nothing are left out."""
    found = [Gate(v.rule.id, v.alternatives, cells.reshape(on_sale.shape) & on_sale) for v, cells in said]
    return tuple(gate for gate in found if gate.cells.any())
