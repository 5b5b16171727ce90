"""What the law asks of a thing in a region: rules that bear, what they refuse, and what lifts them.

Written from docs/rule-language.md alone. An `Ask` is one refusal; a `must` that nothing can lift shuts the place, a
`should` costs its penalty unless it is lifted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planner.model.catalogue import Region
from planner.model.law import Rule
from planner.model.question import Dataset
from planner.model.scenario import Scenario
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import Require

from .meaning_of_boxes import EVERYWHERE, Thing, Truth, copy_thing, country_of, met, places_of
from .meaning_of_costs import unit_cost
from .meaning_of_mechanisms import Ways, held_today, keys_kept, purchases
from .meaning_of_places import distance_km


@dataclass(frozen=True)
class Ask:
    """One refusal: lifted by buying any of `ways`; else a breach of `rule` by `thing`, at `penalty` a month.

    A penalty of None means that the rule may not be breached at all.
    """

    rule: str
    thing: str
    ways: Ways
    penalty: Fraction | None

    @property
    def impossible(self) -> bool:
        """Whether nothing makes the refused place lawful."""
        return self.penalty is None and not self.ways


def asks(scenario: Scenario, thing: Thing, region: Region) -> frozenset[Ask]:
    """Everything that the law refuses of the thing in the region today, under any verb."""
    return frozenset(
        _ask(rule, thing, frozenset() if _requires(rule) else purchases(scenario, rule, verb, thing, region))
        for verb in thing.verbs
        for rule in _live(scenario, verb, thing, region)
        if _refuses(scenario, rule, verb, thing, region) and not _lifted_today(scenario, rule, verb, thing, region)
    )


def duties_on_copies(scenario: Scenario, dataset: Dataset, roles: Sequence[str], regions: Sequence[Region]) -> set[Ask]:
    """The duties that the copies of a dataset fail together; the rule must bear on the primary copy where that is."""
    primary = next(region for role, region in zip(roles, regions, strict=True) if role == "primary")
    others = [region for role, region in zip(roles, regions, strict=True) if role != "primary"]
    thing = copy_thing(scenario, dataset, "primary")
    return {
        _ask(rule, thing, frozenset())
        for verb in ("store", "backup")
        for rule in _live(scenario, verb, thing, primary)
        if isinstance(rule.then.effect, Require) and _fails(scenario, rule.then.effect, primary, others)
    }


def _ask(rule: Rule, thing: Thing, ways: Ways) -> Ask:
    penalty = None if rule.level == "must" else unit_cost(Fraction(rule.penalty_usd_month or 0))
    return Ask(rule.id, thing.id, ways, penalty)


def _requires(rule: Rule) -> bool:
    return isinstance(rule.then.effect, Require)


# Which rules bear


def _live(scenario: Scenario, verb: str, thing: Thing, region: Region) -> Iterator[Rule]:
    """Rules that bear on the thing in the region under a verb and that nothing silences there."""
    for rule in scenario.rules:
        doubt = Truth.UNKNOWN if rule.level == "must" else Truth.YES
        if (
            _speaks(scenario, rule, verb, thing)
            and met(scenario, rule.when, thing, region) >= doubt
            and not _overridden(scenario, rule, verb, thing, region)
            and not _exempted(scenario, rule, thing, region)
        ):
            yield rule


def _days(scenario: Scenario, thing: Thing) -> tuple[date, date]:
    """First and last day on which the law looks at a thing: of the period from as_of on, or its one day."""
    return (thing.day, thing.day) if thing.day else scenario.days(scenario.periods[0])


def _speaks(scenario: Scenario, rule: Rule, verb: str, thing: Thing) -> bool:
    """Whether a rule names the verb and one of its windows has one of the days."""
    first, last = _days(scenario, thing)
    windows = [window for window in rule.in_force if window.from_ <= last and (window.to is None or window.to >= first)]
    return verb in rule.verbs and bool(windows)


def _overridden(scenario: Scenario, rule: Rule, verb: str, thing: Thing, region: Region) -> bool:
    return any(
        rule.id in other.overrides
        and _speaks(scenario, other, verb, thing)
        and met(scenario, other.when, thing, region) is Truth.YES
        for other in scenario.rules
    )


def _exempted(scenario: Scenario, rule: Rule, thing: Thing, region: Region) -> bool:
    first, last = _days(scenario, thing)
    return any(
        exemption.rule == rule.id
        and exemption.approved_on <= first
        and last <= exemption.expires_on
        and met(scenario, exemption.when, thing, region) is Truth.YES
        for exemption in scenario.exemptions
    )


# What a rule refuses


def _refuses(scenario: Scenario, rule: Rule, verb: str, thing: Thing, region: Region) -> bool:
    effect = rule.then.effect
    if isinstance(effect, Require):
        return _lacks(scenario, effect, verb, thing, region)
    if not isinstance(effect, Confine | Forbid):
        raise TypeError(f"unknown effect {effect!r}")
    named, places = scenario.codes(effect.in_), _places(scenario, verb, region)
    if places is None:
        return isinstance(effect, Confine) or bool(named)
    if isinstance(effect, Forbid):
        return any(_inside(verb, place, named) for place in places)
    return not _wholly_inside(verb, places, named)


def _places(scenario: Scenario, verb: str, region: Region) -> Iterable[str] | None:
    """Where a region is for a verb: its own places, or all sites from which it can be administered; None = unknown."""
    if verb != "administer":
        return places_of(scenario, region)
    if region.admin_sites is not None:
        return region.admin_sites
    operator = scenario.operators.get(region.provider)
    return operator.admin_sites if operator else None


def _wholly_inside(verb: str, places: Iterable[str], named: frozenset[str]) -> bool:
    """Of a region's places one suffices, because all of them contain it; of its sites every one must lie inside."""
    inside = [_inside(verb, place, named) for place in places]
    return all(inside) if verb == "administer" else any(inside) or EVERYWHERE in named


def _inside(verb: str, place: str, named: frozenset[str]) -> bool:
    """Whether a place is named; a site in a subdivision lies in its country too."""
    around = {place, country_of(place)} if verb == "administer" else {place}
    return EVERYWHERE in named or not named.isdisjoint(around)


def _lacks(scenario: Scenario, effect: Require, verb: str, thing: Thing, region: Region) -> bool:
    """Whether the region or the dataset lacks what is required of it under a verb."""
    if verb in ("process", "install") and effect.isolation is not None:
        levels = scenario.vocabulary.isolation
        strong = levels[levels.index(effect.isolation) :]
        return region.isolation is None or set(strong).isdisjoint(region.isolation)
    if verb in ("store", "backup") and effect.keys is not None:
        return not all(keys_kept(dataset, effect.keys) for dataset in thing.datasets)
    return False


def _fails(scenario: Scenario, effect: Require, primary: Region, others: Sequence[Region]) -> bool:
    """Whether copies that stand so miss a local copy, or a copy far enough from the primary."""
    if effect.local_copy is not None:
        named = scenario.codes(effect.local_copy.in_)
        if not any(_wholly_inside("store", places_of(scenario, region), named) for region in (primary, *others)):
            return True
    apart = effect.copies_apart_km
    return apart is not None and not any(distance_km(primary, other) >= apart for other in others)


def _lifted_today(scenario: Scenario, rule: Rule, verb: str, thing: Thing, region: Region) -> bool:
    """A destination that is allowed, or a mechanism that is held; a requirement has no way out."""
    if _requires(rule):
        return False
    places = _places(scenario, verb, region)
    allowed = [scenario.codes(unless.destination_in) for unless in rule.then.unless if unless.destination_in]
    if places is not None and any(_wholly_inside(verb, places, named) for named in allowed):
        return True
    return held_today(scenario, rule, verb, thing, region)
