"""Find: all candidates of a scenario, with costs and reasons."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from planner.candidates import own_halls
from planner.candidates.alternatives import find_alternatives, reasons_where_none_is_left
from planner.candidates.copies import find_copies
from planner.candidates.needs import Needs
from planner.candidates.paths import find_paths
from planner.candidates.profiles import LawProfile, component_profiles
from planner.candidates.verdicts import Bench, gates_of
from planner.candidates.ways_out import uses_workload_scope
from planner.model.calendar import Period
from planner.model.candidates import Candidates, PeriodCandidates, Runs
from planner.model.exclusions import ExclusionsDraft, Mask, Whole
from planner.model.growing import scenario_in
from planner.model.law import Verb
from planner.model.round_trips import RoundTrips
from planner.model.scenario import Scenario


def find_candidates(scenario: Scenario) -> Candidates:
    """Tables of runs, copies and paths for every period; a pure function of the scenario."""
    zone_region = np.array([n for n, r in enumerate(scenario.regions) for _ in r.zones], dtype=np.int64)
    return Candidates(
        components=tuple(c.id for c in scenario.components),
        regions=tuple(r.key for r in scenario.regions),
        zones=tuple(r.zone_key(z) for r in scenario.regions for z in r.zones),
        zone_region=zone_region,
        datasets=tuple(d.id for d in scenario.datasets),
        copies=tuple(f"{scenario.datasets[n].id}/{copy.role}" for n, copy in scenario.copies),
        flows=tuple(f.id for f in scenario.flows),
        periods=_periods(scenario),
    )


def _periods(scenario: Scenario) -> tuple[PeriodCandidates, ...]:
    """The tables of each period; chips that may be bought in one are there in the later ones."""
    out: list[PeriodCandidates] = []
    bought: Mask | None = None
    for number, period in enumerate(scenario.periods):
        then = scenario_in(scenario, number)
        paths = find_paths(then)
        runs = _runs(then, period, paths.point_rtt, bought)
        out.append(PeriodCandidates(period, runs, find_copies(then, period), paths))
        buyable = runs.alternatives.fleet.buyable
        bought = buyable if bought is None else buyable | bought
    return tuple(out)


def _distinct(things: Sequence[Hashable]) -> tuple[list[Hashable], Whole]:
    index: dict[Hashable, int] = {}
    of = np.array([index.setdefault(thing, len(index)) for thing in things], dtype=np.int64)
    return list(index), of


def _runs(scenario: Scenario, period: Period, point_rtt: dict[str, RoundTrips], bought: Mask | None) -> Runs:
    profiles = component_profiles(scenario, keyed=uses_workload_scope(scenario.vocabulary.mechanisms.values()))
    distinct, law_of = _distinct(profiles)
    needs = Needs(scenario, period, point_rtt)
    pairs, pair_of = _distinct(list(zip(law_of.tolist(), needs.of.tolist(), strict=True)))
    pair = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    alternatives = find_alternatives(needs, profiles, bought)
    draft = ExclusionsDraft(pair_of.tolist(), len(pairs), len(scenario.regions))
    bench = Bench(scenario, _law_profiles(distinct), period)
    on_chips = np.isin(np.arange(len(distinct)), law_of[alternatives.component])
    verdicts = [
        verdict.without(on_chips) if bench.looks_at_chip(verdict.rule) else verdict
        for verdict in (*bench.judge(Verb.PROCESS), *bench.judge(Verb.ADMINISTER))
    ]
    for verdict in verdicts:
        draft.add(verdict.reason, verdict.refused[pair[:, 0]])
    draft.add(own_halls.REASON, own_halls.closed_to([p.entity for p in _law_profiles(distinct)], scenario)[pair[:, 0]])
    first_of = [int(np.flatnonzero(pair_of == n)[0]) for n in range(len(pairs))]
    for reason, mask in reasons_where_none_is_left(alternatives, first_of):
        draft.add(reason, mask)
    needs.add_reasons(lambda reason, mask: draft.add(reason, mask[pair[:, 1]]))
    exclusions = draft.finish()
    allowed = ~exclusions.refused()
    return Runs(
        exclusions=exclusions,
        allowed=allowed,
        need_of=needs.of,
        most=needs.most,
        unit_cost=needs.unit_cost,
        quoted=needs.quoted[needs.of],
        electricity=needs.electricity,
        resources=needs.resources,
        gates=gates_of(verdicts, law_of),
        alternatives=alternatives,
        matched=frozenset(v.rule.id for v in verdicts if v.bears) | alternatives.matched | alternatives.fleet.matched,
    )


def _law_profiles(things: Sequence[Hashable]) -> list[LawProfile]:
    return [thing for thing in things if isinstance(thing, LawProfile)]
