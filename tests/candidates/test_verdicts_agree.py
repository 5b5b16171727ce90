"""Rules judged by whole tables and one case at a time: the same answers, and the same mechanisms to buy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.candidates.profiles import LawProfile, component_profiles, copy_profiles
from planner.candidates.verdicts import Bench
from planner.model.catalogue import Region
from planner.model.law import Rule, Unless, Verb
from planner.model.question import Entity, Hold
from planner.model.scenario import Scenario
from planner.model.vocabulary import Scope
from planner.planning import plan
from planner.rules.forbid import Forbid
from planner.verification.judging import Facts, judge
from tests.candidates.random_law import random_law_world
from tests.oracles.instances import families
from tests.oracles.small_world import component, dataset, mechanism, region, rule, scenario
from tests.solver.worlds import random_world


@dataclass(frozen=True)
class Decision:
    """What one rule says of one thing in one region, by either judge: allow, deny, or deny unless bought."""

    rule: str
    profile: LawProfile
    verb: str
    region: str
    table: tuple[str, tuple[str, ...]]
    scalar: tuple[str, tuple[str, ...]]
    assumed: bool

    @property
    def agrees(self) -> bool:
        return self.table == self.scalar


def decisions(world: Scenario) -> Iterator[Decision]:
    """Every rule on every profile, verb and region of a world."""
    components, datasets = component_profiles(world, keyed=True), copy_profiles(world, keyed=True)
    for verb, profiles in ((Verb.PROCESS, components), (Verb.STORE, datasets), (Verb.BACKUP, datasets)):
        said = {v.rule.id: v for v in Bench(world, profiles, world.periods[0]).judge(verb)}
        for each in world.rules:
            for p, profile in enumerate(profiles):
                for r, place in enumerate(world.regions):
                    scalar, assumed = judged(world, each, profile, verb, place)
                    table: tuple[str, tuple[str, ...]] = ("allow", ())
                    if each.id in said and said[each.id].refused[p, r]:
                        table = ("deny", ())
                    if each.id in said and said[each.id].gated[p, r]:
                        table = ("gated", said[each.id].alternatives)
                    yield Decision(each.id, profile, verb, place.key, table, scalar, assumed)


def judged(
    world: Scenario, law: Rule, profile: LawProfile, verb: Verb, place: Region
) -> tuple[tuple[str, tuple[str, ...]], bool]:
    """The scalar judge's answer, with what could be bought, and whether a fact was assumed."""
    entity = world.entity[profile.entity]
    facts = Facts(
        verb=verb.value,
        places=place.places,
        regulated_by=entity.regulated_by,
        established_in=entity.established_in,
        sector=entity.sector,
        critical=profile.critical,
        purpose=profile.purpose,
        chip=(),
        chip_control=(),
        deployment=(place.kind,),
        operator=(place.provider,),
        items=tuple((data_class, subject, people(counts)) for data_class, subject, counts in profile.items),
        holds=frozenset(held(world, profile, place)),
    )
    first, last = world.days(world.periods[0])
    verdict = judge(law, facts, first, last, world.vocabulary, world.lists, world.as_of)
    if verdict.answer != "deny":
        return ("allow", ()), verdict.assumed
    ways = tuple(sorted(set(verdict.lifts) - world.refused))
    return ("gated" if ways else "deny", ways), verdict.assumed


def people(counts: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Numbers of people of which exactly these words are true: a step reached, or just missed."""
    numbers: dict[str, int] = {}
    for word in counts:
        name, reached, step = word.partition(">=")
        name, number = (name, int(step)) if reached else (word.partition("<")[0], 0)
        numbers[name] = max(numbers.get(name, 0), number)
    return tuple(sorted(numbers.items()))


def held(world: Scenario, profile: LawProfile, place: Region) -> Iterator[str]:
    """Mechanisms that the thing's entity holds for it in the region until the quarter ends."""
    for hold in world.holds:
        lasts = hold.until is None or hold.until >= world.periods[0].last_day
        if lasts and hold.entity == profile.entity and _reaches(world, hold, profile, place):
            yield hold.mechanism


def _reaches(world: Scenario, hold: Hold, profile: LawProfile, place: Region) -> bool:
    things = {profile.key, profile.key.removeprefix("dataset:")}
    return {
        Scope.ENTITY: True,
        Scope.DESTINATION: hold.destination == place.country,
        Scope.OPERATOR: hold.operator == place.provider,
        Scope.SHIPMENT: hold.operator == place.provider,
        Scope.WORKLOAD: hold.workload in things,
    }[world.vocabulary.mechanisms[hold.mechanism].scope]


def test_random_instances_are_judged_alike(tmp_path: Path) -> None:
    seeds = [seed for seed in range(700) if "rules" in families(seed)]
    taken = [each for seed in seeds for each in decisions(random_world(seed, tmp_path))]
    assert [each for each in taken if not each.agrees] == []
    counts = Counter(each.scalar[0] for each in taken)
    assert len(taken) >= 3000
    assert min(counts["allow"], counts["deny"], counts["gated"]) >= 200
    assert sum(each.assumed and each.scalar[0] != "allow" for each in taken) >= 100


@pytest.mark.parametrize("seed", range(10))
def test_rules_of_every_shape_are_judged_alike(seed: int) -> None:
    # lists of places, everywhere, subdivisions, several windows, unknown and empty facts
    taken = [each for n in range(20) for each in decisions(random_law_world(100 * seed + n))]
    assert [each for each in taken if not each.agrees] == []
    assert {each.scalar[0] for each in taken} == {"allow", "deny", "gated"}


def test_a_rule_about_seats_everywhere_is_silent_where_there_is_no_seat() -> None:
    # `established_in: []` is a fact: the entity is established nowhere, and `*` asks for some place
    law = rule(Forbid(("*",)), established_in=("*",))
    world = scenario([component("a")], [region("r1")], rules=(law,), entities=(Entity(id="e", established_in=()),))
    assert [each for each in decisions(world) if not each.agrees] == []


def test_a_hold_for_a_workload_that_shares_its_name_with_a_dataset_means_one_thing_to_all() -> None:
    # either it lifts the rule for both, or the dataset's own purchase is 100 USD over 10 months
    law = rule(Forbid(("*",)), Unless(holds=("m",)))
    world = scenario(
        [component("a")],
        [region("r1")],
        rules=(law,),
        datasets=(dataset("w"),),
        mechanisms=[mechanism("m", Scope.WORKLOAD, 100)],
        holds=(Hold("m", "e", workload="w"),),
    )
    assert plan(world).plan.total_usd in (730, 730 + 10)
