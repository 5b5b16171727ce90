"""Repair steps: how far a cause can give way, in steps from the smallest change to the largest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

from planner.answers.causes import copy_named, flow_named, placed, plain
from planner.answers.room_steps import capacity_steps, stock_steps
from planner.answers.steps import Step, Steps
from planner.model.candidates import Candidates
from planner.model.conflict import CauseKey, Change, ChangeKind
from planner.model.exclusions import Whole
from planner.model.question import Component, Dataset, Flow, RegionCount, RegionsLimit, Workload
from planner.model.scenario import Scenario
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread

TENTH = Decimal("0.1")


def steps_of(cause: CauseKey, scenario: Scenario, candidates: Candidates) -> Steps:
    """Every size of change that can matter; none for what cannot give way (facts, services, rules by themselves)."""
    kind, name, of = cause
    if kind == "mechanism":
        return Steps([name], lambda m: _granted(m, scenario))
    if kind == "limit" and name == "limits.regions":
        return Steps(_limits(scenario), lambda each: _limited(each, placed(scenario.limits_where)), ordered=False)
    if kind == "capacity":
        return capacity_steps(name, scenario, candidates)
    if kind == "stock":
        return stock_steps(name, scenario, candidates)
    if kind != "requirement":
        return Steps()
    if of in scenario.component:
        return _of_component(name, scenario.component[of], scenario, candidates)
    return (_slower_flow if ">" in of else _nearer)(of, scenario, candidates)


# Mechanisms and limits


def _granted(name: str, scenario: Scenario) -> Step:
    mechanism = scenario.vocabulary.mechanisms[name]
    others = ", ".join(f"{each}: refused" for each in sorted(scenario.refused - {name}))
    text = f"buy {name}: USD {mechanism.cost_usd:,.0f}, {mechanism.lead_days} days (the scenario says it is refused)"
    setting = f"mechanisms={{{others}}}"
    change = Change("buy", name, "refused", "bought", text, placed(mechanism.where), setting)
    return Step(change, lambda s: replace(s, refused=s.refused - {name}))


def _limits(scenario: Scenario) -> list[tuple[RegionsLimit, str, int, int]]:
    """Limits after each change of one of their numbers, with its name, old and new value."""
    limit, most = scenario.limits.regions, len(scenario.regions)
    changed: list[tuple[RegionsLimit, str, int, int]] = []
    for name, way in (("at_most", 1), ("exactly", 1), ("exactly", -1), ("at_least", -1)):
        old = getattr(limit, name)
        for by in range(1, most + 1) if old is not None else ():
            if 0 <= old + way * by <= max(most, old):
                changed.append((replace(limit, **{name: old + way * by}), name, old, old + way * by))
    return sorted(changed, key=lambda c: (abs(c[3] - c[2]), c[1], c[3]))


def _limited(sized: tuple[RegionsLimit, str, int, int], where: str) -> Step:
    limit, name, old, new = sized
    parts = {key: getattr(limit, key) for key in ("at_least", "at_most", "exactly")}
    written = ", ".join(f"{key}: {value}" for key, value in parts.items() if value is not None)
    way: ChangeKind = "raise" if new > old else "lower"
    by = f"{new - old:+d}"
    text = f"{way} limits.regions {name.replace('_', ' ')} {old} → {new} ({by})"
    change = Change(way, "limits.regions", str(old), str(new), text, where, f"limits.regions={{{written}}}")
    return Step(change, lambda s: replace(s, limits=replace(s.limits, regions=limit)))


# Requirements of components


def _of_component(name: str, component: Component, scenario: Scenario, candidates: Candidates) -> Steps:
    requirement = component.requires.get(name)
    if name == "regions":
        return Steps(_spans(component, scenario), lambda span: _fewer_regions(component, span))
    if isinstance(requirement, Spread):
        spread = requirement
        zones = range(spread.zones - 1, 0, -1)
        return Steps(zones, lambda z: _required(component, replace(spread, zones=z), "zones", spread.zones, z))
    point_rtt = candidates.periods[0].paths.point_rtt
    if isinstance(requirement, MaxRtt):
        return _slower(component, requirement, [point_rtt[requirement.to].edge(requirement.at)])
    if isinstance(requirement, Within):
        return _slower(component, requirement, [trips.edge(requirement.at) for trips in point_rtt.values()])
    return Steps()


def _slower(component: Component, requirement: MaxRtt | Within, tables: list[Whole]) -> Steps:
    old = requirement.rtt
    return Steps(
        _ceilings(old, tables), lambda rtt: _required(component, replace(requirement, rtt=rtt), "rtt", old, rtt)
    )


def _ceilings(old: Decimal, tables: Iterable[Whole]) -> list[Decimal]:
    """Tenths of a millisecond that let in one more place each; tables are whole microseconds."""
    found = {int(us) for table in tables for us in np.unique(table).tolist()}
    rounded = {(Decimal(us) / 1000).quantize(TENTH, ROUND_CEILING) for us in found if Decimal(us) / 1000 > old}
    return sorted(rounded)


def _required(component: Component, new: object, key: str, old: Decimal | int, value: Decimal | int) -> Step:
    kind = str(getattr(new, "kind", ""))
    unit = " ms" if key == "rtt" else ""
    way: ChangeKind = "raise" if value > old else "lower"
    before, after = (plain(Decimal(each)) for each in (old, value))
    label = kind if key == "rtt" else f"{kind}.{key}"
    text = f"{way} {label} of {component.id} {before} → {after}{unit}"
    setting = f"{_path(component)}.requires.{kind}.{key}={after}{unit}"
    change = Change(way, f"{component.id} {label}", before, after, text, placed(component.where), setting)
    return Step(change, lambda s: _with_component(s, component.id, requires={**component.requires, kind: new}))


def _spans(component: Component, scenario: Scenario) -> list[RegionCount]:
    """Fewer regions; where nothing steers the load, their number stays one number."""
    span = component.regions
    if span.min == span.max and not _steered(component, scenario):
        return [RegionCount(n, n) for n in range(span.min - 1, 0, -1)]
    return [replace(span, min=n) for n in range(span.min - 1, 0, -1)]


def _steered(component: Component, scenario: Scenario) -> bool:
    into = [f for f in scenario.flows if f.to == component.id and "/" in f.from_ and f.volume > 0]
    users = [f for f in scenario.flows if component.id in (f.from_, f.to) and "users:" in f.id]
    return bool(into or users)


def _fewer_regions(component: Component, span: RegionCount) -> Step:
    old, new = str(component.regions.min), str(span.min)
    text = f"lower regions of {component.id} {old} → {new}"
    setting = f"{_path(component)}.regions={{min: {span.min}, max: {span.max}}}"
    change = Change("lower", f"{component.id} regions", old, new, text, placed(component.where), setting)
    return Step(change, lambda s: _with_component(s, component.id, regions=span))


def _path(component: Component) -> str:
    return f"workloads.{component.workload}.components.{component.id.split('/', 1)[1]}"


def _with_component(scenario: Scenario, name: str, **changes: object) -> Scenario:
    def changed(workload: Workload) -> Workload:
        parts = tuple(replace(c, **changes) if c.id == name else c for c in workload.components)  # type: ignore[arg-type]
        return replace(workload, components=parts)

    return replace(scenario, workloads=tuple(changed(workload) for workload in scenario.workloads))


# Flows and copies


def _slower_flow(name: str, scenario: Scenario, candidates: Candidates) -> Steps:
    flow, paths = flow_named(name, scenario), candidates.periods[0].paths
    group = next((end[6:] for end in (flow.from_, flow.to) if end.startswith("users:")), None)
    table = (paths.region_rtt if group is None else paths.point_rtt[group]).median
    old = flow.max_rtt or Decimal(0)
    return Steps(_ceilings(old, [table]), lambda rtt: _flow_step(flow, old, rtt, scenario))


def _flow_step(flow: Flow, old: Decimal, new: Decimal, scenario: Scenario) -> Step:
    workload = next(w for w in scenario.workloads if w.id == flow.workload)
    alike = sorted({each.where for each in workload.flows})
    index = alike.index(flow.where)
    text = f"raise max_rtt of {flow.id} {plain(old)} → {plain(new)} ms"
    setting = f"workloads.{workload.id}.flows.{index}.max_rtt={plain(new)} ms"
    change = Change("raise", f"{flow.id} max_rtt", plain(old), plain(new), text, placed(flow.where), setting)

    def edit(s: Scenario) -> Scenario:
        def changed(w: Workload) -> Workload:
            if w.id != workload.id:
                return w
            flows = tuple(replace(f, max_rtt=new) if f.where == flow.where and _same(f, flow) else f for f in w.flows)
            return replace(w, flows=flows)

        return replace(s, workloads=tuple(changed(w) for w in s.workloads))

    return Step(change, edit)


def _same(one: Flow, other: Flow) -> bool:
    """Whether two flows are one line of the file: a partitioned dataset makes several of it."""
    return [end.split("@")[0] for end in (one.from_, one.to)] == [end.split("@")[0] for end in (other.from_, other.to)]


def _nearer(name: str, scenario: Scenario, candidates: Candidates) -> Steps:
    dataset, copy = copy_named(name, scenario)
    found = {
        Decimal(km).quantize(TENTH, ROUND_FLOOR) for km in np.unique(candidates.periods[0].copies.distance).tolist()
    }
    fitting = sorted((km for km in {*found, Decimal(0)} if km < copy.apart), reverse=True)
    return Steps(fitting, lambda km: _copy_step(dataset, copy.role, copy.apart, km))


def _copy_step(dataset: Dataset, role: str, old: Decimal, new: Decimal) -> Step:
    base = dataset.id.split("@")[0]
    index = next(n for n, copy in enumerate(dataset.copies) if copy.role == role)
    text = f"lower apart of dataset:{base}/{role} {plain(old)} → {plain(new)} km"
    setting = f"datasets.{base}.copies.{index}.apart={plain(new)} km"
    what = f"dataset:{base}/{role} apart"
    change = Change("lower", what, plain(old), plain(new), text, placed(dataset.where), setting)

    def edit(s: Scenario) -> Scenario:
        def changed(d: Dataset) -> Dataset:
            if d.id.split("@")[0] != base:
                return d
            return replace(d, copies=tuple(replace(c, apart=new) if c.role == role else c for c in d.copies))

        return replace(s, datasets=tuple(changed(d) for d in s.datasets))

    return Step(change, edit)
