"""Rechecking: a plan document against the question it embeds, its stated bound against a new solve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from planner.candidates.find import find_candidates
from planner.model.outcome import SolverState
from planner.model.plain import digest
from planner.model.plan import Breach
from planner.model.scenario import Scenario
from planner.reading.embedding import PlanFile
from planner.reading.library import Library
from planner.solver.search import search
from planner.verification import find_breaches

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Recheck:
    """What a re-check found: breaches, notes that are no breaches, and one line for a plan that passes."""

    breaches: tuple[Breach, ...]
    notes: tuple[str, ...]
    summary: str


def recheck(file: PlanFile, library: Library) -> Recheck:
    """Verify the plan of a document; the bound is recomputed by solving the embedded question again."""
    breaches = list(find_breaches(file.plan, file.scenario))
    if digest(file.inputs) != file.stated_digest:
        breaches.append(
            Breach("inputs_sha256", "inputs", "the embedded question is not the one the plan was made from")
        )
    bound = _recomputed_bound(file.scenario)
    if file.plan.bound.is_finite() and file.plan.bound > bound + CENT:
        text = f"states {file.plan.bound} USD, but a plan of {bound} USD exists"
        breaches.append(Breach("bound", "plan", text))
    summary = f"{len(file.plan.placements)} placements, USD {file.plan.total_usd}; recomputed bound USD {bound}"
    return Recheck(tuple(sorted(breaches)), tuple(_notes(file, library)), summary)


def _recomputed_bound(scenario: Scenario) -> Decimal:
    """The proved lower bound of a new solve; the plan's own cost cannot be below it."""
    whole = replace(scenario, solver=replace(scenario.solver, gap=Decimal(0)))
    plan, outcome = search(whole, find_candidates(whole), ties=False)
    if plan is None:
        return Decimal("Infinity") if outcome.state is SolverState.INFEASIBLE else Decimal("-Infinity")
    return plan.bound


def _notes(file: PlanFile, library: Library) -> list[str]:
    now = library.digests()
    then = file.scenario.library
    changed = sorted(kind for kind in {*now, *then} if now.get(kind) != then.get(kind))
    return [f"the files under {kind} differ from those the plan was made with" for kind in changed]
