"""Why: for one component, every region with what refuses it, or what it would cost to be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.answers.several import only_one_period
from planner.answers.side_by_side import homes
from planner.errors import Fault, InputFaults, NoLawfulPlan, Where
from planner.model.answer import Reasons
from planner.model.candidates import Candidates
from planner.model.plan import Refusal
from planner.model.refusals import refusals_of
from planner.model.scenario import Scenario
from planner.planning import Planned
from planner.reading.faults import nearest
from planner.reading.regions import known_region
from planner.solver.forcing import search_forced


def find_component(name: str, scenario: Scenario) -> str:
    """The full id of a component named in full or by its last part; raises InputFaults with a suggestion."""
    known = [c.id for c in scenario.components]
    ending = [full for full in known if full == name or full.split("/", 1)[1] == name]
    if len(ending) == 1:
        return ending[0]
    raise InputFaults([Fault(Where("component"), "N001", f"component {name!r} is not known", nearest(name, known))])


def find_region(name: str, scenario: Scenario) -> str:
    """The key of a region named by its key, or of the region of a zone; raises InputFaults with a suggestion."""
    zones = {r.zone_key(z): r.key for r in scenario.regions for z in r.zones}
    if name in scenario.region or name in zones:
        return zones.get(name, name)
    raise InputFaults(
        [Fault(Where("--not"), "N001", f"region {name!r} is not known", known_region(name, scenario.region))]
    )


def reasons_for(component: str, region: str, candidates: Candidates) -> Reasons:
    """What refuses a component in a region, without solving."""
    k, r = candidates.components.index(component), candidates.regions.index(region)
    runs = candidates.periods[0].runs
    refusals = refusals_of(runs.exclusions.at(k, r))
    gated = tuple(dict.fromkeys((gate.rule, gate.alternatives) for gate in runs.gates if gate.cells[k, r]))
    chips = runs.alternatives
    own = [(a, chips.kinds[int(chips.kind[a])]) for a in range(len(chips.component)) if chips.component[a] == k]
    if refusals:
        return Reasons(component, region, refusals, gated, kinds=tuple(_unbought(own, r, candidates)))
    kinds = tuple((h, refusal) for a, h in own for refusal in refusals_of(chips.exclusions.at(a, r)))
    kinds += tuple(_unbought(own, r, candidates))
    open_to = [(a, h) for a, h in own if chips.allowed[a, r]]
    on_chips = tuple((f"{g.rule} on {h}", g.alternatives) for g in chips.gates for a, h in open_to if g.cells[a, r])
    return Reasons(component, region, (), tuple(dict.fromkeys((*gated, *on_chips))), kinds=kinds)


def _unbought(own: Sequence[tuple[int, str]], region: int, candidates: Candidates) -> Iterator[tuple[str, Refusal]]:
    """Kinds that the operator of a hall would have to buy there, each with a rule that forbids it."""
    chips = candidates.periods[0].runs.alternatives
    for gate in chips.fleet.barred:
        for a, kind in own:
            if gate.cells[chips.kind[a], region]:
                yield kind, Refusal(gate.rule, "no more may be bought for the hall")


def why_everywhere(component: str, planned: Planned) -> list[Reasons]:
    """The component's reasons in every region, chosen ones first."""
    candidates = planned.candidates
    here = {p.region for p in planned.plan.placements if p.component == component}
    found = [reasons_for(component, key, candidates) for key in candidates.regions]
    marked = [replace(f, chosen=f.region in here) for f in found]
    return sorted(marked, key=lambda f: (not f.chosen, bool(f.refusals), f.region))


def why_not(component: str, region: str, planned: Planned) -> Reasons:
    """Every reason against a region, or the regret of forcing the component into it (a second, exact solve)."""
    scenario, candidates = planned.scenario, planned.candidates
    only_one_period(scenario, "what another region costs")
    found = reasons_for(component, region, candidates)
    here = {p.region for p in planned.plan.placements if p.component == component}
    if found.refusals or region in here:
        return replace(found, chosen=region in here)
    try:
        forced = search_forced(scenario, candidates, component, region, planned.plan)
    except NoLawfulPlan:
        return found
    regret = forced.total_usd - planned.plan.total_usd
    before, after = homes(planned.plan), homes(forced)
    moves = tuple(name for name in after if after[name] != before.get(name) and name != component)
    return replace(found, regret_usd=regret, moves=moves)
