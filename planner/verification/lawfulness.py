"""Lawfulness: every rule on every placement and every copy, beside its exemptions, with what is held and bought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.model.law import Level, Rule, Verb
from planner.model.plan import Breach
from planner.rules.require import Require
from planner.verification.cells import Cell, find_cells
from planner.verification.claim import Claim
from planner.verification.judging import judge_set


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that refuses a cell and that nothing lifts."""

    rule: Rule
    cell: Cell
    lifts: tuple[str, ...]


def find_unlawful(claim: Claim) -> Iterator[Breach]:
    """Placements and copies that a must-rule refuses and nothing held or bought lifts."""
    for refusal in claim.once(_find_refusals):
        if refusal.rule.level == Level.MUST:
            yield Breach(refusal.rule.id, refusal.cell.of, _sentence(refusal))


def find_penalties(claim: Claim) -> tuple[tuple[Rule, str], ...]:
    """Each should-rule with each thing (component id, `dataset:ID`) that breaks it somewhere, once."""
    if all(rule.level == Level.MUST for rule in claim.scenario.rules):
        return ()
    refused = [r for r in claim.once(_find_refusals) if r.rule.level != Level.MUST]
    found = {(refusal.rule.id, refusal.cell.of): refusal.rule for refusal in refused}
    return tuple((rule, of) for (_, of), rule in sorted(found.items(), key=lambda pair: pair[0]))


def _find_refusals(claim: Claim) -> tuple[Refusal, ...]:
    """Every rule that refuses a cell of the plan; judging takes most of the verifier's time."""
    return tuple(_judge(claim))


def _judge(claim: Claim) -> Iterator[Refusal]:
    scenario = claim.scenario
    first, last = scenario.days(claim.period)
    asked = {
        True: [_of_datasets(rule) for rule in scenario.rules],
        False: [_of_places(rule) for rule in scenario.rules],
    }
    rules = {rule.id: rule for rule in scenario.rules}
    counting = {rule.id for rule in scenario.rules if _counts_copies(rule)}
    for cell in find_cells(claim):
        verdicts = judge_set(
            asked[cell.counts_copies], scenario.exemptions, cell.facts, first, last,
            scenario.vocabulary, scenario.lists, scenario.as_of,
        )  # fmt: skip
        for name, verdict in verdicts:
            if verdict.answer == "deny" and (name in counting or not cell.counts_copies):
                yield Refusal(rules[name], cell, verdict.lifts)


def _counts_copies(rule: Rule) -> bool:
    effect = rule.then.effect
    return isinstance(effect, Require) and (effect.local_copy is not None or effect.copies_apart_km is not None)


def _of_datasets(rule: Rule) -> Rule:
    """What a rule asks of all copies of a dataset together."""
    effect = rule.then.effect
    return _with_effect(rule, replace(effect, keys=None, isolation=None)) if isinstance(effect, Require) else rule


def _of_places(rule: Rule) -> Rule:
    """What a rule asks of each thing in each region."""
    effect = rule.then.effect
    if not isinstance(effect, Require):
        return rule
    return _with_effect(rule, replace(effect, local_copy=None, copies_apart_km=None))


def _with_effect(rule: Rule, effect: Require) -> Rule:
    return replace(rule, then=replace(rule.then, effect=effect))


def _sentence(refusal: Refusal) -> str:
    cell, effect = refusal.cell, refusal.rule.then.effect
    places = ", ".join((*sorted(cell.region.places), *(cell.facts.chip or ())))
    if cell.counts_copies:
        return f"the rule asks for another set of copies while its primary is in {cell.region.key} ({places})"
    if cell.facts.verb == Verb.ADMINISTER:
        sites = "unknown places" if cell.facts.sites is None else ", ".join(cell.facts.sites)
        places = f"administered from {sites}"
    missed = _find_missed(effect, cell) if isinstance(effect, Require) else ""
    lifts = refusal.lifts
    remedy = missed or (f"none of {', '.join(lifts)} is held for it" if lifts else "nothing lifts that")
    return f"the rule refuses to {cell.facts.verb} it in {cell.region.key} ({places}) and {remedy}"


def _find_missed(effect: Require, cell: Cell) -> str:
    if cell.facts.verb == Verb.PROCESS:
        return (
            f"asks for isolation {effect.isolation}, it offers {', '.join(cell.facts.isolation or ('nothing known',))}"
        )
    return f"asks for keys {effect.keys}, they are {cell.facts.keys or 'unknown'}"
