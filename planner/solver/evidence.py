"""Evidence: what a plan knows about places it did not take, rules it met, and figures it rests on."""

from __future__ import annotations

import numpy as np

from planner.model.alternatives import Fleet
from planner.model.catalogue import Region
from planner.model.exact import usd_of
from planner.model.exclusions import Exclusions
from planner.model.law import Citation, Rule
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
    alone = {duty.rule for duty in copies.duties} | _of_installs(runs.alternatives.fleet)
    for table in (runs, copies, runs.alternatives):
        alone |= _alone(table.exclusions)
        alone |= {gate.rule for gate in table.gates if (gate.cells & table.allowed).any()}
    exempted = {e.rule for e in draft.scenario.exemptions if e.in_force_between(*draft.scenario.days(draft.now.period))}
    return tuple(_rule_line(rule, bears, alone, exempted) for rule in draft.scenario.rules)


def _of_installs(fleet: Fleet) -> set[str]:
    """Rules that gate a purchase of chips, or strike out an arrival."""
    gates = {gate.rule for gate in fleet.gates if (gate.cells & fleet.buyable).any()}
    return gates | {rule for each in fleet.struck_out for rule in each.rules}


def _rule_line(rule: Rule, bears: frozenset[str], alone: set[str], exempted: set[str]) -> RuleLine:
    state: RuleState = "held" if rule.id in bears else "exempted" if rule.id in exempted else "not_applicable"
    if rule.id in alone:
        state = "binding"
    cite, text = best_citation(rule)
    effect = rule.then.effect
    records = effect.record if isinstance(effect, Require) and rule.id in bears else ()
    kinds = (rule.level.value, rule.status.value)
    return RuleLine(rule.id, state, rule.title, str(rule.where), text, cite.quality, cite.checked, *kinds, records)


def best_citation(rule: Rule) -> tuple[Citation, str]:
    """The citation of the best quality, and its words: instrument and clause."""
    cite = min(rule.cites, key=lambda c: (QUALITIES.index(c.quality), c.instrument, c.at or ""))
    return cite, ", ".join(filter(None, (cite.instrument, cite.at)))


def _alone(exclusions: Exclusions) -> set[str]:
    """Reasons that are the only one in some cell."""
    bits = exclusions.bits
    single = bits[np.bitwise_count(bits).sum(axis=2) == 1]
    return {reason.id for reason in exclusions.named(np.bitwise_or.reduce(single, axis=0))}
