"""Ways out: which mechanisms are held where, and which can be bought."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from planner.candidates.profiles import LawProfile
from planner.model.calendar import Period
from planner.model.exclusions import Mask
from planner.model.law import Verb
from planner.model.question import Hold
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope


def held(
    scenario: Scenario, profiles: Sequence[LawProfile], names: Collection[str], period: Period, verb: Verb
) -> Mask:
    """[P, R] cells for which one of the mechanisms holds through the period: held today, or technical and so."""
    out = np.zeros((len(profiles), len(scenario.regions)), dtype=bool)
    for hold in scenario.holds:
        bought = hold.mechanism in names and not scenario.vocabulary.mechanisms[hold.mechanism].technical
        if bought and (hold.until is None or hold.until >= period.last_day):
            out |= _reach(hold, scenario, profiles, verb)
    for name in names:
        mechanism = scenario.vocabulary.mechanisms[name]
        if mechanism.technical:
            out |= np.array([_technical(mechanism, p) for p in profiles], dtype=bool)[:, None]
    return out


def purchasable(scenario: Scenario, names: Collection[str]) -> tuple[str, ...]:
    """Those of the mechanisms that can be bought in this scenario."""
    mechanisms = scenario.vocabulary.mechanisms
    return tuple(n for n in sorted(names) if n not in scenario.refused and not mechanisms[n].technical)


def uses_workload_scope(mechanisms: Collection[Mechanism]) -> bool:
    """Whether any mechanism is bought for one workload: only then do profiles need to tell workloads apart."""
    return any(m.scope is Scope.WORKLOAD for m in mechanisms)


def _technical(mechanism: Mechanism, profile: LawProfile) -> bool:
    """Whether every pair of `holds_if` is so for every dataset of the thing; `keys` is the one fact there is."""
    if set(mechanism.holds_if) != {"keys"}:
        return False
    wanted = mechanism.holds_if.get("keys")
    ways = {wanted, "independent_custodian"} if wanted == "customer_held" else {wanted}
    return bool(profile.keys) and all(keys in ways for keys in profile.keys)


def _held_for(hold: Hold, scenario: Scenario) -> str:
    """What a hold is for; a bare dataset id that no workload has means the dataset."""
    name = hold.workload or ""
    bare = name in scenario.dataset and name not in {w.id for w in scenario.workloads}
    return f"dataset:{name}" if bare else name


def _reach(hold: Hold, scenario: Scenario, profiles: Sequence[LawProfile], verb: Verb) -> Mask:
    scope = scenario.vocabulary.mechanisms[hold.mechanism].scope
    rows = np.array([p.entity == hold.entity for p in profiles], dtype=bool)
    columns = np.ones(len(scenario.regions), dtype=bool)
    if scope is Scope.DESTINATION and verb is not Verb.ADMINISTER:
        columns = np.array([r.country == hold.destination for r in scenario.regions], dtype=bool)
    elif scope in (Scope.DESTINATION, Scope.OPERATOR, Scope.SHIPMENT):
        columns = np.array([r.provider == hold.operator for r in scenario.regions], dtype=bool)
    elif scope is Scope.WORKLOAD:
        rows &= np.array([p.key == _held_for(hold, scenario) for p in profiles], dtype=bool)
    return rows[:, None] & columns[None, :]
