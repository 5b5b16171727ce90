"""Costs: every cost line, the cost written beside each placement and route, and the two totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from planner.model.plan import Breach, CostLine, Plan
from planner.verification.amounts import HALF_MICRO, plain, to_micro
from planner.verification.charges import Charge, find_charges, route_place
from planner.verification.claim import PRIMARY, Claim

RUNNING: Final = ("compute", "accelerator", "electricity", "quote")
"""Objectives whose charges are written beside placements."""


def find_cost_breaches(claim: Claim) -> Iterator[Breach]:
    """Cost lines that are missing, extra, lowered or raised, and row costs that do not add up to their line."""
    found = find_charges(claim)
    charges = [charge for charge in found if isinstance(charge, Charge)]
    yield from (breach for breach in found if isinstance(breach, Breach))
    yield from _lines(claim.plan.cost_lines, charges)
    yield from _placements(claim, charges)
    yield from _routes(claim, charges)


def find_total_breaches(plan: Plan) -> Iterator[Breach]:
    """Totals that are not the sums of the plan's own lines and one-offs."""
    monthly = sum((Fraction(line.usd_month) for line in plan.cost_lines), Fraction(0))
    whole = Fraction(plan.total_usd_month) + sum((Fraction(row.charged_usd) for row in plan.one_offs), Fraction(0))
    for of, written, due in (
        ("total_usd_month", plan.total_usd_month, monthly),
        ("total_usd", plan.total_usd, whole),
    ):
        if Fraction(written) != due:
            yield Breach("cost: total", of, f"the plan says {plain(written)} USD, its parts sum to {plain(due)} USD")


def _lines(lines: tuple[CostLine, ...], charges: list[Charge]) -> Iterator[Breach]:
    due: dict[tuple[str, str], Fraction] = {}
    for charge in charges:
        key = (charge.objective, charge.of)
        due[key] = due.get(key, Fraction(0)) + charge.usd
    written = {(line.objective, line.of): Fraction(line.usd_month) for line in lines}
    for objective, of in sorted(due.keys() | written.keys()):
        said, exact = written.get((objective, of)), to_micro(due.get((objective, of), Fraction(0)))
        if (said or Fraction(0)) != exact:
            words = "has no line" if said is None else f"says {plain(said)} USD a month"
            text = f"the plan {words}, the scenario's prices give {plain(exact)} USD a month"
            yield Breach(f"cost: {objective}", of, text)
    for (objective, of), times in Counter((line.objective, line.of) for line in lines).items():
        if times > 1:
            yield Breach(f"cost: {objective}", of, f"the plan has {times} lines for it")


def _placements(claim: Claim, charges: list[Charge]) -> Iterator[Breach]:
    due = _by_place([charge for charge in charges if charge.objective in RUNNING])
    for component, rows in claim.placements.items():
        places = {region: [r.usd_month for r in rows if r.region == region] for region in claim.homes[component]}
        written = {region: sum(map(Fraction, usd), Fraction(0)) for region, usd in places.items()}
        yield from _compare("cost: placement", component, written, due.get(component, {}), len(rows))


def _routes(claim: Claim, charges: list[Charge]) -> Iterator[Breach]:
    due = _by_place([charge for charge in charges if charge.objective == "egress"])
    for (from_, to), rows in claim.routes.items():
        head, _, role = to.rpartition("/")
        replicates = from_ == f"{head}/{PRIMARY}" and from_.startswith("dataset:")
        of = f"replication:{head.removeprefix('dataset:')}/{role}" if replicates else f"{from_}>{to}"
        written: dict[str, Fraction] = {}
        for row in rows:
            place = route_place(row)
            written[place] = written.get(place, Fraction(0)) + Fraction(row.usd_month)
        yield from _compare("cost: flow", of, written, due.get(of, {}), len(rows))


def _by_place(charges: list[Charge]) -> Mapping[str, Mapping[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = {}
    for charge in charges:
        places = found.setdefault(charge.of, {})
        places[charge.place] = places.get(charge.place, Fraction(0)) + charge.usd
    return found


def _compare(
    cause: str, of: str, written: Mapping[str, Fraction], due: Mapping[str, Fraction], rows: int
) -> Iterator[Breach]:
    """Each row is rounded to 10^-6 by itself, so a sum of rows may be off by half a micro-dollar a row."""
    line, total = to_micro(sum(due.values(), Fraction(0))), sum(written.values(), Fraction(0))
    if abs(total - line) > HALF_MICRO * rows:
        yield Breach(cause, of, f"its rows sum to {plain(total)} USD a month, it costs {plain(line)} USD a month")
    for place, usd in written.items():
        exact = due.get(place, Fraction(0))
        if abs(usd - exact) > HALF_MICRO * (rows + 1):
            text = f"the plan says {plain(usd)} USD a month in {place}, it costs {plain(exact)} USD a month"
            yield Breach(cause, of, text)
