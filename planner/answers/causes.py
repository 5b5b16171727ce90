"""Causes in their author's words: what was written, where, and which clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from planner.errors import Where
from planner.model.candidates import Candidates
from planner.model.catalogue import Region
from planner.model.conflict import Cause, CauseKey
from planner.model.plan import StruckOut
from planner.model.question import CopySpec, Dataset, Flow
from planner.model.scenario import Scenario
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread
from planner.solver.draft import NONE
from planner.solver.evidence import best_citation
from planner.solver.suspects import Suspects

Said = tuple[str, Where, str]
"""Words, where they stand, and the clause."""


def described(key: CauseKey, scenario: Scenario, suspects: Suspects) -> Cause:
    """A cause with its words, its place in the files and its clause."""
    say = _SAY[key[0]] if key[0] != "fact" else _fact
    text, where, source = say(key, scenario, suspects)
    return Cause(*key, text, placed(where), source)


def placed(where: Where) -> str:
    """`file:line`; a setting of the command line has no line."""
    return where.file if where.file.startswith("--") else where.line_text


def _rule(key: CauseKey, scenario: Scenario, _: Suspects) -> Said:
    rule = next(rule for rule in scenario.rules if rule.id == key[1])
    return rule.title, rule.where, best_citation(rule)[1]


def _requirement(key: CauseKey, scenario: Scenario, _: Suspects) -> Said:
    _kind, name, of = key
    if of in scenario.component:
        component = scenario.component[of]
        if name == "regions":
            return f"lives in at least {component.regions.min} regions", component.where, ""
        return _words(name, component.requires.get(name)), component.where, ""
    if ">" in of:
        flow = flow_named(of, scenario)
        return f"the flow takes at most {plain(flow.max_rtt or Decimal(0))} ms", flow.where, ""
    dataset, copy = copy_named(of, scenario)
    return f"stands at least {plain(copy.apart)} km from the primary", dataset.where, ""


def _words(name: str, requirement: object) -> str:
    if isinstance(requirement, MaxRtt):
        return f"every place of {requirement.to} is within {plain(requirement.rtt)} ms"
    if isinstance(requirement, Within):
        return f"{plain(requirement.users * 100)} % of its users are within {plain(requirement.rtt)} ms"
    if isinstance(requirement, Spread):
        return f"stands in {requirement.zones} zones of each region"
    return f"needs {name}"


def _limit(key: CauseKey, scenario: Scenario, _: Suspects) -> Said:
    limit = scenario.limits.regions
    parts = {"at least": limit.at_least, "at most": limit.at_most, "exactly": limit.exactly}
    said = ", ".join(f"{words} {count}" for words, count in parts.items() if count is not None)
    return f"regions in use: {said}" if key[1] == "limits.regions" else key[1], scenario.limits_where, ""


def _capacity(key: CauseKey, scenario: Scenario, _: Suspects) -> Said:
    resource, zone = key[1].split(" in ", 1)
    region, capacity = zone_named(zone, resource, scenario)
    return f"{plain(capacity)} {resource} in {zone}", region.where, ""


def _stock(key: CauseKey, scenario: Scenario, suspects: Suspects) -> Said:
    """How many stand there; arrivals that a rule refuses are not among them, and which rule is said."""
    chip, zone = key[1].split(" in ", 1)
    units, struck = standing(chip, zone, suspects.draft.candidates)
    refused = "".join(f"; {s.units} of {s.on} refused by {', '.join(s.rules)}" for s in struck)
    return f"{units} {chip} in {zone}{refused}", region_of(zone, scenario).where, ""


def standing(chip: str, zone: str, opened: Candidates) -> tuple[int, list[StruckOut]]:
    """Accelerators that stand or lawfully arrive in a zone, and the arrivals that rules hold back."""
    found = opened.periods[0].runs.alternatives
    held = [s for s in found.fleet.held_back if (s.zone, s.accelerator) == (zone, chip)]
    units = int(found.fleet.units[opened.zones.index(zone), found.kinds.index(chip)])
    return units - sum(s.units for s in held), held


def _mechanism(key: CauseKey, scenario: Scenario, _: Suspects) -> Said:
    return "the scenario says it will be refused", scenario.vocabulary.mechanisms[key[1]].where, ""


def _fact(key: CauseKey, scenario: Scenario, suspects: Suspects) -> Said:
    """A fact names the regions where it matters."""
    shut = sorted({r for r in suspects.claims[key].column_regions if r != NONE})
    regions = [scenario.regions[r] for r in shut]
    there = f" in {', '.join(region.key for region in regions)}" if regions else ""
    words = {
        "status": "not open",
        "quote": "no quote for it",
        "own hall": "another entity's own hall",
        "accelerator": "none of its accelerators is on offer",
        "release": "an accelerator that cannot be had yet",
        "chips_from": "the hall takes chips of other makers only",
    }
    first = regions[0].where if regions else Where("")
    if key[1] == "quote":
        return words["quote"] + there, scenario.component[key[2]].where, ""
    return words.get(key[1], f"no {key[1].removeprefix('unknown: ')} is known") + there, first, ""


_SAY: Mapping[str, Callable[[CauseKey, Scenario, Suspects], Said]] = {
    "rule": _rule,
    "requirement": _requirement,
    "limit": _limit,
    "capacity": _capacity,
    "stock": _stock,
    "mechanism": _mechanism,
}


def plain(value: Decimal) -> str:
    """A figure without needless zeros: 40, 46.3."""
    return f"{value.normalize():f}"


def flow_named(name: str, scenario: Scenario) -> Flow:
    """The flow of an id."""
    return next(flow for flow in scenario.flows if flow.id == name)


def copy_named(name: str, scenario: Scenario) -> tuple[Dataset, CopySpec]:
    """The copy of `dataset:ID/ROLE`."""
    dataset_id, role = name.removeprefix("dataset:").rsplit("/", 1)
    dataset = scenario.dataset[dataset_id]
    return dataset, next(copy for copy in dataset.copies if copy.role == role)


def region_of(zone: str, scenario: Scenario) -> Region:
    """The region of a zone key."""
    return next(region for region in scenario.regions if zone in map(region.zone_key, region.zones))


def zone_named(zone: str, resource: str, scenario: Scenario) -> tuple[Region, Decimal]:
    """The region of a zone key, and what the zone has of a resource."""
    for region in scenario.regions:
        for each in region.zones:
            if region.zone_key(each) == zone and resource in each.capacity:
                return region, each.capacity[resource]
    raise LookupError(zone)
