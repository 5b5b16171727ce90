"""Evidence: what a plan knows about places it did not take, rules it met, and figures it rests on."""

from __future__ import annotations

import numpy as np

from planner.model.alternatives import Alternatives
from planner.model.catalogue import Region
from planner.model.exact import usd_of
from planner.model.exclusions import Exclusions
from planner.model.law import Rule
from planner.model.plan import Evidence, NextBest, RuleLine, RuleState
from planner.model.refusals import refused_places
from planner.rules.require import Require
from planner.solver.blocks.presence import own_cost
from planner.solver.draft import Draft
from planner.solver.solution import Solution
from planner.solver.weak_figures import assumptions

QUALITIES = ("primary", "secondary", "memory")


def evidence(draft: Draft, solution: Solution) -> Evidence:
    """Refused places with reasons, the cheapest open place not taken, assumptions, stand-by regions."""
    return Evidence(
        exclusions=refused_places(draft.candidates),
        next_best=_next_best(draft, solution),
        assumptions=assumptions(draft, solution, _regions_used(draft, solution)),
        not_limited=_not_limited(draft, solution),
        stand_by=_stand_by(draft, solution),
        struck_out=draft.now.runs.alternatives.fleet.struck_out,
    )


def _next_best(draft: Draft, solution: Solution) -> tuple[NextBest, ...]:
    """By own cost alone (compute or quote, and users' traffic); says nothing about what else would move."""
    own, allowed = own_cost(draft), draft.now.runs.allowed
    out = []
    for k, component in enumerate(draft.scenario.components):
        chosen = solution.regions[k]
        others = [r for r in np.flatnonzero(allowed[k]).tolist() if r not in chosen]
        if component.divisible or not others or not chosen:
            continue
        best = min(others, key=lambda r: (int(own[k, r]), draft.candidates.regions[r]))
        dearest = max(int(own[k, r]) for r in chosen)
        out.append(NextBest(component.id, draft.candidates.regions[best], usd_of(int(own[k, best])), usd_of(dearest)))
    return tuple(out)


def _regions_used(draft: Draft, solution: Solution) -> list[Region]:
    used = {r for rs in solution.regions.values() for r in rs} | set(solution.copies.values())
    return [draft.scenario.regions[r] for r in sorted(used)]


def _not_limited(draft: Draft, solution: Solution) -> tuple[str, ...]:
    """Regions in use with zones of no stated capacity, and kinds of chip in use whose number is not stated."""
    zones = [r.key for r in _regions_used(draft, solution) if any(not z.capacity for z in r.zones)]
    found = draft.now.runs.alternatives
    running = {
        (r, int(found.kind[a])) for (_, r), a in solution.kinds.items() if not found.fleet.stated[found.kind[a], r]
    }
    chips = [f"{found.kinds[h]} in {draft.candidates.regions[r]}" for r, h in sorted(running)]
    return (*zones, *chips)


def _stand_by(draft: Draft, solution: Solution) -> tuple[str, ...]:
    """Regions a component lives in without serving any load."""
    return tuple(
        f"{component.id}@{draft.candidates.regions[r]}"
        for k, component in enumerate(draft.scenario.components)
        for r in solution.regions[k]
        if not solution.shares[k].get(r)
    )


def rule_lines(draft: Draft) -> tuple[RuleLine, ...]:
    """Each rule with what it did: `binding` where it alone keeps a cell shut or asks for a purchase."""
    runs, copies = draft.now.runs, draft.now.copies
    bears = runs.matched | copies.matched
    alone = _alone(runs.exclusions) | _alone(copies.exclusions)
    for gates, allowed in ((runs.gates, runs.allowed), (copies.gates, copies.allowed)):
        alone |= {gate.rule for gate in gates if (gate.cells & allowed).any()}
    alone |= {duty.rule for duty in copies.duties} | _on_chips(runs.alternatives)
    exempted = {e.rule for e in draft.scenario.exemptions if e.in_force_between(*draft.scenario.days(draft.now.period))}
    return tuple(_rule_line(rule, bears, alone, exempted) for rule in draft.scenario.rules)


def _on_chips(found: Alternatives) -> set[str]:
    """Rules that alone refuse an alternative, gate an open one or a purchase, or strike out an arrival."""
    gates = [g for g in found.gates if (g.cells & found.allowed).any()]
    struck = {rule for each in found.fleet.struck_out for rule in each.rules}
    return _alone(found.exclusions) | {g.rule for g in (*gates, *found.fleet.gates)} | struck


def _rule_line(rule: Rule, bears: frozenset[str], alone: set[str], exempted: set[str]) -> RuleLine:
    state: RuleState = "held" if rule.id in bears else "exempted" if rule.id in exempted else "not_applicable"
    if rule.id in alone:
        state = "binding"
    cite = min(rule.cites, key=lambda c: (QUALITIES.index(c.quality), c.instrument, c.at or ""))
    text = ", ".join(filter(None, (cite.instrument, cite.at)))
    effect = rule.then.effect
    records = effect.record if isinstance(effect, Require) and rule.id in bears else ()
    kinds = (rule.level.value, rule.status.value)
    return RuleLine(rule.id, state, rule.title, str(rule.where), text, cite.quality, cite.checked, *kinds, records)


def _alone(exclusions: Exclusions) -> set[str]:
    """Reasons that are the only one in some cell."""
    bits = exclusions.bits
    counts = np.bitwise_count(bits).sum(axis=2)
    single = bits[counts == 1]
    merged = np.bitwise_or.reduce(single, axis=0) if len(single) else np.zeros(bits.shape[2], dtype=np.uint64)
    reasons = exclusions.reasons
    return {r.id for i, r in enumerate(reasons) if int(merged[i // 64]) >> (i % 64) & 1}
