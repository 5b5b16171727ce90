"""Extraction: a solution as a plan people can read, every figure exact."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from planner.model.exact import usd_of
from planner.model.latency import Estimate
from planner.model.outcome import Outcome
from planner.model.plan import Bought, Certificate, Copy, CostLine, Placement, Plan, Route, Served
from planner.model.units import MICRO
from planner.solver.draft import Draft
from planner.solver.evidence import evidence, rule_lines
from planner.solver.pricing import cost_lines, home_micro, one_off_lines, purchases
from planner.solver.solution import Solution, read_solution, units_in

VERIFIER = "planner.verification"


def extract(draft: Draft, outcome: Outcome) -> Plan:
    """The plan of an outcome that has values; nothing in it is taken from the solver's floats as they are."""
    assert outcome.values is not None
    return describe(draft, read_solution(draft, outcome.values), outcome)


def describe(draft: Draft, solution: Solution, outcome: Outcome) -> Plan:
    """The plan that a solution of one period is."""
    lines, once = cost_lines(draft, solution), one_off_lines(draft, solution)
    monthly = sum((line.usd_month for line in lines), Decimal(0))
    total = monthly + sum((o.charged_usd for o in once), Decimal(0))
    bound = min(usd_of(Fraction(outcome.bound)), total) if outcome.bound > -1e300 else Decimal("-Infinity")
    bought = purchases(draft, solution)
    shown = Plan(
        status=outcome.state.value,
        total_usd_month=monthly,
        total_usd=total,
        bound=bound,
        gap=gap_of(total, bound),
        cost_lines=lines,
        placements=_placements(draft, solution, lines),
        copies=_copies(draft, solution),
        flows=_routes(draft, solution),
        served=_served(draft, solution),
        mechanisms=bought,
        one_offs=once,
        rules=rule_lines(draft),
        evidence=evidence(draft, solution),
        certificate=Certificate("solver-proved", outcome.solver, VERIFIER),
        bought=_bought(draft, solution),
        lawful_from=max([draft.scenario.as_of, *(p.lawful_from for p in bought)]),
    )
    return replace(shown, evidence=replace(shown.evidence, tie_break=outcome.tie_break))


def gap_of(total: Decimal, bound: Decimal) -> Decimal:
    """(cost − bound) / cost as a fraction with 12 decimals; 0 where both are 0."""
    if total == bound:
        return Decimal(0)
    if not bound.is_finite() or not total:
        return Decimal(1)
    return ((total - bound) / abs(total)).quantize(Decimal("1e-12"))


def _placements(draft: Draft, solution: Solution, lines: tuple[CostLine, ...]) -> tuple[Placement, ...]:
    rows: list[Placement] = []
    for k, component in enumerate(draft.scenario.components):
        own = _component_rows(draft, solution, k)
        total = sum((line.usd_month for line in lines if line.of == component.id), Decimal(0))
        rows += _summing_to(own, total)
    return tuple(rows)


def _component_rows(draft: Draft, solution: Solution, k: int) -> list[Placement]:
    component, rows = draft.scenario.components[k], []
    zone_region = draft.candidates.zone_region
    parts: list[tuple[int, int, Fraction, Fraction]] = []
    for (owner, z), units in solution.units.items():
        if owner == k:
            r = int(zone_region[z])
            weight = Fraction(units, units_in(draft, solution, k, r))
            whole = sum(home_micro(draft, solution, k, r))
            parts.append((z, units, solution.shares[k].get(r, Fraction(0)) * weight, whole * weight))
    for (owner, z), share in solution.zone_shares.items():
        if owner == k:
            parts.append((z, 0, share, sum(home_micro(draft, solution, k, int(zone_region[z]))) * share))
    for z, units, share, micro in sorted(parts):
        region = draft.scenario.regions[int(zone_region[z])]
        kind, group = _kind(draft, solution, k, int(zone_region[z]))
        where = region.provider, region.key, draft.candidates.zones[z], kind
        row = Placement(component.id, str(draft.now.period), *where, units, share, usd_of(micro), chips=units * group)
        rows.append(_timed(row, _slowest(draft, solution, k, int(zone_region[z]))))
    return rows


def _kind(draft: Draft, solution: Solution, component: int, region: int) -> tuple[str | None, int]:
    """The accelerator a component runs on in a region, and the chips in a group of it."""
    found, a = draft.now.runs.alternatives, solution.kinds.get((component, region))
    return (None, 0) if a is None else (found.kinds[int(found.kind[a])], int(found.group[a]))


def _bought(draft: Draft, solution: Solution) -> tuple[Bought, ...]:
    found, zone_region = draft.now.runs.alternatives, draft.candidates.zone_region
    out = []
    for (h, z), units in sorted(solution.bought.items(), key=lambda item: (item[0][1], item[0][0])):
        r = int(zone_region[z])
        place = (draft.candidates.regions[r], draft.candidates.zones[z], found.kinds[h], units)
        out.append(Bought(found.fleet.buyer[r], *place, str(draft.now.period), found.fleet.cash[h][r] * units))
    return tuple(out)


def _summing_to(rows: list[Placement], total: Decimal) -> list[Placement]:
    """Rounded rows whose sum is the component's cost line; the remainder goes to the first dearest row."""
    rest = total - sum((row.usd_month for row in rows), Decimal(0))
    if not rest or not rows:
        return rows
    dearest = max(range(len(rows)), key=lambda n: (rows[n].usd_month, -n))
    return [replace(row, usd_month=row.usd_month + rest) if n == dearest else row for n, row in enumerate(rows)]


def _slowest(draft: Draft, solution: Solution, k: int, region: int) -> Estimate | None:
    """The slowest place that a component serves from a region; of equals the one with the higher band."""
    served = [
        draft.now.paths.point_rtt[s.group].at(point, region)
        for s in draft.servings
        if s.component == k
        for point, shares in solution.served[s.number].items()
        if shares.get(region)
    ]
    return max(served, key=lambda e: (e.rtt_ms, e.high_ms, e.low_ms), default=None)


def _timed(row: Placement, found: Estimate | None) -> Placement:
    if found is None:
        return row
    low, high, origin = found.low_ms, found.high_ms, found.provenance
    return replace(row, rtt_ms=found.rtt_ms, rtt_low_ms=low, rtt_high_ms=high, rtt_provenance=origin)


def _copies(draft: Draft, solution: Solution) -> tuple[Copy, ...]:
    copies, regions = draft.now.copies, draft.scenario.regions
    return tuple(
        Copy(
            draft.candidates.datasets[int(copies.dataset[c])],
            copies.role[c],
            str(draft.now.period),
            regions[r].provider,
            regions[r].key,
        )
        for c, r in sorted(solution.copies.items())
    )


def _routes(draft: Draft, solution: Solution) -> tuple[Route, ...]:
    out, period, keys = [], str(draft.now.period), draft.candidates.regions
    for number, routes in sorted(solution.routes.items()):
        flow, cost = draft.scenario.flows[number], draft.now.paths.cost[number]
        for (src, dst), share in sorted(routes.items()):
            usd = usd_of(int(cost[src, dst]) * share)
            out.append(Route(flow.from_, flow.to, period, keys[src], keys[dst], share, _gb(flow.volume, share), usd))
    for c, cost in sorted(draft.now.paths.copy_cost.items()):
        src, dst = solution.copies[int(draft.now.copies.primary[c])], solution.copies[c]
        dataset = draft.scenario.datasets[int(draft.now.copies.dataset[c])]
        ends = f"dataset:{dataset.id}/primary", f"dataset:{draft.candidates.copies[c]}"
        one = Fraction(1)
        out.append(Route(*ends, period, keys[src], keys[dst], one, dataset.change, usd_of(int(cost[src, dst]))))
    return tuple(out)


def _gb(volume: Decimal, share: Fraction) -> Decimal:
    return usd_of(Fraction(volume) * share * MICRO).normalize() + Decimal(0)


def _served(draft: Draft, solution: Solution) -> tuple[Served, ...]:
    out = []
    for serving in draft.servings:
        points = draft.scenario.user_group[serving.group].points
        trips = draft.now.paths.point_rtt[serving.group]
        name = draft.scenario.components[serving.component].id
        for p, shares in sorted(solution.served[serving.number].items()):
            for r, share in sorted(shares.items()):
                whom = serving.group, points[p].place, name, str(draft.now.period), draft.candidates.regions[r]
                found = trips.at(p, r)
                band = found.low_ms, found.high_ms, found.provenance
                out.append(Served(*whom, share, found.rtt_ms, *band))
    return tuple(out)
