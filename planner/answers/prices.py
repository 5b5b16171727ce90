"""Prices: what each rule costs, exactly, alone, in groups and in pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from pathlib import PurePosixPath

from planner.answers.idle import Fingerprints
from planner.answers.repricing import Base, Repriced, Rules, base_of, reprice_all
from planner.candidates.find import find_candidates
from planner.candidates.leaving_out import leave_out
from planner.errors import Fault, InputFaults, Unsolved, Where
from planner.model.candidates import Candidates
from planner.model.outcome import Outcome, SolverState
from planner.model.price import Price, Prices, PriceState, Shut
from planner.model.scenario import Scenario
from planner.objectives.discounting import MONTHS, weights
from planner.reading.faults import nearest
from planner.solver.evidence import best_citation

WORKERS = 2
SIX = Decimal("0.000001")


@dataclass(frozen=True)
class _Asked:
    """One line of the answer: a name and the rules that are left out for it."""

    name: str
    rules: Rules


def find_prices(
    scenario: Scenario,
    rules: Iterable[str] = (),
    groups: Iterable[str] = (),
    *,
    pairs: bool = False,
    workers: int = WORKERS,
) -> Prices:
    """The price of the rules named (of all by default), of groups of rule files, and of all pairs of those rules.

    Raises:
        InputFaults: a rule or group is not known.
        Unsolved: a limit came before the first plan with all rules.
        VerificationFailed: the verifier refused a plan.
    """
    singles = [_Asked(name, frozenset([name])) for name in _known_rules(scenario, list(rules))]
    together = [_group(scenario, name) for name in groups]
    both = combinations(singles, 2) if pairs else ()
    paired = [_Asked(f"{a.name} + {b.name}", a.rules | b.rules) for a, b in both]
    parts = _parts(scenario, [*together, *paired], singles)
    candidates = find_candidates(scenario)
    base = base_of(scenario, candidates)
    if base.state is SolverState.UNSOLVED:
        raise Unsolved(Outcome(base.state, None, float("inf"), float("-inf"), "HiGHS"))
    found = _priced(base, [*singles, *parts, *together, *paired], workers)
    alone = {price.name: price for price in found[: len(singles) + len(parts)]}
    rest = found[len(singles) + len(parts) :]
    summed = [_beside(price, alone) for price in rest]
    return Prices(
        scenario.name,
        base.plan.total_usd if base.plan else None,
        _months(scenario),
        base.state is SolverState.FEASIBLE,
        tuple(found[: len(singles)]),
        tuple(summed[: len(together)]),
        tuple(summed[len(together) :]),
    )


def _known_rules(scenario: Scenario, named: Sequence[str]) -> list[str]:
    known = [rule.id for rule in scenario.rules]
    faults = [
        Fault(Where("--rule"), "N001", f"rule {name!r} is not in this scenario", nearest(name, known))
        for name in named
        if name not in known
    ]
    if faults:
        raise InputFaults(faults)
    return sorted(set(named)) or known


def _group(scenario: Scenario, name: str) -> _Asked:
    """The rules whose file is the one named, or lies in the folder named; the end `.yaml` may be left out."""
    wanted = PurePosixPath(name.replace("\\", "/").removesuffix(".yaml")).parts
    held = frozenset(rule.id for rule in scenario.rules if _lies_in(rule.where.file, wanted))
    if not held:
        files = sorted({rule.where.file for rule in scenario.rules})
        raise InputFaults([Fault(Where("--group"), "N001", f"no rule comes from {name!r}", nearest(name, files))])
    return _Asked(name, held)


def _lies_in(file: str, wanted: tuple[str, ...]) -> bool:
    parts = PurePosixPath(file.removesuffix(".yaml")).parts
    return bool(wanted) and any(parts[n : n + len(wanted)] == wanted for n in range(len(parts) - len(wanted) + 1))


def _parts(scenario: Scenario, together: list[_Asked], singles: list[_Asked]) -> list[_Asked]:
    """The single rules of groups that were not asked for by themselves; their prices are needed for the sum."""
    there = {asked.name for asked in singles}
    named = {name for asked in together for name in asked.rules} - there
    return [_Asked(rule.id, frozenset([rule.id])) for rule in scenario.rules if rule.id in named]


def _months(scenario: Scenario) -> Decimal:
    """Σ_t w_t · months_t of the horizon (DESIGN section 5, Money)."""
    if scenario.horizon.periods == 1:
        return Decimal(1)
    return MONTHS * sum(weights(scenario.horizon), Decimal(0))


def _priced(base: Base, asked: Sequence[_Asked], workers: int) -> list[Price]:
    """Sets of rules that leave the same program behind are solved once."""
    prints = Fingerprints(base.candidates)
    left = [leave_out(base.scenario, base.candidates, each.rules)[1] for each in asked]
    digests = [prints.of(candidates) for candidates in left]
    first: dict[bytes, Rules] = {}
    for each, digest in zip(asked, digests, strict=True):
        first.setdefault(digest, each.rules)
    unchanged = prints.of(base.candidates)
    first.pop(unchanged, None)
    answers = dict(zip(first, reprice_all(base, list(first.values()), workers), strict=True))
    total = base.plan.total_usd if base.plan else None
    answers[unchanged] = Repriced(base.state, total, base.bound, "same program")
    return [
        _price(base, each, candidates, answers[digest])
        for each, candidates, digest in zip(asked, left, digests, strict=True)
    ]


def _price(base: Base, asked: _Asked, left: Candidates, found: Repriced) -> Price:
    state, usd, low, high = _difference(base, found)
    bare = Price(
        asked.name,
        tuple(sorted(asked.rules)),
        state,
        usd,
        low,
        high,
        found.total,
        found.proof,
        _shut(base.candidates, left),
        _asks(base.candidates, asked.rules),
        found.moves,
    )
    rule = next((rule for rule in base.scenario.rules if rule.id == asked.name), None)
    return bare if rule is None else replace(bare, where=rule.where.line_text, source=best_citation(rule)[1])


def _difference(base: Base, found: Repriced) -> tuple[PriceState, Decimal | None, Decimal | None, Decimal | None]:
    """State, price, and the interval it lies in: [bound with − cost without, cost with − bound without]."""
    if found.proof == "same program":
        nothing = Decimal(0).quantize(SIX) if base.plan else None
        return ("exact" if base.plan else "no plan"), nothing, nothing, nothing
    if base.plan is None:
        return ("no plan" if found.total is None else "frees"), None, None, None
    if found.state is SolverState.INFEASIBLE:
        return "needed", None, None, None
    months, with_ = _months(base.scenario), base.plan.total_usd
    if found.total is not None and base.state is found.state is SolverState.OPTIMAL:
        usd = ((with_ - found.total) / months).quantize(SIX)
        return "exact", usd, usd, usd
    least = Decimal("-Infinity") if found.total is None else base.bound - found.total
    low = max(least, Decimal(0)) if found.widens else least
    return "interval", None, _finite(low / months), _finite((with_ - found.bound) / months)


def _finite(value: Decimal) -> Decimal | None:
    return value.quantize(SIX) if value.is_finite() else None


def _shut(before: Candidates, after: Candidates) -> tuple[Shut, ...]:
    """Regions that open, with what may then go there."""
    was, now = before.periods[0], after.periods[0]
    copies = tuple(f"dataset:{name}" for name in before.copies)
    things: dict[int, list[str]] = {}
    for names, old, new in (
        (before.components, was.runs.allowed, now.runs.allowed),
        (copies, was.copies.allowed, now.copies.allowed),
    ):
        for thing, region in zip(*(new & ~old).nonzero(), strict=True):
            things.setdefault(int(region), []).append(names[int(thing)])
    return tuple(Shut(before.regions[r], tuple(things[r])) for r in sorted(things))


def _asks(candidates: Candidates, rules: Rules) -> tuple[str, ...]:
    now = candidates.periods[0]
    gates = [g for table in (now.runs, now.copies) for g in table.gates if (g.cells & table.allowed).any()]
    return tuple(sorted({name for gate in gates if gate.rule in rules for name in gate.alternatives}))


def _beside(price: Price, alone: dict[str, Price]) -> Price:
    """The price with the sum of its parts, where each of them is exact."""
    parts = [alone[name].usd_month for name in price.rules]
    known = [part for part in parts if part is not None]
    return replace(price, apart_usd_month=sum(known, Decimal(0))) if len(known) == len(parts) else price
