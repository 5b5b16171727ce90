"""Verdicts: every rule against every (profile, region) at once, with the mechanisms that would lift it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np

from planner.candidates.boxes import UNKNOWN, YES, Boxes, Three
from planner.candidates.profiles import LawProfile
from planner.candidates.ways_out import held, purchasable
from planner.model.calendar import Period
from planner.model.exact import micro_of
from planner.model.exclusions import Gate, Mask, Reason, Whole
from planner.model.law import Level, Rule, Verb
from planner.model.places import EVERYWHERE
from planner.model.scenario import Scenario
from planner.rules.require import Require


@dataclass(frozen=True)
class Verdict:
    """One rule's effect on a table of profiles × regions.

    Attributes:
        bearing: cells it bears on, [P, R].
        refused: cells it refuses for good, [P, R]; nothing for a soft rule.
        gated: cells it refuses unless one of `alternatives` is bought, [P, R]; for a soft rule all that it refuses.
        penalty: micro-USD a month of a soft rule, None for a hard one.
    """

    rule: Rule
    bearing: Mask
    refused: Mask
    gated: Mask
    alternatives: tuple[str, ...]
    penalty: int | None
    verb: Verb

    @property
    def bears(self) -> bool:
        """Whether it bears on anything."""
        return bool(self.bearing.any())

    def without(self, rows: Mask) -> Verdict:
        """The same without some profiles, which are judged elsewhere."""
        kept = ~rows[:, None]
        return replace(self, bearing=self.bearing & kept, refused=self.refused & kept, gated=self.gated & kept)

    @property
    def reason(self) -> Reason:
        """For the refused cells."""
        return Reason(self.rule.id, self.rule.title, str(self.rule.where))


def gates_of(verdicts: Sequence[Verdict], profile_of: Whole) -> tuple[Gate, ...]:
    """The gates of verdicts, expanded from profiles to things."""
    return tuple(
        Gate(v.rule.id, v.alternatives, v.gated[profile_of], v.penalty, v.verb is Verb.ADMINISTER)
        for v in verdicts
        if v.gated.any()
    )


@dataclass(frozen=True)
class Bench:
    """The judge of one period, or of one day of it: rules in force with their boxes matched once."""

    scenario: Scenario
    profiles: Sequence[LawProfile]
    period: Period
    on: date | None = None

    @cached_property
    def days(self) -> tuple[date, date]:
        """First and last day that are judged."""
        return self.scenario.days(self.period) if self.on is None else (self.on, self.on)

    @cached_property
    def _boxes(self) -> Boxes:
        return Boxes(self.scenario, self.profiles)

    @cached_property
    def _live(self) -> dict[str, tuple[Rule, Three]]:
        first, last = self.days
        rules = [r for r in self.scenario.rules if r.in_force_between(first, last)]
        return {r.id: (r, self._boxes.match(r.when)) for r in rules}

    def judge(self, verb: Verb) -> list[Verdict]:
        """A verdict for each live rule that speaks of the verb."""
        return [self._verdict(rule, verb) for rule, _ in self._live.values() if verb in rule.verbs]

    def looks_at_chip(self, rule: Rule) -> bool:
        """Whether what a rule says can depend on the accelerator: by its box, an overrider's or an exemption's."""
        overriders = (other.when for other, _ in self._live.values() if rule.id in other.overrides)
        exempting = (e.when for e in self.scenario.exemptions if e.rule == rule.id)
        return any(when.names_chip for when in (rule.when, *overriders, *exempting))

    def _verdict(self, rule: Rule, verb: Verb) -> Verdict:
        bearing = self._bearing(rule, verb)
        names = {m for u in rule.then.unless for m in u.holds}
        denied = bearing & self._refuses(rule, verb) & ~held(self.scenario, self.profiles, names, self.period, verb)
        alternatives = purchasable(self.scenario, names)
        never = np.zeros_like(denied)
        if rule.level is Level.SHOULD:
            penalty = 0 if self.scenario.ranks_breaches else micro_of(_fraction(rule))
            return Verdict(rule, bearing, never, denied, alternatives, penalty, verb)
        refused, gated = (never, denied) if alternatives else (denied, never)
        return Verdict(rule, bearing, refused, gated, alternatives, None, verb)

    def _bearing(self, rule: Rule, verb: Verb) -> Mask:
        """[P, R] cells the rule bears on: its box, less overriders and exemptions whose boxes are certain."""
        bearing: Mask = self._live[rule.id][1] >= (YES if rule.level is Level.SHOULD else UNKNOWN)
        for other, match in self._live.values():
            if rule.id in other.overrides and verb in other.verbs:
                bearing = bearing & (match != YES)
        first, last = self.days
        for exemption in self.scenario.exemptions:
            if exemption.rule == rule.id and exemption.in_force_between(first, last):
                bearing = bearing & (self._boxes.match(exemption.when) != YES)
        return bearing

    def _refuses(self, rule: Rule, verb: Verb) -> Mask:
        """[P, R] cells the effect refuses, ways out by destination taken off."""
        effect = rule.then.effect
        shape = (len(self.profiles), len(self.scenario.regions))
        if isinstance(effect, Require):
            return self._requires(effect, verb, shape)
        sites = self._sites_inside if verb is Verb.ADMINISTER else self._places_inside
        refuses: Mask = effect.refuses(sites(effect.in_, effect.kind == "confine"))  # type: ignore[attr-defined]
        for unless in rule.then.unless:
            if unless.destination_in:
                refuses = refuses & ~sites(unless.destination_in, True)
        return np.broadcast_to(refuses[None, :], shape)

    def _places_inside(self, named: tuple[str, ...], every: bool) -> Mask:
        return self._boxes.inside(named)

    def _sites_inside(self, named: tuple[str, ...], every: bool) -> Mask:
        """[R] administered from inside: from there alone (`every`), or from there too or nobody knows whence."""
        wanted = self.scenario.codes(named)
        out = []
        for region in self.scenario.regions:
            sites = self.scenario.admin_sites(region)
            if sites is None:
                out.append(not every and bool(wanted))
                continue
            hits = [EVERYWHERE in wanted or s in wanted or s.split("-")[0] in wanted for s in sites]
            out.append(all(hits) if every else any(hits))
        return np.array(out, dtype=bool)

    def _requires(self, effect: Require, verb: Verb, shape: tuple[int, int]) -> Mask:
        """[P, R] cells that lack isolation (process) or keys (store, backup); copies are duties of the dataset."""
        out = np.zeros(shape, dtype=bool)
        if verb is Verb.PROCESS:
            levels = self.scenario.vocabulary.isolation
            out |= np.array([effect.lacks_isolation(r.isolation, levels) for r in self.scenario.regions], dtype=bool)
        if verb in (Verb.STORE, Verb.BACKUP):
            lacks = [effect.lacks_keys(p.keys[0] if p.keys else None) for p in self.profiles]
            out |= np.array(lacks, dtype=bool)[:, None]
        return out


def _fraction(rule: Rule) -> Fraction:
    return Fraction(rule.penalty_usd_month or 0)
